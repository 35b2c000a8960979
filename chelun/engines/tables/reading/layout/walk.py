"""One pass over a sheet: tables as they begin, and every row that is not blank, each said to be something."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Protocol

from chelun.engines.tables.reading.layout.blocks import Block, find_blocks, is_form
from chelun.engines.tables.reading.layout.body import Body, columns_of
from chelun.engines.tables.reading.layout.heads import block_cells, is_head
from chelun.engines.tables.reading.layout.words import are_heads, is_label, is_note, is_total
from chelun.engines.tables.reading.sentences import Unreadable
from chelun.engines.tables.reading.values import Limits, RawRow, Row, SheetInfo, Table, is_blank

WINDOW = 80
_AHEAD = 16
_LONG_NUMBER = re.compile(r"\d{5}")


class Sheet(Protocol):
    """What any format gives of a sheet; `hidden_columns` is filled when the first row has come."""

    info: SheetInfo
    hidden_columns: set[int]

    def rows(self) -> Iterator[RawRow]:
        """Give the rows that are not blank."""


class _Stream:
    """Rows with a look ahead. Whatever the format, a row has a bounded number, width and amount of text."""

    def __init__(self, sheet: Sheet, limits: Limits) -> None:
        self._rows = map(self._within, sheet.rows())
        self._name = sheet.info.name
        self._limits = limits
        self._ahead: deque[RawRow] = deque()
        self.taken = self.cells = 0

    def _within(self, row: RawRow) -> RawRow:
        limits = self._limits
        if row.number > limits.rows:
            raise Unreadable("too_many_rows", sheet=self._name, limit=limits.rows)
        if sum(map(len, row.cells)) > limits.row_chars:
            raise Unreadable("row_too_long", sheet=self._name, row=row.number, limit=limits.row_chars)
        return row

    def peek(self, count: int) -> list[RawRow]:
        """Return up to `count` coming rows without taking them."""
        if len(self._ahead) < count:
            self._ahead.extend(islice(self._rows, count - len(self._ahead)))
        return list(islice(self._ahead, count))

    def take(self) -> RawRow:
        """Take the next row; there must be one."""
        row = self._ahead.popleft() if self._ahead else next(self._rows)
        self.taken += 1
        self.cells += len(row.cells)
        return row


class SheetWalk:
    """Walks one sheet once, giving tables and, for each sheet row, its parts: one row per table that it touches.

    Afterwards `tables` is the number of tables, `forms` whether something on the sheet was a form for one person.
    """

    def __init__(self, sheet: Sheet, index: int, limits: Limits) -> None:
        """Take the sheet and its place among the sheets that have rows."""
        self._sheet = sheet
        self._index = index
        self._limits = limits
        self._stream = _Stream(sheet, limits)
        self._bodies: list[Body] = []
        self.tables = 0
        self.forms = False
        self._last_number = 0

    def items(self) -> Iterator[Table | list[Row]]:
        """Give each table before the rows of its stretch, then the parts of each row in the order of the sheet."""
        while window := self._stream.peek(WINDOW):
            blocks = find_blocks(window, [(body.left, body.right) for body in self._bodies])
            if blocks:
                yield from self._begin(window, blocks)
                yield from self._stretch()
            else:
                self.forms = self.forms or is_form(window)
                for _ in range(len(window) - (_AHEAD if len(window) == WINDOW else 0)):
                    yield self._parts(self._take())

    @property
    def filled(self) -> int:
        """How many rows have been given."""
        return self._stream.taken

    def is_late(self) -> bool:
        """Whether the walk has left the look-ahead within which `tables` lists what it finds."""
        return self._stream.taken > self._limits.look_rows or self._stream.cells > self._limits.look_cells

    def _take(self) -> RawRow:
        row = self._stream.take()
        self._last_number = row.number
        return row

    def _begin(self, window: Sequence[RawRow], blocks: list[Block]) -> Iterator[Table]:
        """Open the tables of a stretch; a block without a head under a table of the same columns goes on with it."""
        before = {(body.left, body.right): body for body in self._bodies}
        if before and all(block.head is None for block in blocks):
            return
        self._bodies = []
        for block in blocks:
            known = before.get((block.left, block.right))
            if block.head is None and known is not None:
                self._bodies.append(known)
                continue
            table = self._table(window, block)
            top, bottom = _lines(block)
            self._bodies.append(Body(table, window[top:bottom], window[bottom:]))
            yield table

    def _table(self, window: Sequence[RawRow], block: Block) -> Table:
        self.tables += 1
        if self.tables > self._limits.tables:
            raise Unreadable("too_many_tables", sheet=self._sheet.info.name, limit=self._limits.tables)
        top, bottom = _lines(block)
        names = block.head.names if block.head else ("",) * (block.right - block.left + 1)
        used = {at for row in window[bottom:] for at, cell in enumerate(row.cells) if not is_blank(cell)}
        names = _without_padding(names, block.left, window[top:bottom], window[bottom:], used)
        titles = (" ".join(filter(None, block_cells(row, block.left, block.right))) for row in window[:top])
        return Table(
            sheet=self._sheet.info.name,
            sheet_index=self._index,
            sheet_hidden=self._sheet.info.hidden,
            number=self.tables,
            title=tuple(filter(None, titles)),
            columns=columns_of(names, block.left, used, self._sheet.hidden_columns),
            head_rows=tuple(row.number for row in window[top:bottom]),
            first_row=window[bottom].number if bottom < len(window) else window[-1].number + 1,
            headless=block.head is None,
            late=self.is_late(),
        )

    def _stretch(self) -> Iterator[list[Row]]:
        """Give the rows from the titles of the tables to the row before the next different head."""
        yield self._parts(self._take())
        last_line = max((number for body in self._bodies for number in body.table.head_rows), default=0)
        while ahead := self._stream.peek(1):
            numeric = len(self._bodies) == 1 and _LONG_NUMBER.search(" ".join(ahead[0].cells)) is not None
            if not numeric and ahead[0].number > last_line and self._opens_another(ahead[0]):
                return
            row = self._take()
            yield self._parts(row, numeric, not numeric and self._head_again())

    def _head_again(self) -> bool:
        """Whether one of the next rows repeats a head of this stretch."""
        ahead = self._stream.peek(2)
        return any(body.is_repeated_head(body.take(row)) for row in ahead for body in self._bodies)

    def _parts(self, raw: RawRow, numeric: bool = False, opens: bool = False) -> list[Row]:
        """Give what a sheet row is to each table; what stands outside of all is told beside the first."""
        aside = self._aside(raw.cells)
        parts: list[Row] = []
        for body in self._bodies:
            part = body.read(raw, aside, numeric, opens)
            if part is not None:
                parts.append(part)
                aside = ()
        return parts or [Row(0, raw.number, "note", aside, raw.hidden)]

    def _aside(self, cells: list[str]) -> tuple[str, ...]:
        bodies = self._bodies
        if len(bodies) == 1 and bodies[0].plain and len(cells) <= bodies[0].right + 1:
            return ()
        covered = {column.index for body in bodies for column in body.table.columns}
        return tuple(cell for place, cell in enumerate(cells) if cell and place not in covered)

    def _opens_another(self, row: RawRow) -> bool:
        """Whether a head of another table, or its title, stands in this row."""
        window = self._stream.peek(_AHEAD)
        left, right = _bounds(row)
        gap = row.number > self._last_number + 1
        if self._is_new_head(window, 0, gap):
            return True
        first = next((cell for cell in row.cells if cell), "")
        if is_total(first) or (
            not gap and not first.startswith("附") and (is_note(first) or is_label(first))
        ):
            return False
        if not gap and row.cells[left : right + 1] != [first]:
            return False
        return any(self._is_new_head(window, place, True) for place in range(1, min(4, len(window))))

    def _is_new_head(self, window: Sequence[RawRow], place: int, apart: bool) -> bool:
        """Whether a row is a head that no table of this stretch has; without known words it must stand apart."""
        row = window[place]
        if any(body.is_repeated_head(body.take(row)) for body in self._bodies):
            return False
        bounds = (
            [_bounds(row)] if len(self._bodies) == 1 else [(body.left, body.right) for body in self._bodies]
        )
        for left, right in bounds:
            filled = [cell for cell in block_cells(row, left, right) if cell]
            if len(filled) >= 2 and (apart or are_heads(filled)) and is_head(window, place, left, right):
                return True
        return False


def _without_padding(
    names: tuple[str, ...], left: int, lines: Sequence[RawRow], below: Sequence[RawRow], used: set[int]
) -> tuple[str, ...]:
    """Take the name from columns that only widen the one to their left, merged with it in the head and in the rows."""
    wide = {
        place
        for row in below
        for span in row.spans
        for place in range(span.left + 1, min(span.right, 1023) + 1)
    }
    own = {place for row in lines for place, cell in enumerate(row.cells) if cell}
    padding = wide - own - used
    return tuple("" if left + place in padding else name for place, name in enumerate(names))


def _lines(block: Block) -> tuple[int, int]:
    """Return the places of the head's first line and of the first line after it."""
    return (block.head.top, block.head.bottom + 1) if block.head else (0, 0)


def _bounds(row: RawRow) -> tuple[int, int]:
    """Return the first and last filled columns of a row."""
    filled = [place for place, cell in enumerate(row.cells) if cell]
    return (filled[0], filled[-1]) if filled else (0, 0)
