"""One table of a file while it is read: which columns may come in, what they probably mean, and how that is written down."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chelun.core.crypto import blind_index
from chelun.engines.tables.columns.asides import Scrubbed, scrub_name
from chelun.engines.tables.columns.fields import FieldSpec
from chelun.engines.tables.columns.forbidden import Dropped, kept_head, screen, scrub, scrub_free
from chelun.engines.tables.columns.own import is_own_head
from chelun.engines.tables.columns.recognise import ColumnSample, Guess, recognise
from chelun.engines.tables.columns.script import safe_head
from chelun.engines.tables.reading import Table
from chelun.engines.tables.reading.values import Cell, Row
from chelun.platform.sheets.batches import place_of
from chelun.platform.sheets.layouts.shape import SERIAL, is_named, shape_of
from chelun.platform.sheets.models import Layout, SheetImport, SourceMapping
from chelun.platform.sheets.registers import Register
from chelun.platform.sheets.selectors.layouts import layout_of_heads
from chelun.platform.sheets.wording import fields_as_written

FREE_KINDS = frozenset({"text", "note", "choice", "number"})
"""Kinds whose cells may hold anything; cells of the other kinds are names, numbers and dates, whose words mean nothing."""
TEXTS_HELD = 4000
"""Texts whose answer is kept while a table is read: posts, firms and places come back, remarks do not."""


def safe_sheet(name: str) -> str:
    """A sheet's name as it may be kept: one that says what a roster may not say of its rows is left out."""
    return "" if scrub(name)[0] is None else safe_head(name)


class SheetTable:
    """A table with the rows that wait to be staged. Its columns are settled by the first rows, before any is stored."""

    def __init__(self, key: int, table: Table, registers: Mapping[str, Register]) -> None:
        self.key = key
        self.table = table
        self._registers = registers
        self.waiting: list[Row] = []
        self.waiting_chars = 0
        self.kept: list[int] = []
        self.rows = 0
        self.hidden_rows = 0
        self.scrubbed: Counter[str] = Counter()
        self.first_chunk = -1
        self.register: Register | None = None
        self.guesses: list[Guess] = []
        self._dropped: list[Dropped] | None = None
        self._free: frozenset[int] = frozenset()
        self._persons: frozenset[int] = frozenset()
        self._asked: dict[str, Scrubbed] = {}

    @property
    def sheet(self) -> str:
        """The sheet's name as it may be kept."""
        return safe_sheet(self.table.sheet)

    def add(self, row: Row) -> None:
        """Let a data row wait to be staged."""
        self.rows += 1
        self.hidden_rows += row.hidden
        self.waiting.append(row)
        self.waiting_chars += sum(map(len, row.cells))

    def emptied(self) -> None:
        """Nothing waits any more."""
        self.waiting.clear()
        self.waiting_chars = 0

    def settle_columns(self) -> None:
        """Decide, on the rows that wait, which columns may come in and what each probably means. Once."""
        if self._dropped is not None:
            return
        samples = [
            ColumnSample(place, column.head, [row.cells[place] for row in self.waiting])
            for place, column in enumerate(self.table.columns)
        ]
        self._dropped = screen(samples)
        out = {dropped.index for dropped in self._dropped}
        out |= {sample.index for sample in samples if is_own_head(sample.head)}
        self.kept = [place for place in range(len(samples)) if place not in out]
        self.register, self.guesses = _best_register(
            [_clean(samples[place]) for place in self.kept], self._registers.values()
        )
        fields = {spec.name: spec for spec in self.register.fields}
        named = {
            guess.index: fields[guess.field].kind for guess in self.guesses if guess.field and guess.sure
        }
        self._persons = frozenset(place for place, kind in named.items() if kind == "person_name")
        self._free = frozenset(self.kept) - {place for place, kind in named.items() if kind not in FREE_KINDS}

    def admitted(self, place: int, cell: str) -> str:
        """The cell without what a roster may not bring in: of a name or number only the aside goes, else the whole."""
        if not cell:
            return cell
        if place in self._free:
            text, kinds = self._free_text(str(cell))
        else:
            text, kinds = scrub_name(cell, person=place in self._persons)
        if kinds:
            self.scrubbed.update(kinds)
        return cell if text == cell else text or Cell("", "empty")

    def _free_text(self, text: str) -> Scrubbed:
        """`scrub_free`, asked once for a text that a column says again and again."""
        if len(self._asked) >= TEXTS_HELD:
            self._asked.clear()
        if text not in self._asked:
            self._asked[text] = scrub_free(text)
        return self._asked[text]

    def dropped_columns(self) -> list[dict[str, Any]]:
        """The columns that were left out, for the clerk to read."""
        return [
            {
                "sheet": self.sheet,
                "letter": self.table.columns[dropped.index].letter,
                "head": dropped.head,
                "kind": dropped.kind,
                "reason": dropped.reason.template,
                "params": dict(dropped.reason.params),
            }
            for dropped in self._dropped or ()
        ]

    def fields_of(self, register: str) -> frozenset[str]:
        """The names of a register's fields as the place has them today: a field of its own may have been retired."""
        found = self._registers.get(register)
        return frozenset(spec.name for spec in found.fields) if found else frozenset()

    def heads(self) -> list[tuple[int, str]]:
        """All columns of the table with their heads, those that are left out as well."""
        return [(column.index, safe_head(column.head)) for column in self.table.columns]

    def mapped_by(self, layout: Layout) -> dict[str, str]:
        """What the columns mean in a form: those that have a head, in their order."""
        known = self.fields_of(layout.register) - {SERIAL}
        named = [
            place for place, column in enumerate(self.table.columns) if is_named(column.index, column.head)
        ]
        columns = [each for each in shape_of(layout.shape).columns if is_named(each.at, each.head)]
        return {
            str(place): each.field
            for place, each in zip(named, columns, strict=False)
            if each.field in known and place in self.kept
        }

    def has_required(self, register: str, mapping: Mapping[str, str]) -> bool:
        """Whether a mapping brings every field that a register requires."""
        found = self._registers.get(register)
        taken = set(mapping.values())
        return found is not None and all(spec.name in taken for spec in found.fields if spec.required)

    def signature(self) -> str:
        """The keyed digest of the heads, by which a mapping is remembered."""
        heads = "|".join(_head(self.table.columns[place].head) for place in self.kept)
        return blind_index("heads", heads)


def describe(table: SheetTable, sheet_import: SheetImport) -> dict[str, Any]:
    """What the import writes down of a table: its columns, the guesses, the mapping to begin with. No cell's value."""
    table.settle_columns()
    shape = table.table
    mapping = {str(guess.index): guess.field for guess in table.guesses if guess.field}
    register = table.register.name if table.register else ""
    remembered = _remembered(table, sheet_import)
    layout = layout_of_heads(place_of(sheet_import), table.heads())
    by_layout = table.mapped_by(layout) if layout is not None else {}
    if remembered is not None:
        register = remembered.register
        known = table.fields_of(register)
        mapping = {
            str(table.kept[int(place)]): name for place, name in remembered.mapping.items() if name in known
        }
    elif layout is not None:
        register, mapping = layout.register, by_layout
    return {
        "key": table.key, "sheet": table.sheet, "sheet_number": shape.sheet_index + 1,
        "sheet_hidden": shape.sheet_hidden, "first_chunk": table.first_chunk,
        "headless": shape.headless, "first_row": shape.first_row, "rows": table.rows,
        "hidden_rows": table.hidden_rows, "scrubbed": dict(table.scrubbed), "signature": table.signature(),
        "columns": [_column(shape, place) for place in table.kept],
        "register": register, "mapping": mapping,
        "remembered": remembered is not None or (layout is not None and table.has_required(register, mapping)),
        "layout": layout and {
            "id": str(layout.pk), "name": layout.name, "register": layout.register, "mapping": by_layout,
        },
        "guesses": {str(guess.index): written_guess(guess) for guess in table.guesses},
    }  # fmt: skip


def _column(shape: Table, place: int) -> dict[str, Any]:
    column = shape.columns[place]
    return {"at": place, "letter": column.letter, "head": _head(column.head), "hidden": column.hidden}


def _head(head: str) -> str:
    """A head as it is kept: safe to show, and without what it says of all rows that no roster may say."""
    return safe_head(kept_head(head))


def _clean(sample: ColumnSample) -> ColumnSample:
    """A column as its meaning is looked for: what may not come in is no part of it."""
    return ColumnSample(
        sample.index, kept_head(sample.head), [scrub_name(value)[0] for value in sample.values]
    )


def written_guess(guess: Guess) -> dict[str, Any]:
    """A guess as the import writes it down."""
    return {
        "field": guess.field,
        "sure": guess.sure,
        "reason": guess.reason.template,
        "params": dict(guess.reason.params),
    }


def _best_register(
    samples: Sequence[ColumnSample], registers: Iterable[Register]
) -> tuple[Register, list[Guess]]:
    """The register whose fields fit the columns best: most of what it requires, then the greatest sum of scores."""
    found = [(register, recognise(samples, fields_as_written(register))) for register in registers]
    return max(found, key=lambda pair: _fit(pair[0].fields, pair[1]))


def _fit(fields: Iterable[FieldSpec], guesses: Sequence[Guess]) -> tuple[float, float]:
    taken = {guess.field for guess in guesses if guess.field}
    required = [spec.name for spec in fields if spec.required]
    met = sum(name in taken for name in required) / max(1, len(required))
    return met, sum(guess.score for guess in guesses if guess.field)


def _remembered(table: SheetTable, sheet_import: SheetImport) -> SourceMapping | None:
    return SourceMapping.objects.filter(
        source=sheet_import.source, signature=table.signature(), province=sheet_import.province,
        city=sheet_import.city, county=sheet_import.county,
    ).first()  # fmt: skip
