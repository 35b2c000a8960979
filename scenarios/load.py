"""Bringing a place's workbooks in as its clerk would: each goes the whole way of the import, in the order of receipt.

Nothing is written past the import but the registers that the bureau keeps by hand, and the plates that its registrar joins. What was brought in before stays as it is, and a load that was cut off goes on.
"""

from collections.abc import Iterator
from pathlib import Path

from chelun.core.actors import Actor, SystemActor
from chelun.core.errors import Refused
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.digests import digest_stream
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.services.checking import check_sheet
from chelun.platform.sheets.services.mapping import confirm_mapping
from chelun.platform.sheets.services.publishing import begin_publication, publish_sheet
from chelun.platform.sheets.services.receiving import read_waiting, receive_sheet
from scenarios.common.model import WorkbookInfo
from scenarios.mapping import corrected_choices
from scenarios.places import Place
from scenarios.plates import join_plates
from scenarios.registers import keep_registers

REGISTRAR = SystemActor("chelun scenario")
"""On whose behalf registers are kept: a clerk may not."""
CUT_OFF = (
    ImportState.RECEIVED,
    ImportState.MAPPING,
    ImportState.CHECKING,
    ImportState.CHECKED,
    ImportState.PUBLISHING,
)


def load_place(*, actor: Actor, place: Place, folder: Path) -> Iterator[tuple[WorkbookInfo, SheetImport]]:
    """Write the workbooks into `folder` and bring each in; yields it when it is published. Refused when one cannot be."""
    for info in sorted(place.make(folder), key=lambda each: each.order):
        yield info, bring(actor=actor, place=place, info=info)
    keep_registers(actor=REGISTRAR, place=place)
    join_plates(place)


def bring(*, actor: Actor, place: Place, info: WorkbookInfo) -> SheetImport:
    """One workbook all the way into the register, from wherever an earlier attempt stopped."""
    sheet_import = _cut_off(place, info) or _received(actor, place, info)
    if sheet_import.state == ImportState.RECEIVED:
        read_waiting(sheet_import)
    if sheet_import.state == ImportState.UNREADABLE:
        raise Refused("scenarios.workbook.unreadable", f"{info.path.name}: {sheet_import.error}")
    if sheet_import.state == ImportState.MAPPING:
        choices = corrected_choices(sheet_import, info)
        confirm_mapping(actor=actor, sheet_import=sheet_import, choices=choices)
    if sheet_import.state == ImportState.CHECKING:
        check_sheet(actor=actor, sheet_import=sheet_import)
        sheet_import.refresh_from_db()
    if sheet_import.state == ImportState.CHECKED:
        begin_publication(actor=actor, sheet_import=sheet_import)
    if sheet_import.state == ImportState.PUBLISHING:
        publish_sheet(actor=actor, sheet_import=sheet_import)
    return sheet_import


def _received(actor: Actor, place: Place, info: WorkbookInfo) -> SheetImport:
    with info.path.open("rb") as file:
        sheet_import, _waits = receive_sheet(
            actor=actor, file=file, name=info.path.name, region=place.region_of(info), source=info.source,
            as_of=place.day_of(info),
        )  # fmt: skip
    return sheet_import


def _cut_off(place: Place, info: WorkbookInfo) -> SheetImport | None:
    """The import of the same file that an earlier load did not finish."""
    with info.path.open("rb") as file:
        _size, digest = digest_stream(file)
    same = SheetImport.objects.filter(digest=digest, source=info.source, state__in=CUT_OFF)
    return same.filter(**placed(place.region_of(info))).order_by("-created_at").first()
