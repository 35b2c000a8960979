"""An import's whole life, each step given to the worker as a page would, for `bench.waits`. Importable once Django is set up."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from chelun.cockpit.services import KIND as COMPUTE
from chelun.platform.accounts.models import User
from chelun.platform.jobs.choices import LIVE
from chelun.platform.jobs.models import Job
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport, StagedChunk
from chelun.platform.sheets.services import steps
from chelun.platform.sheets.services.mapping import present_choices
from chelun.platform.sheets.services.receiving import receive_sheet
from chelun.platform.sheets.staging import GOOD

AS_OF = date(2026, 11, 1)
Begin = Callable[[str], None]


def first(begin: Begin, clerk: User, path: Path, region: str) -> None:
    """A roster comes in: received, read, checked, published, swept, counted."""
    published(begin, clerk, brought(begin, clerk, path, region, "名册甲", ""), "")


def whole(begin: Begin, clerk: User, path: Path, region: str) -> None:
    """A roster comes in; again from another source, so that every card is renewed; that is undone; a third is given up."""
    first(begin, clerk, path, region)
    again = brought(begin, clerk, path, region, "名册乙", " again")
    published(begin, clerk, again, " again")
    begin("undo")
    steps.start_undo(actor=clerk, sheet_import=again, reason="计时")
    wait_state(again, ImportState.UNDONE)
    begin("undo's sweep")
    wait_done(again)
    third = brought(begin, clerk, path, region, "名册丙", " third")
    begin("publish half")
    steps.start_publication(actor=clerk, sheet_import=third)
    half = StagedChunk.objects.filter(sheet_import=third, kind=GOOD).count() // 2
    wait_until(lambda: _applied(third) >= half)
    begin("give up")
    steps.give_up(actor=clerk, sheet_import=third)
    wait_until(lambda: not StagedChunk.objects.filter(sheet_import=third).exists())


def brought(begin: Begin, clerk: User, path: Path, region: str, source: str, name: str) -> SheetImport:
    """A file received, read and checked."""
    begin(f"receive{name}")
    with path.open("rb") as file:
        sheet_import, waits = receive_sheet(
            actor=clerk, file=file, name=path.name, region=region, source=source, as_of=AS_OF
        )
    begin(f"read{name}")
    if waits:
        steps.give_to_worker(clerk, sheet_import, steps.READ)
        wait_done(sheet_import)
    sheet_import.refresh_from_db()
    begin(f"check{name}")
    if sheet_import.state == ImportState.MAPPING:
        steps.start_check(actor=clerk, sheet_import=sheet_import, choices=present_choices(sheet_import))
    wait_state(sheet_import, ImportState.CHECKED)
    return sheet_import


def published(begin: Begin, clerk: User, sheet_import: SheetImport, name: str) -> None:
    """Checked rows brought in, shown and swept; the indicators computed."""
    begin(f"publish{name}")
    steps.start_publication(actor=clerk, sheet_import=sheet_import)
    wait_state(sheet_import, ImportState.PUBLISHED)
    begin(f"sweep{name}")
    wait_done(sheet_import)
    begin(f"indicators{name}")
    queued = list(Job.objects.filter(kind=COMPUTE, state__in=LIVE).values_list("id", flat=True))
    # Not those that others' rosters queue meanwhile.
    wait_until(lambda: not Job.objects.filter(id__in=queued, state__in=LIVE).exists())


def wait_state(sheet_import: SheetImport, state: str) -> None:
    """Until the import has come to a state."""
    wait_until(lambda: _state(sheet_import) == state)
    sheet_import.refresh_from_db()


def wait_done(sheet_import: SheetImport) -> None:
    """Until the job of the import's last step is over."""
    wait_until(lambda: not Job.objects.filter(dedupe=str(sheet_import.pk), state__in=LIVE).exists())


def wait_until(condition: Callable[[], object], pause: float = 0.1) -> None:
    """As long as it takes."""
    while not condition():
        time.sleep(pause)


def _state(sheet_import: SheetImport) -> str:
    return SheetImport.objects.values_list("state", flat=True).get(pk=sheet_import.pk)


def _applied(sheet_import: SheetImport) -> int:
    return StagedChunk.objects.filter(sheet_import=sheet_import, kind=GOOD, applied=True).count()
