"""Whoever has worked with an earlier state goes on with today's: nobody is lost, every secret opens, the trail is whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chelun.platform.jobs.tests.processes import other_database

FOLDER = Path(__file__).parent
PLACE = "610924"
STATES = sorted(path.stem for path in FOLDER.glob("*.json"))


def test_there_is_a_state_to_upgrade_from() -> None:
    assert "first-floor" in STATES


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", STATES)
def test_upgrade_keeps_what_readers_saw(state: str, tmp_path: Path) -> None:
    then = json.loads((FOLDER / f"{state}.json").read_text("utf-8"))
    with other_database(tmp_path) as url:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "TEST_DATABASE_URL": url,
        }
        command = [sys.executable, "-m", "tests.upgrade.run", state]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    now = json.loads(done.stdout.splitlines()[-1])
    assert now["due"] > 0
    assert now["findings"] == []
    assert now["rows"] >= len(then["rows"]["audit.auditentry"])
    assert now["seen"] == then["seen"]
    kept = [row for row in then["rows"]["regions.placesetting"] if row["region"] == PLACE]
    assert kept
    assert now["decided"] == {row["key"]: [row["value"], False] for row in kept}
