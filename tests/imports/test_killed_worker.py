"""A worker killed with -9 in mid-publication: nothing half shows, and another worker completes it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings

from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import cancel
from chelun.platform.jobs.tests.processes import database_url
from chelun.platform.jobs.tests.waiting import wait_for
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport, StagedChunk
from chelun.platform.sheets.services import steps
from chelun.platform.sheets.staging import GOOD
from chelun.platform.sheets.tests.samples import roster
from tests.imports.steps import SYSTEM, checked, outcome, published, rows_in_all, seen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROWS = 4000


@pytest.fixture
def workers(regions: None) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Worker processes that are killed at the end."""
    running: list[subprocess.Popen[bytes]] = []
    yield running
    for process in running:
        process.kill()
        process.wait()


def start(running: "list[subprocess.Popen[bytes]]") -> "subprocess.Popen[bytes]":
    environment = {
        **os.environ, "TEST_DATABASE_URL": database_url(), "CHELUN_FILES_DIR": str(settings.CHELUN_FILES_DIR),
    }  # fmt: skip
    command = [sys.executable, "-m", "config.cli", "worker", "--interval", "0.05"]
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    running.append(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL))
    return running[-1]


def applied(sheet_import: SheetImport) -> int:
    return StagedChunk.objects.filter(sheet_import=sheet_import, kind=GOOD, applied=True).count()


def state(sheet_import: SheetImport) -> str:
    return SheetImport.objects.values_list("state", flat=True).get(pk=sheet_import.pk)


def test_publication_survives_kill(workers: "list[subprocess.Popen[bytes]]") -> None:
    published(roster(10), source="先前的")
    before = seen()
    sheet_import = checked(roster(ROWS), source="大名册")
    steps.start_publication(actor=SYSTEM, sheet_import=sheet_import)
    first = start(workers)
    wait_for(lambda: applied(sheet_import) >= 2)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert state(sheet_import) == ImportState.PUBLISHING
    assert seen() == before
    assert rows_in_all()["PersonSource"] > 10
    start(workers)
    wait_for(lambda: state(sheet_import) == ImportState.PUBLISHED)
    sheet_import.refresh_from_db()
    assert outcome(sheet_import) == {"created": ROWS - 10, "changed": 0, "unchanged": 10, "unresolved": 0}
    assert len(seen()["PersonCard"]) == ROWS
    assert rows_in_all()["PersonSource"] == ROWS + 10
    assert not hidden_batches()


def test_publication_is_cancelled_while_a_worker_does_it(workers: "list[subprocess.Popen[bytes]]") -> None:
    published(roster(10), source="先前的")
    before, rows = seen(), rows_in_all()
    sheet_import = checked(roster(ROWS), source="大名册")
    steps.start_publication(actor=SYSTEM, sheet_import=sheet_import)
    start(workers)
    wait_for(lambda: applied(sheet_import) >= 1)
    cancel(actor=SYSTEM, job=Job.objects.get(kind=steps.PUBLISH))
    wait_for(lambda: state(sheet_import) == ImportState.CANCELLED)
    wait_for(lambda: not StagedChunk.objects.filter(sheet_import=sheet_import).exists())
    assert (seen(), rows_in_all()) == (before, rows)
