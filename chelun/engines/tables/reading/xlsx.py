"""The frame of an .xlsx workbook: its sheets, styles and shared strings. Its rows are read in `xlsx_rows`."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from chelun.engines.tables.reading.numbers import BUILTIN_FORMATS, format_kind
from chelun.engines.tables.reading.package import Attributes, Package, elements
from chelun.engines.tables.reading.sentences import Unreadable, notice
from chelun.engines.tables.reading.strings import SharedStrings
from chelun.engines.tables.reading.survey import Survey, survey
from chelun.engines.tables.reading.values import Notice, RawRow, SheetInfo, whole_number
from chelun.engines.tables.reading.xlsx_rows import SheetParser

_MACROS = re.compile(r"(^|/)vbaproject\.bin$|(^|/)(macrosheets|dialogsheets)/")
_STYLE_TAGS = frozenset({"numFmt", "cellXfs", "cellStyleXfs", "cellStyles", "dxfs", "xf"})
_LINKS = re.compile(r"(^|/)externallinks/[^/]+\.xml$")


@dataclass(frozen=True, slots=True)
class _Part:
    """A sheet of the workbook: its name, whether it is hidden, where its XML lies and whether it has rows at all."""

    name: str
    hidden: bool
    path: str
    has_rows: bool


class XlsxSheet:
    """One worksheet: `info`, then `rows`; `hidden_columns` is filled when the first row has come."""

    def __init__(self, book: "XlsxBook", part: _Part) -> None:
        """Look over the sheet; its rows are not read yet."""
        self._book = book
        self._part = part
        limits = book.package.limits
        self._survey: Survey = survey(book.package.chunks(part.path), part.name, limits)
        self.info = SheetInfo(part.name, part.hidden, self._survey.rows)
        self.hidden_columns: set[int] = set()

    def rows(self) -> Iterator[RawRow]:
        """Give the rows that are not blank, in the order of the file."""
        parser = SheetParser(self._part.name, self._book, self._survey.spans, self.hidden_columns)
        pieces = self._book.package.chunks(self._part.path)
        return parser.rows(cut(pieces, self._survey.end))


class XlsxBook:
    """A workbook; everything that the rows of its sheets need to be read."""

    format = "xlsx"

    def __init__(self, package: Package) -> None:
        """Read the frame; refuses macros, links to other files and binary workbooks."""
        self.limits = package.limits
        self.package = package
        self.warnings: list[Notice] = []
        self.epoch_1904 = False
        self._refuse()
        self._main = self._main_part()
        self._parts = self._list_sheets()
        self.shown = self._formats()
        self._strings: SharedStrings | None = None

    @property
    def strings(self) -> SharedStrings:
        """The shared strings, opened when first asked for."""
        if self._strings is None:
            path = self._sibling("sharedstrings.xml")
            pieces = self.package.chunks(path) if path else iter(())
            # A cell that refers to a text takes sixteen bytes at least: a workbook has not many more texts than that.
            most = sum(self.package.size(part.path) for part in self._parts) // 16
            self._strings = SharedStrings(pieces, self.limits, max(most, self.limits.shared_strings))
        return self._strings

    def sheets(self) -> Iterator[XlsxSheet]:
        """Open one worksheet after the other."""
        for part in self._parts:
            if part.has_rows:
                yield XlsxSheet(self, part)

    def _refuse(self) -> None:
        names = self.package.names()
        if any(name.endswith("workbook.bin") for name in names):
            raise Unreadable("binary_workbook")
        if not self.limits.macros and any(_MACROS.search(name) for name in names):
            raise Unreadable("macros")
        if any(_LINKS.search(name) for name in names):
            if not self.limits.external_links:
                raise Unreadable("external_links")
            self.warnings.append(notice("external_links"))

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the links of a part within the package: id → (kind, path in lower case)."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def see(tag: str, attributes: Attributes) -> None:
            if attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, posixpath.normpath(whole).lower())
                if len(found) > self.limits.parts:
                    raise Unreadable("broken")

        if path in self.package:
            elements(self.package.small(path), see, frozenset({"Relationship"}))
        return found

    def _main_part(self) -> str:
        found = [path for kind, path in self._relations("").values() if kind == "officeDocument"]
        main = found[0] if found else "xl/workbook.xml"
        if main not in self.package:
            raise Unreadable("broken")
        return main

    def _sibling(self, ending: str) -> str:
        """Return the path of a part that the workbook links to, or «»."""
        for _, path in self._relations(self._main).values():
            if path.endswith(ending) and path in self.package:
                return path
        return ""

    def _list_sheets(self) -> list[_Part]:
        links = self._relations(self._main)
        parts: list[_Part] = []

        def see(tag: str, attributes: Attributes) -> None:
            if tag == "workbookPr":
                self.epoch_1904 = attributes.get("date1904") in {"1", "true"}
            elif tag == "sheet" and attributes.get("id", "") in links:
                kind, path = links[attributes["id"]]
                hidden = attributes.get("state", "visible") != "visible"
                parts.append(_Part(attributes.get("name", ""), hidden, path, kind == "worksheet"))

        elements(self.package.small(self._main), see, frozenset({"workbookPr", "sheet"}))
        if len(parts) > self.limits.sheets:
            raise Unreadable("too_many_sheets", count=len(parts), limit=self.limits.sheets)
        if len({part.path for part in parts}) < len(parts):
            raise Unreadable("broken")
        for part in parts:
            if not part.has_rows:
                self.warnings.append(notice("other_sheet", sheet=part.name))
        return parts

    def _formats(self) -> list[str]:
        """Return for each cell style what it shows, as `format_kind` says."""
        path = self._sibling("styles.xml")
        codes: dict[int, str] = {}
        ids: list[int] = []
        inside = False

        def see(tag: str, attributes: Attributes) -> None:
            nonlocal inside
            if tag == "numFmt":
                codes[whole_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            elif tag in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
                inside = tag == "cellXfs"
            elif tag == "xf" and inside and len(ids) < self.limits.styles:
                ids.append(whole_number(attributes.get("numFmtId")))

        if path:
            elements(self.package.small(path), see, _STYLE_TAGS)
        kinds = {number: format_kind(code) for number, code in codes.items()}
        return [kinds.get(number, BUILTIN_FORMATS.get(number, "")) for number in ids]


def cut(pieces: Iterator[bytes], end: int) -> Iterator[bytes]:
    """Give only the first `end` bytes, then an empty piece: nothing but empty rows would follow."""
    for piece in pieces:
        if end <= len(piece):
            yield piece[:end]
            return
        yield piece
        end -= len(piece)
