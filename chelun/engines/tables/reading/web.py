"""Web pages that call themselves .xls, as many office systems export them: the rows of their tables.

The text of a cell is taken as it stands in the page, so an ID number keeps the digits that Excel would drop.
"""

import html
import re
from collections.abc import Iterator
from typing import BinaryIO

from chelun.engines.tables.reading.encoding import encoding_of
from chelun.engines.tables.reading.sentences import Unreadable
from chelun.engines.tables.reading.values import Limits, Notice, RawRow, SheetInfo, Span, shown_text

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_ROW = re.compile(r"<tr[\s>]", re.IGNORECASE)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SPAN = re.compile(r"(col|row)span\s*=\s*[\"']?(\d{1,5})", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SILENT = frozenset({"style", "script", "head", "title"})
_BREAKS = frozenset({"br", "p", "div", "li"})
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80"})


class WebBook:
    """A web page; all its tables stand on one sheet, one under another, as a spreadsheet program opens them."""

    format = "html"

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        """Decode the page; refuses one without any table row."""
        self.limits = limits
        self.warnings: list[Notice] = []
        size = file.seek(0, 2)
        if size > limits.page_bytes:
            raise Unreadable("too_big", size=-(-size // 1024**2), limit=limits.page_bytes // 1024**2)
        self.text = _without_comments(_decoded(file))
        self.rows = sum(1 for _ in _ROW.finditer(self.text))
        if not self.rows:
            raise Unreadable("web_page")

    def sheets(self) -> Iterator["WebSheet"]:
        """Give the one sheet."""
        yield WebSheet(self)


class WebSheet:
    """The rows of all tables of a page."""

    def __init__(self, book: WebBook) -> None:
        """Take the page."""
        self._book = book
        self.info = SheetInfo("", False, book.rows)
        self.hidden_columns: set[int] = set()
        self._number = 0
        self._cells: list[str] = []
        self._spans: list[Span] = []
        self._blocked: dict[int, int] = {}
        self._parts: list[str] | None = None
        self._length = 0
        self._tag = ""
        self._hidden = False

    def rows(self) -> Iterator[RawRow]:
        """Give the rows that are not blank; numbers count the rows of the page as a spreadsheet would."""
        silent, at = "", 0
        text = self._book.text
        for found in _TAG.finditer(text):
            closing, tag, attributes = found[1] == "/", found[2].lower(), found[3]
            if self._parts is not None and not silent:
                self._add(text[at : found.start()])
            at = found.end()
            if tag in _SILENT:
                silent = "" if closing else silent or tag
            elif tag == "tr" or (tag == "table" and closing):
                yield from self._close_row()
                if tag == "tr" and not closing:
                    self._open_row(attributes)
            elif tag in {"td", "th"}:
                self._close_cell()
                if not closing:
                    self._parts, self._tag, self._length = [], attributes, 0
            elif tag in _BREAKS and self._parts is not None:
                self._add("\n")
        yield from self._close_row()

    def _add(self, text: str) -> None:
        """Take a piece of the open cell's text; what is not closed may go on to the end of the page."""
        if text and self._parts is not None:
            self._parts.append(text)
            self._length += len(text)
            if self._length > self._book.limits.cell_chars:
                raise Unreadable("cell_too_long", sheet="", limit=self._book.limits.cell_chars)

    def _open_row(self, attributes: str) -> None:
        self._number += 1
        self._hidden = bool(_HIDDEN.search(attributes))
        self._cells, self._spans = [], []
        if self._number > self._book.limits.rows:
            raise Unreadable("too_many_rows", sheet="", limit=self._book.limits.rows)

    def _close_row(self) -> Iterator[RawRow]:
        self._close_cell()
        if any(self._cells):
            yield RawRow(self._number, self._cells, self._hidden, tuple(self._spans))
        self._cells, self._spans = [], []

    def _close_cell(self) -> None:
        """Put the cell into the next column that no cell from above reaches into."""
        if self._parts is None:
            return
        raw = html.unescape("".join(self._parts)).replace("\xa0", " ")
        lines = (" ".join(line.split()) for line in raw.split("\n"))
        text = shown_text("\n".join(line for line in lines if line))
        self._parts = None
        spans = {kind.lower(): int(count) for kind, count in _SPAN.findall(self._tag)}
        across, down = max(1, spans.get("col", 1)), max(1, spans.get("row", 1))
        while self._blocked.get(len(self._cells), 0) >= self._number:
            self._cells.append("")
        column = len(self._cells)
        if column + across > self._book.limits.columns:
            limit = self._book.limits.columns
            raise Unreadable("too_wide", sheet="", row=self._number, limit=limit)
        self._cells.extend([text, *[""] * (across - 1)])
        if across > 1 or down > 1:
            self._spans.append(Span(self._number, column, self._number + down - 1, column + across - 1))
        if down > 1:
            self._blocked.update(dict.fromkeys(range(column, column + across), self._number + down - 1))


def _decoded(file: BinaryIO) -> str:
    """Return the text of a page: by its byte order mark, else by what it declares, else by what fits."""
    file.seek(0)
    content = file.read()
    if not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        declared = _DECLARED.search(content[:4096])
        name = declared[1].decode("ascii", "replace").lower() if declared else ""
        name = "gb18030" if name in _CHINESE else name
        try:
            return content.decode(name or "utf-8")
        except (UnicodeDecodeError, LookupError):
            pass
    encoding, _ = encoding_of(file)
    return content.decode(encoding, "replace")


def _without_comments(text: str) -> str:
    """Return a page without its comments; one that does not end goes to the end."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        kept.append(text[at:start])
        end = text.find("-->", start + 4)
        at = end + 3 if end >= 0 else len(text)
    return "".join([*kept, text[at:]])
