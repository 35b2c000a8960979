"""`chelun import` killed with -9 and called again with the same file goes on; called once more it changes nothing and says so."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from chelun.platform.accounts.models import User
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.jobs.tests.processes import database_url
from chelun.platform.jobs.tests.waiting import wait_for
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.models import SheetImport, StagedChunk
from chelun.platform.sheets.staging import GOOD, RAW
from chelun.platform.sheets.tests.samples import csv_roster, person
from tests.imports.steps import seen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROWS = 2000
CHANGED_BY_SAYING_SO = {"AuditEntry", "ChainHead", "PlaceState"}


def staged(kind: str, **marks: Any) -> bool:
    return StagedChunk.objects.filter(kind=kind, **marks).exists()


MOMENTS: dict[str, Callable[[], object]] = {
    "received": lambda: SheetImport.objects.exists(),
    "reading": lambda: staged(RAW),
    "checking": lambda: staged(GOOD),
    "publishing": lambda: staged(GOOD, applied=True),
}


@pytest.fixture
def command(clerk: User, tmp_path: Path) -> Callable[[], "subprocess.Popen[str]"]:
    """The command on one and the same file."""
    file = tmp_path / "名册.csv"
    file.write_bytes(csv_roster([person(serial) for serial in range(1, ROWS + 1)]))
    environment = {
        **os.environ, "TEST_DATABASE_URL": database_url(), "CHELUN_FILES_DIR": str(settings.CHELUN_FILES_DIR),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }  # fmt: skip
    arguments = ["import", str(file), "--as", clerk.username, "--source", "命令行", "--yes", "--json"]

    def started() -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "config.cli", *arguments], env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    return started


def told(process: "subprocess.Popen[str]") -> dict[str, Any]:
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    found: dict[str, Any] = json.loads(said)
    return found


def everything() -> dict[str, Counter[str]]:
    """Every row of every table, word for word, but the trail."""
    return {
        model.__name__: Counter(repr(row) for row in model._default_manager.values())
        for model in apps.get_models()
        if model.__module__.startswith("chelun") and model.__name__ not in CHANGED_BY_SAYING_SO
    }


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_command_goes_on_and_a_third_one_changes_nothing(
    command: Callable[[], "subprocess.Popen[str]"], moment: str
) -> None:
    first = command()
    wait_for(MOMENTS[moment])
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert not seen()["PersonCard"]
    found = told(command())
    assert {name: found[name] for name in ("created", "changed", "unchanged", "refused", "repeated")} == {
        "created": ROWS, "changed": 0, "unchanged": 0, "refused": 0, "repeated": False,
    }  # fmt: skip
    assert len(seen()["PersonCard"]) == ROWS
    assert not hidden_batches()
    before, trail = everything(), AuditEntry.objects.count()
    again = told(command())
    assert (again["repeated"], again["created"], again["unchanged"]) == (True, 0, ROWS)
    assert everything() == before
    assert [each.action for each in AuditEntry.objects.order_by("seq")[trail:]] == ["sheets.import.repeated"]
    assert SheetImport.objects.count() == 1
    assert verify_chain().findings == ()
