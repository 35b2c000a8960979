"""Who sees which job."""

import pytest

from chelun.core.errors import NotFound
from chelun.core.scope import Node, Scope
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.selectors import job_get, job_list
from chelun.platform.jobs.services import enqueue
from chelun.platform.jobs.tests.factories import SYSTEM, steps, user

pytestmark = pytest.mark.django_db
MEIGU, ZIYANG = (Scope.of([Node("region", code)]) for code in ("513436", "610924"))


def unplaced() -> Job:
    return enqueue(actor=SYSTEM, kind="test.steps", title="维护", params={"steps": 0})


def test_job_list_shows_scope_and_own() -> None:
    mine = user("mine", node="610924")
    placed, own, hidden = steps(), steps(actor=mine), unplaced()
    assert set(job_list(scope=MEIGU)) == {placed, own}
    assert set(job_list(scope=ZIYANG)) == set()
    assert set(job_list(scope=ZIYANG, reader=mine)) == {own}
    assert set(job_list(scope=Scope.of([]), reader=mine)) == {own}
    assert set(job_list(scope=Scope.everything())) == {placed, own, hidden}


def test_job_list_shows_unplaced_to_managers() -> None:
    hidden = unplaced()
    assert list(job_list(scope=ZIYANG, reader=user("a", "system_admin", "610924"))) == [hidden]


def test_job_list_filters_by_state() -> None:
    steps()
    assert job_list(scope=MEIGU, state="queued").count() == 1
    assert not job_list(scope=MEIGU, state="done")


def test_job_get_hides_what_is_elsewhere() -> None:
    job = steps()
    assert job_get(scope=MEIGU, job_id=job.pk) == job
    with pytest.raises(NotFound):
        job_get(scope=ZIYANG, job_id=job.pk)
