"""Others hardly wait while a roster comes in: log-ins, entries, pages, progress, and another county's roster, in real processes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from bench import crowd, journey
from chelun.platform.accounts.models import User
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.jobs.tests.processes import database_url
from chelun.platform.jobs.tests.waiting import wait_for
from chelun.platform.sheets.tests.samples import csv_roster, person
from tests.imports.steps import COUNTY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROWS = 4000
LONGEST_SECONDS = 3.0
NEIGHBOUR = "513435"
CROWD = (("login", "view", "poll"), ("entry", "upload"))


@pytest.fixture
def people(regions: None, tmp_path: Path) -> Iterator[list[Path]]:
    """A worker and people at work, ended at the end; the files into which these write what they did."""
    crowd.settle_crowd(COUNTY, NEIGHBOUR)
    environment = {
        **os.environ, "TEST_DATABASE_URL": database_url(), "CHELUN_FILES_DIR": str(settings.CHELUN_FILES_DIR),
        "DJANGO_SETTINGS_MODULE": "config.settings.test", "TMPDIR": str(tmp_path),
    }  # fmt: skip
    files = [tmp_path / f"crowd-{number}.jsonl" for number in range(len(CROWD))]
    commands = [["config.cli", "worker", "--interval", "0.1"]]
    commands += [
        ["bench.crowd_process", str(file), str(serial), *acts]
        for serial, (file, acts) in enumerate(zip(files, CROWD, strict=True), 1)
    ]
    running = [
        subprocess.Popen([sys.executable, "-m", *command], env=environment, stdout=subprocess.DEVNULL)
        for command in commands
    ]
    yield files
    ended = [process.poll() for process in running]
    for process in running:
        process.terminate()
    for process in running:
        process.wait()
    assert ended == [None] * len(running)


def test_nobody_waits_long_while_a_roster_comes_in(people: list[Path], tmp_path: Path) -> None:
    phases: list[str] = []
    roster = tmp_path / "名册.csv"
    roster.write_bytes(csv_roster([person(serial) for serial in range(1, ROWS + 1)]))
    wait_for(lambda: all(file.exists() and file.stat().st_size for file in people))
    journey.whole(phases.append, User.objects.get(username=crowd.HERE), roster, COUNTY)
    taken = list(crowd.read_taken(people))
    assert {one.act for one in taken} == {act for acts in CROWD for act in acts}
    assert [one for one in taken if one.status >= 400] == []
    longest = max(taken, key=lambda one: one.waited)
    assert longest.waited <= LONGEST_SECONDS, longest
    assert verify_chain().whole
