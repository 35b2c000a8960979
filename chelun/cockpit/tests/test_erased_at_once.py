"""What an erasure does at once beside the rows: the database's log says nothing of him, and the indicators are counted anew."""

import sqlite3
import time
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from chelun.cockpit.models import IndicatorValue
from chelun.cockpit.services import KIND, compute_indicators
from chelun.core.actors import SystemActor
from chelun.core.upkeep import empty_log
from chelun.people.models import PersonCard
from chelun.people.tests.desk import ZIYANG, bring, number, phone, sheet
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.kinds import DAILY
from chelun.platform.jobs.models import Job
from chelun.platform.privacy.services.erasing import approve_erasure, propose_erasure
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = SystemActor("test")
WAIT = 2.0
GONE = ("甄要走", number(77), phone(77), "货车", "", "")
STAYS = ("留下来", number(78), phone(78), "货车", "", "")


def erased(subject: UUID) -> None:
    first, second = user_with("privacy_officer", ZIYANG), user_with("privacy_officer", ZIYANG)
    erasure = propose_erasure(
        actor=first, kind="person", subject=subject, ground="purpose_done", reason="已经离开行业"
    )
    approve_erasure(actor=second, erasure=erasure.pk)
    run_waiting()


def logged() -> bytes:
    """What SQLite's file and its log hold."""
    path = Path(str(connection.settings_dict["NAME"]))
    return b"".join(part.read_bytes() for part in (path, Path(f"{path}-wal")) if part.exists())


def persons() -> int:
    found = IndicatorValue.objects.filter(indicator="people.persons", code=ZIYANG, part="")
    return int(found.latest("computation_id").value)


def test_log_and_file_say_nothing_of_him_any_more() -> None:
    ensure_regions()
    bring(sheet([GONE, STAYS]))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete")
            assert cursor.fetchone() == (1,)
        assert GONE[0].encode() in logged()
    erased(PersonCard.objects.get(name=GONE[0]).person_id)
    assert empty_log()
    if connection.vendor == "sqlite":
        assert GONE[0].encode() not in logged()
        assert STAYS[0].encode() in logged()


def test_log_that_another_reader_holds_is_cut_by_the_daily_work() -> None:
    if connection.vendor != "sqlite":
        # PostgreSQL has no such log: nothing is ever left for the next day.
        assert DAILY["privacy.log"].run(SYSTEM) == ""
        return
    ensure_regions()
    bring(sheet([GONE, STAYS]))
    subject = PersonCard.objects.get(name=GONE[0]).person_id
    empty_log()
    bring(sheet([GONE]), source="平台")
    reader = sqlite3.connect(str(connection.settings_dict["NAME"]), uri=True)
    try:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM people_personcard").fetchone()
        erased(subject)
        assert not PersonCard.objects.filter(person=subject).exists()
        assert GONE[0].encode() in logged()
        begun = time.monotonic()
        assert DAILY["privacy.log"].run(SYSTEM) == "busy"
        # It waits for nobody: meanwhile nobody could write.
        assert time.monotonic() - begun < WAIT
    finally:
        reader.close()
    assert DAILY["privacy.log"].run(SYSTEM) == ""
    assert GONE[0].encode() not in logged()
    assert STAYS[0].encode() in logged()


def test_indicators_are_counted_again_without_the_next_import() -> None:
    ensure_regions()
    bring(sheet([GONE, STAYS]))
    run_waiting()
    compute_indicators()
    assert persons() == 2
    erased(PersonCard.objects.get(name=GONE[0]).person_id)
    assert Job.objects.filter(kind=KIND).exists()
    assert persons() == 1
