"""«XML Spreadsheet 2003» files, which older office systems export under the name .xls."""

from collections.abc import Iterator
from typing import BinaryIO

from chelun.engines.tables.reading.files import CHUNK
from chelun.engines.tables.reading.numbers import number_text
from chelun.engines.tables.reading.one_pass import OnePass, OnePassSheet, SheetRow
from chelun.engines.tables.reading.package import Attributes, Patience, feed, local, new_parser
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


class Xml2003Book:
    """One XML document with all sheets; it is parsed once for the list and once for the rows."""

    format = "xml2003"

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        """List the sheets."""
        self.file = file
        self.limits = limits
        self.warnings: list[Notice] = []
        size = file.seek(0, 2)
        if size > limits.page_bytes:
            raise Unreadable("too_big", size=-(-size // 1024**2), limit=limits.page_bytes // 1024**2)
        lister = _Parser(limits)
        for _ in lister.rows(self.pieces()):
            pass
        if len(lister.infos) > limits.sheets:
            raise Unreadable("too_many_sheets", count=len(lister.infos), limit=limits.sheets)
        self._infos = lister.infos

    def pieces(self) -> Iterator[bytes]:
        """Give the document from its start."""
        self.file.seek(0)
        while piece := self.file.read(CHUNK):
            yield piece

    def sheets(self) -> Iterator[OnePassSheet]:
        """Open one sheet after the other."""
        return OnePass(_Parser(self.limits).rows(self.pieces())).sheets(self._infos)


class _Parser:
    """Turns the document into rows, and lists the sheets on the way."""

    def __init__(self, limits: Limits) -> None:
        self.infos: list[SheetInfo] = []
        self._hidden_columns: set[int] = set()
        self._limits = limits
        self._number = self._column = self._depth = self._length = 0
        self._row: Attributes = {}
        self._cell: Attributes | None = None
        self._kind: str | None = None
        self._parts: list[str] = []
        self._cells: list[str] = []
        self._spans: list[Span] = []
        self._found: list[SheetRow] = []

    def rows(self, pieces: Iterator[bytes]) -> Iterator[SheetRow]:
        parser = new_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._chars
        patience = Patience(self._limits)
        for _ in feed(parser, pieces, patience):
            patience.found(sum(len(row.cells) for _, _, row in self._found))
            yield from self._found
            self._found.clear()

    def _start(self, name: str, raw: Attributes) -> None:
        tag = local(name)
        self._depth += 1
        if self._depth > 64:
            raise Unreadable("broken")
        if tag not in {"Worksheet", "WorksheetOptions", "Column", "Row", "Cell", "Data"}:
            return
        attributes = {local(key): value for key, value in raw.items()}
        if tag == "Worksheet":
            self.infos.append(SheetInfo(attributes.get("Name", ""), False, 0))
            self._number = self._column = 0
            self._hidden_columns = set()
        elif tag == "Row":
            self._number = whole_number(attributes.get("Index"), self._number + 1)
            self._row, self._cells, self._spans, self._column = attributes, [], [], 0
        elif tag == "Cell":
            self._column = whole_number(attributes.get("Index"), self._column + 1)
            self._cell, self._kind, self._parts, self._length = attributes, None, [], 0
        elif tag == "Data":
            self._kind = attributes.get("Type", "String")
        elif tag == "Column":
            self._note_column(attributes)

    def _note_column(self, attributes: Attributes) -> None:
        self._column = whole_number(attributes.get("Index"), self._column + 1)
        last = self._column + whole_number(attributes.get("Span"))
        if attributes.get("Hidden") == "1":
            self._hidden_columns.update(range(self._column - 1, min(last, self._limits.columns)))
        self._column = last

    def _chars(self, text: str) -> None:
        if self._cell is not None and self._kind is not None:
            self._parts.append(text)
            self._length += len(text)
            if self._length > self._limits.cell_chars:
                raise Unreadable("cell_too_long", sheet=self.infos[-1].name, limit=self._limits.cell_chars)

    def _end(self, name: str) -> None:
        tag = local(name)
        self._depth -= 1
        if tag == "Cell" and self._cell is not None:
            self._close_cell(self._cell)
            self._cell = None
        elif tag == "Row" and self.infos:
            info = self.infos[-1]
            self.infos[-1] = SheetInfo(info.name, info.hidden, info.n_rows_estimate + 1)
            if self._cells:
                row = RawRow(self._number, self._cells, self._row.get("Hidden") == "1", tuple(self._spans))
                self._found.append((len(self.infos) - 1, self._hidden_columns, row))
            self._cells = []
        elif tag == "Visible" and self.infos:
            self.infos[-1] = SheetInfo(self.infos[-1].name, True, self.infos[-1].n_rows_estimate)

    def _close_cell(self, attributes: Attributes) -> None:
        cell = _value(self._kind, "".join(self._parts), "Formula" in attributes)
        across, down = (whole_number(attributes.get(name)) for name in ("MergeAcross", "MergeDown"))
        if not is_blank(cell):
            if self._column > self._limits.columns:
                limit = self._limits.columns
                raise Unreadable("too_wide", sheet=self.infos[-1].name, row=self._number, limit=limit)
            self._cells.extend([""] * (self._column - 1 - len(self._cells)))
            self._cells.append(cell)
        if across or down:
            left, top = self._column - 1, self._number
            self._spans.append(Span(top, left, top + down, left + across))
        self._column += across


def _value(kind: str | None, text: str, formula: bool) -> str:
    """Return the content of a cell from its type and text."""
    if kind is None:
        return Cell("", "empty", formula=True, cached=False) if formula else ""
    if kind == "Number":
        return Cell(number_text(text.strip()), "number", text, formula)
    if kind == "DateTime":
        return Cell(text[:19].replace("T", " ").removesuffix(" 00:00:00"), "date", text, formula)
    if kind == "Boolean":
        return Cell("TRUE" if text.strip() == "1" else "FALSE", "bool", text, formula)
    if kind == "Error":
        return Cell(text, "error", text, formula)
    plain = shown_text(text)
    return Cell(plain, "text" if plain else "empty", formula=True) if formula else plain
