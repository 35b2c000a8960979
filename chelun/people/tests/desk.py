"""A clerk's desk for tests: bring rows in by either door, and see what readers see."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from xlsxwriter import Workbook

from chelun.core.actors import Actor, SystemActor
from chelun.core.scope import Node, Scope
from chelun.engines.ids import make_id_number
from chelun.people.models import DriverTie, Engagement, EnterpriseCard, PersonCard, UnresolvedRow, VehicleCard
from chelun.people.services import door as form
from chelun.people.services.intake.ledger import open_facts
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.services.checking import check_sheet
from chelun.platform.sheets.services.mapping import confirm_mapping, present_choices
from chelun.platform.sheets.services.publishing import begin_publication, publish_sheet
from chelun.platform.sheets.services.receiving import receive_sheet

ZIYANG, HANBIN = "610924", "610902"
CLERK = SystemActor("test", "nobody")
AS_OF = date(2026, 11, 1)
HEADS = ("姓名", "身份证号", "联系电话", "从业类别", "所属企业", "车牌号")


def number(sequence: int, birth: date = date(1985, 3, 4)) -> str:
    """An ID number of nobody."""
    return make_id_number("610999", birth, sequence)


def phone(n: int) -> str:
    """A telephone of nobody."""
    return f"199{n:08d}"


def scope_of(region: str) -> Scope:
    """The scope of one county."""
    return Scope.of([Node("region", region)])


def sheet(rows: Sequence[Sequence[Any]], heads: Sequence[str] = HEADS) -> BytesIO:
    """A workbook with one plain table."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 11, 1, tzinfo=UTC)})
    page = book.add_worksheet("名册")
    page.write_row(0, 0, heads)
    for place, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            page.write_string(place, column, str(value))
    book.close()
    file.seek(0)
    return file


def checked(
    file: BytesIO, *, region: str = ZIYANG, source: str = "名册", actor: Actor = CLERK, as_of: date = AS_OF
) -> SheetImport:
    """A file up to the point where the clerk confirms."""
    sheet_import, _ = receive_sheet(
        actor=actor, file=file, name="名册.xlsx", region=region, source=source, as_of=as_of
    )
    if sheet_import.state == "mapping":
        confirm_mapping(actor=actor, sheet_import=sheet_import, choices=present_choices(sheet_import))
        check_sheet(actor=actor, sheet_import=sheet_import)
        sheet_import.refresh_from_db()
    return sheet_import


def bring(
    file: BytesIO, *, region: str = ZIYANG, source: str = "名册", actor: Actor = CLERK, as_of: date = AS_OF
) -> SheetImport:
    """A file all the way into the register."""
    sheet_import = checked(file, region=region, source=source, actor=actor, as_of=as_of)
    begin_publication(actor=actor, sheet_import=sheet_import)
    publish_sheet(actor=actor, sheet_import=sheet_import)
    return sheet_import


def made(register: str, **raw: str) -> UUID:
    """Whom a clerk's form brings in."""
    subject = form.bring(register, actor=CLERK, region=ZIYANG, raw=raw).subject
    assert subject
    return subject


def outcome(sheet_import: SheetImport, register: str = "person") -> Counter[str]:
    """What an import did to a register."""
    counts = Counter(sheet_import.counts.get("outcome", {}).get(register, {}))
    return Counter(
        {name: counts[name] for name in ("created", "changed", "unchanged", "unresolved") if counts[name]}
    )


def seen(region: str = ZIYANG) -> list[dict[str, Any]]:
    """Every person that readers of a place see, with the secret facts opened, in order of name."""
    cards = list(
        PersonCard.objects.in_scope(scope_of(region)).visible(hidden_batches()).order_by("name", "id_tail")
    )
    keys = keys_of({card.person_id for card in cards})
    return [
        {
            "name": card.name, "kind": card.kind, "firm": card.enterprise_name, "plate": card.plate,
            **open_facts(keys.get(card.person_id), bytes(card.sealed)),
        }
        for card in cards
    ]  # fmt: skip


def snapshot(region: str = ZIYANG) -> Mapping[str, Any]:
    """Everything that readers of a place see, in a form that can be compared."""
    scope, hidden = scope_of(region), hidden_batches()
    ties = [
        (str(tie.person_id), tie.kind, str(tie.enterprise_id), tie.platform)
        for tie in Engagement.objects.in_scope(scope).visible(hidden)
    ]
    drivers = [
        (str(tie.person_id), str(tie.vehicle_id)) for tie in DriverTie.objects.in_scope(scope).visible(hidden)
    ]
    return {
        "persons": seen(region),
        "firms": sorted(card.name for card in EnterpriseCard.objects.in_scope(scope).visible(hidden)),
        "vehicles": sorted(card.plate for card in VehicleCard.objects.in_scope(scope).visible(hidden)),
        "ties": sorted(ties),
        "drivers": sorted(drivers),
        "waiting": UnresolvedRow.objects.in_scope(scope).visible(hidden).count(),
    }
