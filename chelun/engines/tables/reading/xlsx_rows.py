"""The rows of one worksheet, streamed: every cell of a million rows passes here, so it is written for speed."""

from collections.abc import Iterator
from typing import Protocol

from chelun.engines.tables.reading.numbers import number_cell
from chelun.engines.tables.reading.package import Attributes, Patience, feed, new_parser
from chelun.engines.tables.reading.sentences import Unreadable
from chelun.engines.tables.reading.strings import RUN
from chelun.engines.tables.reading.survey import column_index
from chelun.engines.tables.reading.values import (
    Cell,
    Limits,
    RawRow,
    Span,
    is_blank,
    shown_text,
    unescape,
    whole_number,
)

_DIGITS = "0123456789"


class Frame(Protocol):
    """What rows need from their workbook."""

    limits: Limits
    epoch_1904: bool
    shown: list[str]

    @property
    def strings(self) -> "Texts":
        """The shared strings."""


class Texts(Protocol):
    """Texts by number; `kept` are the first of them, as far as they have been read."""

    kept: list[str]

    def __getitem__(self, number: int) -> str:
        """Return one."""


class SheetParser:
    """Turns the XML of one worksheet into rows; one parser reads one sheet once."""

    def __init__(
        self, sheet: str, frame: Frame, spans: dict[int, tuple[Span, ...]], hidden: set[int]
    ) -> None:
        """Take the merged ranges by first row, and the set to fill with hidden columns."""
        self._sheet = sheet
        self._frame = frame
        self._strings = frame.strings
        self._kept = frame.strings.kept
        self._shown = {str(place): shown for place, shown in enumerate(frame.shown)}
        self._plain = self._shown.get("0", "")
        self._epoch_1904 = frame.epoch_1904
        self._limit = frame.limits.columns
        self._spans = spans
        self._hidden_columns = hidden
        self._columns: dict[str, int] = {}
        self._found: list[RawRow] = []
        self._cells: list[str] = []
        self._number = 0
        self._hidden = False
        self._filled = self._inside = False
        self._cell: Attributes | None = None
        self._value: str | None = None
        self._text: str | None = None
        self._formula = self._phonetic = False
        self._depth = self._blanks = self._length = 0
        self._prefix = ""
        self._c, self._v, self._t, self._r = "c", "v", "t", "row"

    def rows(self, pieces: Iterator[bytes]) -> Iterator[RawRow]:
        """Give the rows that are not blank. Where the pieces end within a row, that row counts as well."""
        parser = new_parser()
        parser.StartElementHandler = self._first
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._chars
        self._parser = parser
        patience = Patience(self._frame.limits)
        for _ in feed(parser, pieces, patience, whole=False):
            if self._found:
                patience.found(sum(len(row.cells) for row in self._found))
                yield from self._found
                self._found.clear()
        if self._cell is not None:
            self._close_cell()
        self._close_row()
        yield from self._found

    def _first(self, name: str, attributes: Attributes) -> None:
        """Learn the prefix of the document from its first tag."""
        prefix, colon, _ = name.rpartition(":")
        self._prefix = prefix + colon
        self._c, self._v, self._t, self._r = (self._prefix + tag for tag in ("c", "v", "t", "row"))
        self._parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == self._c:
            if self._cell is not None:
                raise Unreadable("broken")
            self._cell = attributes
            self._value = None
            self._formula = False
            self._length = 0
        elif name == self._v or (name == self._t and not self._phonetic):
            if self._text is not None:
                raise Unreadable("broken")
            self._text = ""
            self._length += RUN
        elif name == self._r:
            self._open_row(attributes)
        else:
            self._other(name.removeprefix(self._prefix), attributes)

    def _other(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > 64:
            raise Unreadable("broken")
        if name == "f":
            self._formula = self._cell is not None
        elif name == "rPh":
            self._phonetic = True
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = whole_number(attributes.get("min"), 1), whole_number(attributes.get("max"), 1)
            self._hidden_columns.update(range(max(first, 1) - 1, min(last, self._limit)))

    def _chars(self, text: str) -> None:
        if self._text is not None:
            self._text += text
            self._length += len(text)
            if self._length > self._frame.limits.cell_chars:
                raise Unreadable("cell_too_long", sheet=self._sheet, limit=self._frame.limits.cell_chars)

    def _end(self, name: str) -> None:
        if name == self._c:
            if self._value is not None or self._formula:
                self._close_cell()
            else:
                self._blank_cell()
            self._cell = None
        elif name == self._v or name == self._t:  # noqa: PLR1714 – twice as fast as a set
            if self._text is not None:
                self._value = self._text if self._value is None else self._value + self._text
                self._text = None
        elif name == self._r:
            self._close_row()
        else:
            self._depth -= 1
            if self._phonetic and name.endswith("rPh"):
                self._phonetic = False

    def _blank_cell(self) -> None:
        """Count an empty cell; one without a reference takes its place all the same."""
        self._blanks += 1
        if self._blanks > self._frame.limits.blank_cells:
            raise Unreadable("blanks", sheet=self._sheet)
        if self._cell is not None and "r" not in self._cell and len(self._cells) < self._limit:
            self._cells.append("")

    def _open_row(self, attributes: Attributes) -> None:
        if self._inside:
            raise Unreadable("broken")
        self._inside = True
        self._number = whole_number(attributes.get("r"), self._number + 1)
        if self._number > self._frame.limits.rows:
            raise Unreadable("too_many_rows", sheet=self._sheet, limit=self._frame.limits.rows)
        self._hidden = attributes.get("hidden") in {"1", "true"}
        self._cells = []
        self._filled = False

    def _close_row(self) -> None:
        if self._filled:
            self._blanks = 0
            if len(self._cells) > self._limit:
                raise self._too_wide()
            spans = self._spans.get(self._number, ())
            self._found.append(RawRow(self._number, self._cells, self._hidden, spans))
        self._cells = []
        self._filled = self._inside = False

    def _close_cell(self) -> None:
        """Put the cell in its place in the row."""
        attributes = self._cell or {}
        cell = self._read(attributes)
        reference = attributes.get("r")
        cells = self._cells
        if reference is None:
            place = len(cells)
        else:
            letters = reference.rstrip(_DIGITS)
            place = self._columns.get(letters, -1)
            if place < 0:
                place = self._learn(letters)
        if cell or not is_blank(cell):
            self._filled = True
            if place == len(cells):
                cells.append(cell)
            else:
                self._put(cell, place)
        elif reference is None:
            cells.append("")

    def _put(self, cell: str, place: int) -> None:
        """Put a cell after a gap, or where one has been already."""
        gap = place - len(self._cells)
        if place >= self._limit:
            raise self._too_wide()
        if gap < 0:
            self._cells[place] = cell
        else:
            self._cells.extend([""] * gap)
            self._cells.append(cell)

    def _too_wide(self) -> Unreadable:
        return Unreadable("too_wide", sheet=self._sheet, row=self._number, limit=self._limit)

    def _learn(self, letters: str) -> int:
        """Return the 0-based column of letters and remember it."""
        if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
            raise Unreadable("broken")
        self._columns[letters] = column_index(letters.upper())
        return self._columns[letters]

    def _read(self, attributes: Attributes) -> str:
        """Return the content of the cell just closed."""
        value = self._value
        kind = attributes.get("t")
        if self._formula:
            return self._computed(kind, value, attributes)
        if not value:
            return ""
        if kind == "s":
            try:
                number = int(value)
                return self._kept[number] if 0 <= number < len(self._kept) else self._strings[number]
            except (ValueError, IndexError) as error:
                raise Unreadable("broken") from error
        if kind is None or kind == "n":
            style = attributes.get("s")
            return number_cell(value, self._shown.get(style, "") if style else self._plain, self._epoch_1904)
        return self._rest(kind, value)

    def _rest(self, kind: str, value: str) -> str:
        if kind in {"str", "inlineStr"}:
            return shown_text(unescape(value))
        if kind == "b":
            return Cell("TRUE" if value.strip() in {"1", "true"} else "FALSE", "bool", value)
        if kind == "e":
            return Cell(value, "error", value)
        if kind == "d":
            return Cell(value.replace("T", " ").removesuffix(" 00:00:00"), "date", value)
        return shown_text(value)

    def _computed(self, kind: str | None, value: str | None, attributes: Attributes) -> Cell:
        """Return the cell of a formula; a text formula may rightly have an empty value, others then have none."""
        if value is None or (not value and kind != "str"):
            return Cell("", "empty", formula=True, cached=False)
        self._formula = False
        plain = self._read(attributes)
        self._formula = True
        if isinstance(plain, Cell):
            return Cell(str(plain), plain.kind, plain.raw, formula=True)
        return Cell(plain, "text" if plain else "empty", formula=True)
