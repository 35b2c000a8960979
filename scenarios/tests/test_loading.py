"""Loading an example place from a page: a job with progress that can be cancelled and gone on with; nowhere but in the demo."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from chelun.core.actors import SystemActor
from chelun.core.errors import NotFound, Refused
from chelun.firms.models import Stay
from chelun.people.models import PersonSource
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.context import Cancelled, JobContext
from chelun.platform.jobs.execution import claim, run_waiting
from chelun.platform.jobs.models import Job
from scenarios.check import check_imports
from scenarios.loading import KIND, ask_for_loading, loaded_files, run
from scenarios.places import PLACES

pytestmark = pytest.mark.django_db
ADMIN, MEIGU = SystemActor("test", "nobody"), PLACES["meigu"]


@pytest.fixture(autouse=True)
def _own_var(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"


class Counted(JobContext):
    """A running job that somebody cancels after some workbooks."""

    def __init__(self, job: Job, stop_after: int) -> None:
        super().__init__(job, ADMIN)
        self.told: list[tuple[int, int | None, str | None]] = []
        self._stop_after = stop_after

    def progress(self, done: int, total: int | None = None, message: str | None = None) -> None:
        self.told.append((done, total, message))
        if done == self._stop_after:
            raise Cancelled


def test_a_job_tells_how_far_it_is_stops_when_it_is_cancelled_and_goes_on() -> None:
    job = ask_for_loading(actor=ADMIN, name="meigu")
    assert ask_for_loading(actor=ADMIN, name="meigu").pk == job.pk
    claim("here:1:1")
    first = Counted(Job.objects.get(pk=job.pk), stop_after=2)
    with pytest.raises(Cancelled):
        run(first)
    assert [done for done, _total, _message in first.told] == [0, 1, 2]
    assert {total for _done, total, _message in first.told} == {len(MEIGU.figures)}
    assert loaded_files(MEIGU) == 2
    rows = PersonSource.objects.count()
    second = Counted(Job.objects.get(pk=job.pk), stop_after=-1)
    assert run(second) == {"place": "meigu", "files": len(MEIGU.figures)}
    assert PersonSource.objects.count() > rows
    assert [line for line in check_imports(MEIGU) if not line.holds] == []


def test_an_administrator_loads_from_the_page(client: Client) -> None:
    admin = logged_in(client, user_with("system_admin", "510000"))
    assert "美姑县" in admin.get("/scenarios/").content.decode()
    assert admin.post("/scenarios/meigu/load/").status_code == 302
    job = Job.objects.get(kind=KIND)
    assert f"/jobs/{job.pk}/" in admin.get("/scenarios/").content.decode()
    while run_waiting():
        pass
    job.refresh_from_db()
    assert (job.state, job.done) == (State.DONE, len(MEIGU.figures))
    page = admin.get("/scenarios/").content.decode()
    assert "已全部载入" in page
    assert admin.get("/scenarios/", headers={"HX-Request": "true"}).headers.get("HX-Refresh") == "true"


def test_nowhere_but_in_the_demo(settings: Settings, client: Client) -> None:
    job = ask_for_loading(actor=ADMIN, name="meigu")
    settings.CHELUN_DEMO = False
    with pytest.raises(Refused):
        ask_for_loading(actor=ADMIN, name="ziyang")
    with pytest.raises(Refused):
        run(JobContext(job, ADMIN))
    admin = logged_in(client, user_with("system_admin", "510000"))
    assert admin.get("/scenarios/").status_code == 404
    assert admin.post("/scenarios/ziyang/load/").status_code == 422
    assert not PersonSource.objects.exists()


def test_only_places_that_there_are(client: Client) -> None:
    with pytest.raises(NotFound):
        ask_for_loading(actor=ADMIN, name="nowhere")
    clerk: Any = logged_in(client, user_with("clerk", "510000"))
    assert clerk.get("/scenarios/").status_code == 404
    assert clerk.post("/scenarios/meigu/load/").status_code == 404
    assert not Stay.objects.exists()
