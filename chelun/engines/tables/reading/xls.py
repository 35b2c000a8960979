"""Old Excel workbooks (.xls): the frame with styles and texts, and the rows of each sheet."""

import struct
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from chelun.engines.tables.reading import biff
from chelun.engines.tables.reading.numbers import BUILTIN_FORMATS, format_kind, number_cell
from chelun.engines.tables.reading.ole import CompoundFile
from chelun.engines.tables.reading.sentences import Unreadable, notice
from chelun.engines.tables.reading.values import (
    Cell,
    Limits,
    Notice,
    RawRow,
    SheetInfo,
    Span,
    holdable,
    shown_text,
)

_MACRO_FOLDERS = frozenset({"_VBA_PROJECT_CUR", "_VBA_PROJECT", "Macros", "VBA"})


@dataclass(frozen=True, slots=True)
class _Place:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    start: int


class XlsBook:
    """A workbook stream and what its cells refer to."""

    format = "xls"

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        """Read the frame; refuses passwords, macros, links, and compound files that are no workbooks."""
        self.limits = limits
        self.warnings: list[Notice] = []
        self.data = _workbook_stream(file, limits)
        self.epoch_1904 = False
        self.strings: list[str] = []
        self.shown: list[str] = []
        self.cells = 0
        self.wide = True
        self.codec = "gb18030"
        self._places: list[_Place] = []
        try:
            self._read_frame()
        except (struct.error, IndexError) as error:
            raise Unreadable("broken") from error

    def sheets(self) -> Iterator["XlsSheet"]:
        """Open one worksheet after the other."""
        for place in self._places:
            yield XlsSheet(self, place)

    def _read_frame(self) -> None:
        """Read the records before the first sheet."""
        codes: dict[int, str] = {}
        formats: list[int] = []
        listed: list[tuple[int, int]] = []
        found = list(self._globals())
        for at, (kind, start, end) in enumerate(found):
            if kind == biff.FORMAT:
                codes[self._word(start)] = self.text(start + 2, end, "<H" if self.wide else "<B")
            elif kind == biff.XF:
                formats.append(self._word(start + 2))
            elif kind == biff.SHEET:
                listed.append((start, end))
            elif kind == biff.SST:
                self._read_strings(found, at)
            else:
                self._read_setting(kind, start, end)
        self._places = [self._listed(start, end) for start, end in listed if self.data[start + 5] == 0]
        if len({place.start for place in self._places}) < len(self._places):
            raise Unreadable("broken")
        if len(self._places) > self.limits.sheets:
            raise Unreadable("too_many_sheets", count=len(self._places), limit=self.limits.sheets)
        kinds = {number: format_kind(code) for number, code in codes.items()}
        self.shown = [kinds.get(number, BUILTIN_FORMATS.get(number, "")) for number in formats]

    def _read_setting(self, kind: int, start: int, end: int) -> None:
        """Take what holds for the whole workbook; refuses a password and links."""
        if kind == biff.FILEPASS:
            raise Unreadable("password")
        if kind == biff.CODEPAGE:
            self.codec = biff.codec_of(self._word(start))
        elif kind == biff.DATEMODE:
            self.epoch_1904 = self._word(start) == 1
        elif kind == biff.EXTERNAL_BOOK and end - start > 4:
            self._link()

    def _link(self) -> None:
        """Refuse a link to another file, or tell of it."""
        if not self.limits.external_links:
            raise Unreadable("external_links")
        if not self.warnings:
            self.warnings.append(notice("external_links"))

    def _globals(self) -> Iterator[biff.Record]:
        """Give the records up to the end of the frame; sheet lists and links are checked on the way."""
        for count, (kind, start, end) in enumerate(biff.records(self.data, 0)):
            if count == 0:
                if kind != biff.BOF or end - start < 4:
                    raise Unreadable("old_excel" if kind in {0x0009, 0x0209, 0x0409} else "broken")
                self.wide = self._word(start) >= 0x0600
            if kind == biff.EOF:
                return
            yield kind, start, end

    def _word(self, at: int) -> int:
        return int(struct.unpack_from("<H", self.data, at)[0])

    def text(self, start: int, end: int, count_form: str) -> str:
        """Read a text of either generation."""
        if self.wide:
            return holdable(biff.TextReader(self.data, [(start, end)]).text(count_form))
        size = struct.calcsize(count_form)
        (count,) = struct.unpack_from(count_form, self.data, start)
        return (
            self.data[start + size : min(end, start + size + count)]
            .decode(self.codec, "replace")
            .replace("\0", "")
        )

    def _listed(self, start: int, end: int) -> _Place:
        (place,) = struct.unpack_from("<L", self.data, start)
        return _Place(self.text(start + 6, end, "<B"), self.data[start + 4] & 3 != 0, place)

    def _read_strings(self, found: list[biff.Record], at: int) -> None:
        """Read the shared texts, which run on through the CONTINUE records."""
        parts = [found[at][1:]]
        for kind, start, end in found[at + 1 :]:
            if kind != biff.CONTINUE:
                break
            parts.append((start, end))
        reader = biff.TextReader(self.data, parts)
        reader.skip(4)
        for _ in range(reader.number("<L")):
            if len(self.strings) >= self.limits.xls_strings:
                raise Unreadable("bomb")
            text = holdable(reader.text())
            if len(text) > self.limits.cell_chars:
                raise Unreadable("cell_too_long", sheet="", limit=self.limits.cell_chars)
            self.strings.append(text)


def _workbook_stream(file: BinaryIO, limits: Limits) -> bytes:
    """Return the workbook in a compound file."""
    size = file.seek(0, 2)
    if size > limits.xls_bytes:
        raise Unreadable("too_big", size=-(-size // 1024**2), limit=limits.xls_bytes // 1024**2)
    compound = CompoundFile(file)
    if "EncryptedPackage" in compound.names:
        raise Unreadable("password")
    if not limits.macros and compound.names & _MACRO_FOLDERS:
        raise Unreadable("macros")
    data = compound.stream("Workbook") or compound.stream("Book")
    if data is None:
        if compound.names & {"WordDocument", "PowerPoint Document"}:
            raise Unreadable("document")
        raise Unreadable(
            "et" if any(name.lower().startswith("et") for name in compound.names) else "not_a_sheet"
        )
    return data


class XlsSheet:
    """One worksheet of an .xls; looked over once, so that merged ranges and hidden rows are known."""

    def __init__(self, book: XlsBook, place: _Place) -> None:
        """Index the cells by row; a file written out of order is put in order."""
        self._book = book
        self._name = place.name
        self.hidden_columns: set[int] = set()
        self._hidden_rows: set[int] = set()
        self._spans: defaultdict[int, list[Span]] = defaultdict(list)
        self._cells = array("Q")
        self._calculated = False
        try:
            rows = self._look_over(place.start)
        except (struct.error, IndexError) as error:
            raise Unreadable("broken") from error
        self.info = SheetInfo(place.name, place.hidden, rows)

    def _look_over(self, start: int) -> int:
        """Note where each cell lies as row << 40 | place; return the number of rows."""
        data, cells = self._book.data, self._cells
        ordered, last, rows, depth = True, -1, 0, 0
        most = self._book.limits.cells // 10
        for kind, at, end in biff.records(data, start):
            if kind in biff.CELLS and end - at >= 6:
                row = data[at] | data[at + 1] << 8
                cells.append(row << 40 | at - 4)
                ordered = ordered and row >= last
                rows += row != last
                last = row
                if kind == biff.FORMULA and not self._calculated:
                    self._calculated = data[at + 12 : at + 14] != b"\xff\xff" or data[at + 6] != 3
            elif kind == biff.EOF:
                depth -= 1
                if depth <= 0:
                    break
            elif kind == biff.BOF:
                depth += 1
            else:
                self._note(kind, at, end)
        self._book.cells += len(cells)
        if self._book.cells > most:
            raise Unreadable("too_many_cells", sheet=self._name, limit=most)
        if not ordered:
            self._cells = array("Q", sorted(cells))
        return rows

    def _note(self, kind: int, at: int, end: int) -> None:
        """Note what is hidden and what is merged."""
        data = self._book.data
        if kind == biff.ROW and end - at >= 14:
            row, flags = struct.unpack_from("<H10xH", data, at)
            if flags & 0x20:
                self._hidden_rows.add(row)
        elif kind == biff.COLUMNS and end - at >= 10:
            first, last, _, _, flags = struct.unpack_from("<HHHHH", data, at)
            if flags & 1:
                self.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind == biff.MERGES:
            for place in range(at + 2, end - 7, 8):
                top, bottom, left, right = struct.unpack_from("<HHHH", data, place)
                self._spans[top + 1].append(Span(top + 1, left, bottom + 1, right))
            if sum(map(len, self._spans.values())) > self._book.limits.merges:
                raise Unreadable("too_many_merges", sheet=self._name, limit=self._book.limits.merges)

    def rows(self) -> Iterator[RawRow]:
        """Give the rows that are not blank, in order."""
        current, cells = -1, dict[int, str]()
        for entry in self._cells:
            row = entry >> 40
            if row != current:
                yield from self._row(current, cells)
                current, cells = row, {}
            self._decode(entry & 0xFFFFFFFFFF, cells)
        yield from self._row(current, cells)

    def _row(self, row: int, cells: dict[int, str]) -> Iterator[RawRow]:
        kept = {
            column: cell
            for column, cell in cells.items()
            if cell or (isinstance(cell, Cell) and not cell.cached)
        }
        if kept:
            if max(kept) >= self._book.limits.columns:
                limit = self._book.limits.columns
                raise Unreadable("too_wide", sheet=self._name, row=row + 1, limit=limit)
            line = [kept.get(column, "") for column in range(max(kept) + 1)]
            yield RawRow(row + 1, line, row in self._hidden_rows, tuple(self._spans.get(row + 1, ())))

    def _decode(self, at: int, cells: dict[int, str]) -> None:
        """Put the cells of one record into a row."""
        data = self._book.data
        kind, length = struct.unpack_from("<HH", data, at)
        start, end = at + 4, min(at + 4 + length, len(data))
        try:
            _, column, style = struct.unpack_from("<HHH", data, start)
            if kind == biff.MULTI_RK:
                for step, place in enumerate(range(start + 4, end - 6, 6)):
                    style, word = struct.unpack_from("<HL", data, place)
                    cells[column + step] = self._number(biff.rk_value(word), style)
            else:
                cells[column] = self._value(kind, start, end, style)
        except (struct.error, IndexError) as error:
            raise Unreadable("broken") from error

    def _value(self, kind: int, start: int, end: int, style: int) -> str:
        data, book = self._book.data, self._book
        if kind == biff.LABEL_SST:
            return shown_text(book.strings[struct.unpack_from("<L", data, start + 6)[0]])
        if kind == biff.NUMBER:
            return self._number(struct.unpack_from("<d", data, start + 6)[0], style)
        if kind == biff.RK:
            return self._number(biff.rk_value(struct.unpack_from("<L", data, start + 6)[0]), style)
        if kind == biff.BOOL_OR_ERROR:
            return _flag(data[start + 6], bool(data[start + 7]))
        if kind == biff.FORMULA:
            return self._computed(start, end, style)
        return shown_text(book.text(start + 6, end, "<H"))

    def _number(self, value: float, style: int) -> Cell:
        shown = self._book.shown
        raw = str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value).upper()
        return number_cell(raw, shown[style] if style < len(shown) else "", self._book.epoch_1904)

    def _computed(self, start: int, end: int, style: int) -> Cell:
        """Return the cached value of a formula; the text of a text formula stands in a record of its own.

        Where all formulas of a sheet hold an empty text, the writing program has calculated none of them.
        """
        data = self._book.data
        if not self._calculated:
            return Cell("", "empty", formula=True, cached=False)
        if data[start + 12 : start + 14] != b"\xff\xff":
            plain: str = self._number(struct.unpack_from("<d", data, start + 6)[0], style)
        elif data[start + 6] in {1, 2}:
            plain = _flag(data[start + 8], data[start + 6] == 2)
        else:
            plain = self._following_text(end) if data[start + 6] == 0 else ""
        if isinstance(plain, Cell):
            return Cell(str(plain), plain.kind, plain.raw, formula=True)
        return Cell(plain, "text" if plain else "empty", formula=True)

    def _following_text(self, at: int) -> str:
        """Return the text in the STRING record behind a formula; a shared or array formula may lie between."""
        for step, (kind, start, end) in enumerate(biff.records(self._book.data, at)):
            if kind == biff.STRING:
                return shown_text(self._book.text(start, end, "<H"))
            if kind in biff.CELLS or step > 2:
                break
        return ""


def _flag(value: int, is_error: bool) -> Cell:
    if is_error:
        return Cell(biff.ERRORS.get(value, "#N/A"), "error", str(value))
    return Cell("TRUE" if value else "FALSE", "bool", str(value))
