"""Daily work is queued once a day and does what it says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chelun.core.actors import SystemActor
from chelun.platform.audit.anchors import read_anchors
from chelun.platform.audit.services import record
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.kinds import DAILY
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.schedule import enqueue_due
from chelun.platform.jobs.tests.factories import SYSTEM, steps

pytestmark = pytest.mark.django_db


def test_daily_work_is_queued_once_a_day() -> None:
    assert enqueue_due() == len(DAILY)
    assert enqueue_due() == 0
    run_waiting()
    assert enqueue_due() == 0
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}


def test_daily_work_anchors_the_chain() -> None:
    record(actor=SYSTEM, action="test.thing.done")
    enqueue_due()
    run_waiting()
    assert [anchor.seq for anchor in read_anchors()] == [1]


def test_daily_work_that_is_gone_fails_with_a_sentence() -> None:
    enqueue_due()
    Job.objects.update(params={"name": "no.longer"})
    run_waiting()
    assert {job.error for job in Job.objects.all()} == {"这项每日工作已不存在。"}


def test_purge_deletes_old_finished_jobs_only() -> None:
    old, young, live = steps(), steps(), steps()
    Job.objects.filter(pk=old.pk).update(state=State.DONE, finished_at=timezone.now() - timedelta(days=91))
    Job.objects.filter(pk=young.pk).update(state=State.DONE, finished_at=timezone.now())
    assert DAILY["jobs.purge"].run(SystemActor("test")) == 1
    assert set(Job.objects.all()) == {young, live}
