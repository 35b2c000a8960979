"""What the mapping page shows: each table's columns with head, guess, reason and masked first cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from chelun.engines.ids.masking import mask_certificate, mask_id_number, mask_name, mask_phone, mask_within
from chelun.engines.tables.columns import ColumnSample, recognise
from chelun.engines.tables.columns.kinds import label as kind_label
from chelun.platform.sheets.batches import place_of
from chelun.platform.sheets.models import SheetImport, StagedChunk
from chelun.platform.sheets.registers import Register, registers_at
from chelun.platform.sheets.services.tables import written_guess
from chelun.platform.sheets.staging import RAW, read_chunk, unpack_cell
from chelun.platform.sheets.wording import fields_as_written, said, sheet_label

SAMPLES = 3
SAMPLE_LENGTH = 24
MASKS = {
    "person_name": mask_name,
    "person": mask_name,
    "id_number": mask_id_number,
    "id": mask_id_number,
    "id_like": mask_id_number,
    "certificate": mask_certificate,
    "phone": mask_phone,
    "landline": mask_phone,
}


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column on the mapping page. `state` is sure, ask or out; `options` are (field, label, chosen)."""

    name: str
    letter: str
    head: str
    hidden: bool
    reason: str
    state: str
    samples: tuple[str, ...]
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class TableChoice:
    """One table on the mapping page, taken for a register ('' leaves it out)."""

    key: int
    label: str
    rows: int
    first_row: int
    hidden_rows: int
    sheet_hidden: bool
    headless: bool
    remembered: bool
    register: str
    columns: tuple[ColumnChoice, ...]
    missing: tuple[str, ...]
    layout: str

    @property
    def asks(self) -> int:
        """How many columns the clerk has to look at."""
        return sum(column.state == "ask" for column in self.columns)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a table is taken for at the moment: its register, its mapping, and why each column was taken so."""

    register: str
    mapping: Mapping[str, str]
    guesses: Mapping[str, Any]
    remembered: bool


def table_choices(sheet_import: SheetImport, proposals: Sequence[Proposal]) -> list[TableChoice]:
    """The tables of the mapping page under these proposals, in the order of the file. Tables without rows are left out."""
    registers = registers_at(place_of(sheet_import))
    return [
        _table(sheet_import, table, proposal, registers.get(proposal.register))
        for table, proposal in zip(sheet_import.tables, proposals, strict=True)
        if table["rows"]
    ]


def present_proposals(sheet_import: SheetImport) -> list[Proposal]:
    """What is set at present."""
    return [
        Proposal(table["register"], table["mapping"], table["guesses"], table["remembered"])
        for table in sheet_import.tables
    ]


def proposal_for(sheet_import: SheetImport, table: Mapping[str, Any], register_name: str) -> Proposal:
    """What the columns of a table would mean in another register; recognised anew on the first staged rows."""
    register = registers_at(place_of(sheet_import)).get(register_name)
    if register is None:
        return Proposal("", {}, {}, False)
    rows = first_rows(sheet_import, table)
    samples = [
        ColumnSample(column["at"], column["head"], [row[place] for row in rows])
        for place, column in enumerate(table["columns"])
    ]
    guesses = recognise(samples, fields_as_written(register))
    mapping = {str(guess.index): guess.field for guess in guesses if guess.field}
    return Proposal(
        register_name, mapping, {str(guess.index): written_guess(guess) for guess in guesses}, False
    )


def first_rows(sheet_import: SheetImport, table: Mapping[str, Any]) -> list[list[str]]:
    """The cells of the table's first staged rows, in the order of its columns."""
    chunk = StagedChunk.objects.filter(
        sheet_import=sheet_import, kind=RAW, number=table.get("first_chunk", 0)
    ).first()
    rows = read_chunk(chunk) if chunk else []
    return [[unpack_cell(cell) for cell in packed] for key, _n, _h, packed in rows if key == table["key"]]


def masked(cell: str, kind: str = "") -> str:
    """A cell as it may be shown to whoever may see the import: names, numbers and phones in part."""
    mask = MASKS.get(kind or kind_label(cell) or "") or mask_within
    text = mask(str(cell))
    return text if len(text) <= SAMPLE_LENGTH else text[: SAMPLE_LENGTH - 1] + "…"


def _table(
    sheet_import: SheetImport, table: Mapping[str, Any], proposal: Proposal, register: Register | None
) -> TableChoice:
    rows = first_rows(sheet_import, table)
    taken = set(proposal.mapping.values())
    fields = register.fields if register else ()
    return TableChoice(
        key=table["key"],
        label=sheet_label(table),
        rows=table["rows"],
        first_row=table["first_row"],
        hidden_rows=table["hidden_rows"],
        sheet_hidden=table["sheet_hidden"],
        headless=table["headless"],
        remembered=proposal.remembered,
        register=proposal.register,
        columns=tuple(
            _column(table, column, [row[place] for row in rows], proposal, register)
            for place, column in enumerate(table["columns"])
        ),
        layout=(table.get("layout") or {}).get("name", ""),
        missing=tuple(_(spec.label) for spec in fields if spec.required and spec.name not in taken),
    )


def _column(
    table: Mapping[str, Any],
    column: Mapping[str, Any],
    cells: Sequence[str],
    proposal: Proposal,
    register: Register | None,
) -> ColumnChoice:
    at, form = str(column["at"]), bool(table.get("layout"))
    chosen = proposal.mapping.get(at, "")
    guess = proposal.guesses.get(at, {})
    fields = register.fields if register else ()
    kind = next((spec.kind for spec in fields if spec.name == chosen), "")
    filled = [cell for cell in cells if cell][:SAMPLES]
    return ColumnChoice(
        name=f"column-{table['key']}-{at}",
        letter=column["letter"],
        head=column["head"],
        hidden=column["hidden"],
        reason=_reason(guess, chosen, proposal.remembered, form),
        state=_state(guess, chosen, proposal.remembered),
        samples=tuple(masked(cell, kind) for cell in filled),
        options=tuple((spec.name, _(spec.label), spec.name == chosen) for spec in fields),
    )


def _reason(guess: Mapping[str, Any], chosen: str, remembered: bool, form: bool) -> str:
    if remembered and form:
        return _("版式里就是这样对应的")
    if remembered:
        return _("上次同一来源就是这样对应的") if chosen else _("上次同一来源没有导入这一列")
    return said(guess.get("reason", ""), guess.get("params", {}))


def _state(guess: Mapping[str, Any], chosen: str, remembered: bool) -> str:
    if not chosen:
        return "out"
    return "sure" if remembered or (guess.get("sure") and guess.get("field") == chosen) else "ask"
