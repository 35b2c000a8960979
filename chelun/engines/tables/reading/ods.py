"""OpenDocument spreadsheets (.ods): sheets and rows out of one long content.xml, streamed like the others."""

import re
from collections.abc import Iterator

from chelun.engines.tables.reading.numbers import number_text
from chelun.engines.tables.reading.one_pass import OnePass, OnePassSheet, SheetRow
from chelun.engines.tables.reading.package import (
    Attributes,
    Package,
    Patience,
    elements,
    feed,
    local,
    new_parser,
)
from chelun.engines.tables.reading.sentences import Unreadable
from chelun.engines.tables.reading.values import (
    Cell,
    Limits,
    Notice,
    RawRow,
    SheetInfo,
    Span,
    is_blank,
    shown_text,
    whole_number,
)

_CONTENT = "content.xml"
_TIME = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:\.\d+)?S")
_LISTED = frozenset({"style", "table-properties", "table", "table-row"})
#: Cells allowed for each row while the sheets are only listed.
_ROW_CELLS = 20
_SPACE_TAGS = {"tab": "\t", "line-break": "\n"}


class OdsBook:
    """A document; its sheets are listed by a first pass over the content."""

    format = "ods"

    def __init__(self, package: Package) -> None:
        """Read the list of sheets; refuses passwords and macros."""
        self.package = package
        self.limits = package.limits
        self.warnings: list[Notice] = []
        self._refuse()
        self._infos = self._list()

    def sheets(self) -> Iterator[OnePassSheet]:
        """Open one sheet after the other."""
        stream = _Reader(self._infos, self.limits).rows(self.package.chunks(_CONTENT))
        return OnePass(stream).sheets(self._infos)

    def _refuse(self) -> None:
        if _CONTENT not in self.package:
            raise Unreadable("broken")
        kind = b"".join(self.package.small("mimetype")) if "mimetype" in self.package else b""
        if kind and b"spreadsheet" not in kind:
            raise Unreadable("document")
        size = self.package.size(_CONTENT)
        if size > self.limits.ods_bytes:
            raise Unreadable("unpacked", size=size // 1024**2, limit=self.limits.ods_bytes // 1024**2)
        locked = False

        def see(*_: object) -> None:
            nonlocal locked
            locked = True

        if "meta-inf/manifest.xml" in self.package:
            elements(self.package.small("meta-inf/manifest.xml"), see, frozenset({"encryption-data"}))
        if locked:
            raise Unreadable("password")
        scripts = any(name.startswith(("basic/", "scripts/")) for name in self.package.names())
        if scripts and not self.limits.macros:
            raise Unreadable("macros")

    def _list(self) -> list[SheetInfo]:
        """Return the sheets with their rows counted, repeated blank rows only once."""
        infos: list[SheetInfo] = []
        unseen: set[str] = set()
        style = ""
        counts: list[int] = []
        patience = Patience(self.limits)

        def see(tag: str, attributes: Attributes) -> None:
            nonlocal style
            if tag == "style":
                style = attributes.get("name", "")
            elif tag == "table-properties" and attributes.get("display") == "false":
                unseen.add(style)
            elif tag == "table":
                infos.append(SheetInfo(attributes.get("name", ""), attributes.get("style-name") in unseen, 0))
                counts.append(0)
                if len(infos) > self.limits.sheets:
                    raise Unreadable("too_many_sheets", count=len(infos), limit=self.limits.sheets)
            elif tag == "table-row" and counts:
                counts[-1] += 1
                patience.found(_ROW_CELLS)

        elements(self.package.chunks(_CONTENT), see, _LISTED, patience)
        return [SheetInfo(info.name, info.hidden, count) for info, count in zip(infos, counts, strict=True)]


class _Reader:
    """Turns the XML of the content into rows."""

    def __init__(self, infos: list[SheetInfo], limits: Limits) -> None:
        self._infos = infos
        self._limits = limits
        self._hidden_columns: set[int] = set()
        self._table = -1
        self._inside = False
        self._number = self._column = 0
        self._cells: list[str] = []
        self._spans: list[tuple[int, int, int]] = []
        self._row: Attributes = {}
        self._cell: Attributes | None = None
        self._paragraphs: list[list[str]] = []
        self._aside = self._length = self._repeated = 0
        self._found: list[tuple[int, set[int], RawRow, int]] = []

    @property
    def _sheet(self) -> str:
        return self._infos[self._table].name if self._table < len(self._infos) else ""

    def rows(self, pieces: Iterator[bytes]) -> Iterator[SheetRow]:
        """Give the place of the sheet, its hidden columns so far, and each row that is not blank."""
        parser = new_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._chars
        patience = Patience(self._limits)
        for _ in feed(parser, pieces, patience):
            for place, hidden, row, times in self._found:
                patience.found(len(row.cells))
                for step in range(times):
                    yield place, hidden, row._replace(number=row.number + step) if step else row
            self._found.clear()

    def _start(self, name: str, attributes: Attributes) -> None:
        tag = local(name)
        if not self._inside:
            if tag == "table":
                self._table += 1
                self._inside = True
                self._number = self._column = 0
                self._hidden_columns = set()
        elif self._aside or tag in {"annotation", "shapes", "frame"} or tag == "table":
            self._aside += 1
        elif tag in {"table-cell", "covered-table-cell"}:
            self._cell = {local(key): value for key, value in attributes.items()}
            self._paragraphs = []
            self._length = 0
        elif tag == "table-row":
            self._row = {local(key): value for key, value in attributes.items()}
            self._cells, self._spans, self._column = [], [], 0
        elif self._cell is not None:
            self._inner(tag, attributes)
        elif tag == "table-column":
            self._open_columns({local(key): value for key, value in attributes.items()})

    def _inner(self, tag: str, attributes: Attributes) -> None:
        """Take the text parts of a cell."""
        if tag == "p":
            self._paragraphs.append([])
            self._lengthen(1)
        elif self._paragraphs and tag == "s":
            self._lengthen(spaces := min(_count(attributes.get("text:c")), 100))
            self._paragraphs[-1].append(" " * spaces)
        elif self._paragraphs and tag in _SPACE_TAGS:
            self._lengthen(1)
            self._paragraphs[-1].append(_SPACE_TAGS[tag])

    def _lengthen(self, characters: int) -> None:
        self._length += characters
        if self._length > self._limits.cell_chars:
            raise Unreadable("cell_too_long", sheet=self._sheet, limit=self._limits.cell_chars)

    def _open_columns(self, attributes: Attributes) -> None:
        repeated = _count(attributes.get("number-columns-repeated"))
        if attributes.get("visibility", "visible") != "visible" and self._column < self._limits.columns:
            last = min(self._column + repeated, self._limits.columns)
            self._hidden_columns.update(range(self._column, last))
        self._column += repeated

    def _chars(self, text: str) -> None:
        if self._cell is not None and self._paragraphs and not self._aside:
            self._lengthen(len(text))
            self._paragraphs[-1].append(text)

    def _end(self, name: str) -> None:
        if not self._inside:
            return
        if self._aside:
            self._aside -= 1
            return
        tag = local(name)
        if tag in {"table-cell", "covered-table-cell"} and self._cell is not None:
            self._close_cell(self._cell)
            self._cell = None
        elif tag == "table-row":
            self._close_row()
        elif tag == "table":
            self._inside = False

    def _close_cell(self, attributes: Attributes) -> None:
        repeated = _count(attributes.get("number-columns-repeated"))
        text = "\n".join("".join(parts) for parts in self._paragraphs)
        cell = _value(attributes, text)
        if not is_blank(cell):
            if self._column + repeated > self._limits.columns:
                row, limit = self._number + 1, self._limits.columns
                raise Unreadable("too_wide", sheet=self._sheet, row=row, limit=limit)
            self._cells.extend([""] * (self._column - len(self._cells)))
            self._cells.extend([cell] * repeated)
        across, down = (
            _count(attributes.get("number-columns-spanned")),
            _count(attributes.get("number-rows-spanned")),
        )
        if across > 1 or down > 1:
            self._spans.append((self._column, across, down))
        self._column += repeated

    def _close_row(self) -> None:
        number = self._number + 1
        repeated = _count(self._row.get("number-rows-repeated"))
        self._number += repeated
        if not self._cells:
            return
        self._repeated += repeated - 1
        if self._repeated > self._limits.repeated_rows:
            raise Unreadable("repeated", sheet=self._sheet, row=number, count=repeated)
        hidden = self._row.get("visibility", "visible") != "visible"
        spans = tuple(
            Span(number, column, number + down - 1, column + across - 1)
            for column, across, down in self._spans
        )
        self._found.append(
            (self._table, self._hidden_columns, RawRow(number, self._cells, hidden, spans), repeated)
        )


def _count(text: str | None) -> int:
    """Return a repetition or a span, at least 1."""
    return max(1, whole_number(text, 1))


def _value(attributes: Attributes, text: str) -> str:
    """Return the content of a cell from what is stored beside its text."""
    plain = _stored(attributes, text)
    if "formula" not in attributes:
        return plain
    if not plain and "value-type" not in attributes:
        return Cell("", "empty", formula=True, cached=False)
    if isinstance(plain, Cell):
        return Cell(str(plain), plain.kind, plain.raw, formula=True)
    return Cell(plain, "text" if plain else "empty", formula=True)


def _stored(attributes: Attributes, text: str) -> str:
    kind = attributes.get("value-type", "")
    if text.startswith("#") and (kind == "error" or "formula" in attributes):
        return Cell(text, "error", text)
    if kind in {"float", "currency", "percentage"}:
        raw = attributes.get("value", "")
        padded = text if text.isdecimal() and text.startswith("0") else ""
        return Cell(padded or number_text(raw), "number", raw)
    if kind == "date":
        raw = attributes.get("date-value", "")
        return Cell(raw[:19].replace("T", " ").removesuffix(" 00:00:00"), "date", raw)
    if kind == "time":
        raw = attributes.get("time-value", "")
        found = _TIME.fullmatch(raw)
        return Cell(":".join(part.zfill(2) for part in found.groups()) if found else text, "time", raw)
    if kind == "boolean":
        return Cell(attributes.get("boolean-value", text).upper(), "bool", text)
    return shown_text(text or attributes.get("string-value", ""))
