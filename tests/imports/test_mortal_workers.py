"""A worker killed with -9 at any commit of any step: nothing half shows, and what is left in the end is as if it had lived."""

import io
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from chelun.people.models import PersonCard
from chelun.people.services.intake.ledger import open_facts
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.jobs.choices import LIVE, State
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import retry
from chelun.platform.jobs.tests.processes import database_url
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.services import files, receiving, steps
from chelun.platform.sheets.services.mapping import present_choices
from chelun.platform.sheets.staging import GOOD
from chelun.platform.sheets.tests.samples import HEADS, person, workbook
from tests.imports.steps import AS_OF, COUNTY, SYSTEM, checked, published, seen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Live = Callable[[int, str], str]
EARLIER, LATER, LIVES = 300, 1500, 200
VOLATILE = (models.UUIDField, models.DateTimeField, models.BinaryField, models.ForeignKey, models.AutoField)
LEFT_OUT = {"PlaceState", "FirmReview", "Job", "Computation", "ChainHead", "Region", "RegionChange"}
"""How often a job began and what time it was is not part of the outcome."""
NAMES_OF_ROWS = {
    "version",
    "size",
    "seq",
    "at",
    "seal",
    "target",
    "batch",
    "old",
    "new",
    "known_at",
    "digest",
    "candidates",
}


@pytest.fixture
def live(regions: None) -> Iterator[Live]:
    """A life: killed at the n-th commit, before or after it; 0 to the end."""
    environment = {
        **os.environ, "TEST_DATABASE_URL": database_url(), "CHELUN_FILES_DIR": str(settings.CHELUN_FILES_DIR),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.imports.mortal"], env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    to, answers = process.stdin, process.stdout

    def lives(number: int, when: str) -> str:
        Job.objects.filter(state=State.QUEUED).update(run_after=timezone.now())
        print(number, when, file=to, flush=True)
        return answers.readline().strip()

    yield lives
    to.close()
    process.wait(60)


@pytest.fixture(autouse=True)
def _everything_by_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "IN_MEMORY_BYTES", 0)
    monkeypatch.setattr(steps, "AT_ONCE_ROWS", -1)
    monkeypatch.setattr(files, "ORPHAN_AGE", timedelta())


def roster() -> bytes:
    """Some known persons with new telephones, many new ones, rows without a number, rows that are refused."""
    known = [(*person(n)[:2], f"19911{n:06d}", "网约车", "另一家有限公司") for n in range(1, 101)]
    new = [person(n) for n in range(EARLIER, EARLIER + LATER)]
    nameless = [(name, "", phone, *rest) for name, _id, phone, *rest in (person(n) for n in range(1, 41))]
    wrong = [(f"安错{n}", "坏证号", "1", "", "") for n in range(30)]
    return workbook(("名册", [HEADS, *known, *new, *nameless, *wrong]))


def plain(row: dict[str, Any], model: type[models.Model]) -> str:
    kept = {
        field.attname: row[field.attname]
        for field in model._meta.concrete_fields
        if not isinstance(field, VOLATILE) and field.attname not in NAMES_OF_ROWS
    }
    return repr(sorted(kept.items()))


def left() -> dict[str, Any]:
    """All rows of all tables without their names and times, and every secret opened."""
    found: dict[str, Any] = {}
    for model in apps.get_models():
        if model.__module__.startswith("chelun") and model.__name__ not in LEFT_OUT:
            found[model.__name__] = Counter(plain(row, model) for row in model._default_manager.values())
    asked_again = [row for row in found["AuditEntry"] if "jobs.job.retried" in row]
    for row in asked_again:
        del found["AuditEntry"][row]
    keys = keys_of(PersonCard.objects.values_list("person", flat=True))
    found["secrets"] = Counter(
        repr(sorted(open_facts(keys[card.person_id], bytes(card.sealed)).items()))
        for card in PersonCard.objects.all()
    )
    files._purge_orphans()
    found["files"] = len(files._sealed_paths())
    return found


def died(live: Live, number: int, when: str, visible: Callable[[], None]) -> bool:
    """One life; whether it was cut off. Looks each time at what can be seen."""
    said = live(number, when)
    visible()
    assert said == "killed" or said.startswith("done "), said
    return said == "killed"


def until_done(live: Live, dice: random.Random, visible: Callable[[], None]) -> int:
    """Lives of random length until all is done; how many were cut off."""
    deaths = 0
    for _life in range(LIVES):
        deaths += died(live, dice.randint(1, 9), dice.choice(("before", "after")), visible)
        # Too many deaths without one step forward: the page says so, and somebody asks for it again.
        for job in Job.objects.filter(state=State.FAILED):
            assert "多次中断" in job.error
            retry(actor=SYSTEM, job=job)
        if not Job.objects.filter(state__in=LIVE).exists():
            return deaths
    raise AssertionError("never done")


def brought(run: Callable[[Callable[[], None]], None]) -> SheetImport:
    """The file from its upload to its publication; `run` has the worker do what waits."""
    before = seen()

    def nothing_half() -> None:
        shown = SheetImport.objects.filter(pk=sheet_import.pk, state=ImportState.PUBLISHED).exists()
        assert shown or seen() == before

    file = io.BytesIO(roster())
    sheet_import, waits = receiving.receive_sheet(
        actor=SYSTEM, file=file, name="名册.xlsx", region=COUNTY, source="后来的", as_of=AS_OF
    )
    assert waits
    steps.give_to_worker(SYSTEM, sheet_import, steps.READ)
    run(nothing_half)
    sheet_import.refresh_from_db()
    if sheet_import.state == ImportState.MAPPING:
        steps.start_check(actor=SYSTEM, sheet_import=sheet_import, choices=present_choices(sheet_import))
        run(nothing_half)
        sheet_import.refresh_from_db()
    assert sheet_import.state == ImportState.CHECKED
    steps.start_publication(actor=SYSTEM, sheet_import=sheet_import)
    run(nothing_half)
    sheet_import.refresh_from_db()
    assert sheet_import.state == ImportState.PUBLISHED
    return sheet_import


def undone(sheet_import: SheetImport, run: Callable[[Callable[[], None]], None]) -> None:
    """The import taken back."""
    before = seen()

    def nothing_half() -> None:
        gone = SheetImport.objects.filter(pk=sheet_import.pk, state=ImportState.UNDONE).exists()
        assert gone or seen() == before

    steps.start_undo(actor=SYSTEM, sheet_import=sheet_import, reason="发错了文件")
    run(nothing_half)
    sheet_import.refresh_from_db()
    assert sheet_import.state == ImportState.UNDONE


def given_up(live: Live, run: Callable[[Callable[[], None]], None]) -> None:
    """Another import of the same rows, given up when a part of it is in the registers and hidden."""
    before = seen()
    sheet_import = checked(roster(), source="放弃的")
    steps.start_publication(actor=SYSTEM, sheet_import=sheet_import)
    for number in range(4, 40, 4):
        assert live(number, "after") == "killed"
        if sheet_import.chunks.filter(kind=GOOD, applied=True).exists():
            break
    steps.give_up(actor=SYSTEM, sheet_import=sheet_import)
    run(lambda: None)
    assert seen() == before
    assert not sheet_import.chunks.exists()


def cleared() -> None:
    """As if nothing had ever been brought."""
    with transaction.atomic():
        for model in apps.get_models():
            if model.__module__.startswith("chelun") and model.__name__ not in {"Region", "RegionChange"}:
                model._default_manager.all()._raw_delete("default")


def test_worker_killed_at_any_commit_leaves_what_an_undisturbed_one_leaves(live: Live) -> None:
    dice = random.Random(random.randrange(10**6))

    def quietly(visible: Callable[[], None]) -> None:
        assert live(0, "before").startswith("done ")

    deaths = []

    def mortally(visible: Callable[[], None]) -> None:
        deaths.append(until_done(live, dice, visible))

    def journey(run: Callable[[Callable[[], None]], None]) -> list[dict[str, Any]]:
        published(workbook(("名册", [HEADS, *(person(n) for n in range(1, 201))])), source="先前的")
        run(lambda: None)
        sheet_import = brought(run)
        after = left()
        undone(sheet_import, run)
        later = left()
        given_up(live, run)
        # What was written down of rows that are gone again stays in the trail, as many as there were.
        return [after, later, {**left(), "AuditEntry": Counter()}]

    expected = journey(quietly)
    cleared()
    found = journey(mortally)
    assert sum(deaths) > 10
    for step, (one, other) in enumerate(zip(found, expected, strict=True)):
        for name, rows in other.items():
            assert one[name] == rows, (step, name)
    assert not hidden_batches()
    assert verify_chain().findings == ()
