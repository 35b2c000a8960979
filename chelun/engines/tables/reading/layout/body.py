"""The rows under a head: which are data and which are repeated heads, totals, notes, sections or bare serial numbers.

Values from merged cells and 同上 are filled in here. An ordinary row passes by the quick way; only odd ones are judged.
"""

import re
from collections.abc import Sequence

from chelun.engines.tables.reading.layout.heads import block_cells
from chelun.engines.tables.reading.layout.words import (
    DITTO,
    counts_columns,
    head_key,
    is_label,
    is_note,
    is_section,
    is_total,
    shape,
)
from chelun.engines.tables.reading.survey import column_letter
from chelun.engines.tables.reading.values import (
    Cell,
    Column,
    RawRow,
    Row,
    RowKind,
    Table,
    filled_from,
    is_blank,
    kind_of,
)

_LONG_NUMBER = re.compile(r"\d[\d\s-]{9,}\d")
_SUSPECT = frozenset("合总小共累本备注说填制审负附※★☆▲*＊全年编经单联统截日领主校复上报要")
_SERIAL = re.compile(r"\d{1,6}[.、)）]?")
_STOPS = "。；！？"


class Body:
    """A table being read: its columns, what its rows look like, and what is carried from row to row."""

    def __init__(self, table: Table, lines: Sequence[RawRow], sample: Sequence[RawRow]) -> None:
        """Take the lines of the head, and rows under it as a sample of the shapes in each column."""
        self.table = table
        self.left = table.columns[0].index
        self.right = table.columns[-1].index
        self.width = len(table.columns)
        self._places = [column.index - self.left for column in table.columns]
        self._whole = self.width == self.right - self.left + 1
        self.plain = self._whole and self.left == 0
        self._head_rows = frozenset(table.head_rows)
        self._top = min(table.head_rows, default=0)
        self._under = max(table.head_rows, default=-1) + 1
        self._heads = [frozenset(enumerate(self._keys(line))) for line in lines]
        self._head_first = {keys for line in self._heads for place, keys in line if keys}
        self._shapes: list[set[str]] = [set() for _ in table.columns]
        self._active: dict[int, tuple[int, Cell]] = {}
        self._last: Sequence[str] = ()
        self._learn([self.take(row) for row in sample])

    def _learn(self, sample: list[list[str]]) -> None:
        """Note the shapes in each column; rows with a single cell count only where most rows are like that."""
        full = [cells for cells in sample if len(cells) - cells.count("") >= 2]
        for cells in full if len(full) * 3 >= len(sample) else sample:
            for seen, cell in zip(self._shapes, cells, strict=True):
                seen.add(shape(cell))

    def take(self, row: RawRow) -> list[str]:
        """Return the cells of a row that belong to the columns of this table."""
        cells = block_cells(row, self.left, self.right)
        return cells if self._whole else [cells[place] for place in self._places]

    def read(self, raw: RawRow, aside: tuple[str, ...], numeric: bool, opens: bool) -> Row | None:
        """Return what a row is to this table, or None where it has nothing in its columns.

        `numeric` says that a long number is in the row, as in nearly all rows of data; `opens` that the head comes
        again soon, so that a text alone is a title.
        """
        cells = self.take(raw)
        kind = self.kind(raw, cells, numeric) if raw.number > self._top else self._opening_kind(raw, cells)
        if kind is None:
            return None
        if kind == "data" and opens and self.width - cells.count("") == 1:
            kind = "section"
        if kind == "data":
            if raw.spans or self._active:
                self._fill_merged(raw, cells)
            if not DITTO.isdisjoint(cells):
                self._fill_ditto(cells)
            self._last = cells
        return Row(self.table.number, raw.number, kind, tuple(cells), raw.hidden, aside)

    def kind(self, raw: RawRow, cells: list[str], numeric: bool) -> RowKind | None:
        """Classify a row by its own cells; None where they are all blank."""
        filled = self.width - cells.count("")
        if numeric and filled * 2 > self.width > 1:
            first = next(cell for cell in cells if cell)
            if (
                first[0] not in _SUSPECT
                and first[-1] not in "计:："
                and head_key(first) not in self._head_first
            ):
                return "data"
        if not filled:
            return None if all(map(is_blank, cells)) else "data"
        if raw.number in self._head_rows or self.is_repeated_head(cells):
            return "head"
        if raw.number == self._under and counts_columns(cells):
            return "head"
        return self._odd_kind(raw, cells, filled)

    def _opening_kind(self, raw: RawRow, cells: list[str]) -> RowKind | None:
        """Classify a row above the head or its first line."""
        if all(map(is_blank, cells)):
            return None
        return "head" if raw.number in self._head_rows else "title"

    def is_repeated_head(self, cells: list[str]) -> bool:
        """Whether a row says again what a line of the head says."""
        keys = {(place, key) for place, key in enumerate(self._keys_of(cells)) if key}
        for line in self._heads:
            wanted = {pair for pair in line if pair[1]}
            if len(wanted) > 1 and len(keys & wanted) * 10 >= max(len(wanted), len(keys)) * 7:
                return True
            if wanted and self.width <= 2 and keys == wanted:
                return True
        return False

    def _keys(self, line: RawRow) -> list[str]:
        return self._keys_of(self.take(line))

    def _keys_of(self, cells: list[str]) -> list[str]:
        return [head_key(cell) for cell in cells]

    def _odd_kind(self, raw: RawRow, cells: list[str], filled: int) -> RowKind:
        texts = [cell for cell in cells if cell]
        first = texts[0]
        if is_total(first) and not any(_LONG_NUMBER.search(cell) for cell in texts):
            return "total"
        if len(texts) > 1 and is_total(texts[1]) and _SERIAL.fullmatch(first) and filled * 2 <= self.width:
            return "total"
        if (is_note(first) or is_label(first)) and self._is_remark(first, texts):
            return "note"
        if filled == 1 and self.width > 2:
            return self._lone_kind(raw, cells, first)
        return "data"

    def _is_remark(self, first: str, texts: list[str]) -> bool:
        """Whether a row that opens like a remark is one, and not a data row whose first cell happens to look so."""
        labels = sum(is_label(text) or is_note(text) for text in texts)
        return labels * 2 >= len(texts) or len(texts) * 2 <= self.width or len(texts) == 1

    def _lone_kind(self, raw: RawRow, cells: list[str], text: str) -> RowKind:
        """Classify a row in which one cell of the table is filled."""
        place = next(place for place, cell in enumerate(cells) if cell)
        if place == 0 and _SERIAL.fullmatch(text.strip()):
            return "serial"
        if kind_of(text) in {"number", "date"}:
            return "data"
        column = self.table.columns[place].index
        wide = any(
            span.left == column and (span.right - span.left + 1) * 2 >= self.width for span in raw.spans
        )
        prose = len(text) > 20 or any(stop in text for stop in _STOPS)
        if wide or is_section(text):
            return "note" if prose else "section"
        if shape(text) in self._shapes[place] or (shape(text) in "Ndp" and not self._shapes[place] - {""}):
            return "note" if prose and shape(text) != "L" else "data"
        return "section" if place == 0 and not prose else "note"

    def _fill_merged(self, raw: RawRow, cells: list[str]) -> None:
        """Fill cells that a merge from above covers, and begin the merges that start in this row."""
        for place, (bottom, value) in list(self._active.items()):
            if raw.number > bottom:
                del self._active[place]
            elif not cells[place]:
                cells[place] = value
        for span in raw.spans:
            if span.bottom > raw.number and self.left <= span.left <= self.right:
                place = span.left - self.left
                place = place if self._whole else self._places.index(place) if place in self._places else -1
                if place >= 0 and cells[place]:
                    self._active[place] = (span.bottom, filled_from(cells[place], "merged"))

    def _fill_ditto(self, cells: list[str]) -> None:
        """Put the value from the row above where a cell says 同上."""
        for place, cell in enumerate(cells):
            if (
                cell in DITTO
                and place < len(self._last)
                and self._last[place] not in DITTO
                and self._last[place]
            ):
                cells[place] = filled_from(self._last[place], "ditto")


def columns_of(names: Sequence[str], left: int, used: set[int], hidden: set[int]) -> tuple[Column, ...]:
    """Return the columns that have a name or values; one without a name is called 第N列 after its place."""
    return tuple(
        Column(
            left + place,
            column_letter(left + place),
            name or f"第{left + place + 1}列",
            left + place in hidden,
        )
        for place, name in enumerate(names)
        if name or left + place in used
    )
