"""Sheets as sparse grids, and writers that give the same bytes each time: xlsx, ods and text files.

A sheet knows titles, two-line heads, merged cells, hidden rows and formulas with a cached value; it knows nothing of
people.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

CREATED = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and the value that the program which wrote it had cached; ``None`` means no cached value."""

    text: str
    cached: str | int | None


Cell = str | int | float | date | Formula | None
Head = str | tuple[str, tuple[str, ...]]


@dataclass(slots=True)
class Sheet:
    """A sparse grid of cells, zero-based, with merged ranges and hidden rows."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)

    @property
    def height(self) -> int:
        """Number of rows down to the last one in use."""
        return max((row for row, _ in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        """Number of columns up to the last one in use."""
        return max((column for _, column in self.cells), default=-1) + 1

    def put(self, row: int, column: int, value: Cell) -> None:
        """Set one cell; ``None`` and the empty text leave it out."""
        if value is not None and value != "":
            self.cells[row, column] = value

    def line(self, row: int, values: Sequence[Cell], *, left: int = 0) -> None:
        """Set cells of one row from ``left`` on."""
        for offset, value in enumerate(values):
            self.put(row, left + offset, value)

    def title(self, row: int, text: str, *, left: int, width: int) -> None:
        """A title over ``width`` merged columns."""
        self.put(row, left, text)
        self.merge(row, left, row, left + width - 1)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a range (a single cell stays as it is)."""
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))

    def two_line_head(self, row: int, heads: Sequence[Head], *, left: int = 0) -> int:
        """A head over two rows: a text is merged downwards, a group spans its lower heads. Returns the next row."""
        column = left
        for head in heads:
            if isinstance(head, str):
                self.put(row, column, head)
                self.merge(row, column, row + 1, column)
                column += 1
                continue
            group, lower = head
            self.put(row, column, group)
            self.merge(row, column, row, column + len(lower) - 1)
            self.line(row + 1, lower, left=column)
            column += len(lower)
        return row + 2

    def merge_equal_down(self, column: int, top: int, bottom: int) -> None:
        """Merge runs of equal texts in one column, leaving the text only in the first cell of each run."""
        values = [self.cells.get((row, column)) for row in range(top, bottom + 1)]
        start = 0
        for index in range(1, len(values) + 1):
            if index == len(values) or values[index] != values[start]:
                self.merge(top + start, column, top + index - 1, column)
                start = index
            else:
                self.cells.pop((top + index, column), None)


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write sheets as .xlsx; equal sheets give equal bytes."""
    options = {
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": path.stem, "created": CREATED})
        formats = {
            "day": book.add_format({"num_format": "yyyy/m/d", "border": 1}),
            "cell": book.add_format({"border": 1}),
            "merged": book.add_format(
                {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
            ),
        }
        for sheet in sheets:
            _write_sheet(book, sheet, formats)


def _write_sheet(
    book: xlsxwriter.Workbook, sheet: Sheet, formats: dict[str, xlsxwriter.format.Format]
) -> None:
    page = book.add_worksheet(sheet.name)
    page.set_column(0, max(sheet.width - 1, 0), 16)
    if sheet.hidden:
        page.hide()
    for (row, column), value in sorted(sheet.cells.items(), key=lambda item: item[0]):
        if isinstance(value, Formula):
            cached = "" if value.cached is None else value.cached
            page.write_formula(row, column, value.text, formats["cell"], cached)
        elif isinstance(value, date):
            page.write_datetime(row, column, value, formats["day"])
        elif isinstance(value, str):
            page.write_string(row, column, value, formats["cell"])
        elif value is not None:
            page.write_number(row, column, value, formats["cell"])
    for top, left, bottom, right in sheet.merges:
        page.merge_range(top, left, bottom, right, sheet.cells.get((top, left), ""), formats["merged"])
    for row in sorted(sheet.hidden_rows):
        page.set_row(row, options={"hidden": True})


def as_text(value: Cell) -> str:
    """A cell as a program would print it into a text file."""
    if isinstance(value, Formula):
        return as_text(value.cached)
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    return "" if value is None else str(value)


def write_text(path: Path, sheet: Sheet, *, encoding: str, delimiter: str) -> None:
    """Write one sheet as a text file with Windows line ends; ``utf-8-sig`` puts the mark that Excel wants."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    for row in range(sheet.height):
        writer.writerow([as_text(sheet.cells.get((row, column))) for column in range(sheet.width)])
    path.write_bytes(buffer.getvalue().encode(encoding))


_ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
)


def write_ods(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write sheets as .ods, texts and dates only (enough for a list that somebody typed)."""
    tables = "".join(_ods_table(sheet) for sheet in sheets)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_NAMES} office:version="1.3">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    names = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{full}" manifest:media-type="{kind}"/>'
        for full, kind in (("/", _ODS_MIME), ("content.xml", "text/xml"))
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {names}>{entries}</manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (
            ("mimetype", _ODS_MIME),
            ("content.xml", content),
            ("META-INF/manifest.xml", manifest),
        ):
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, text)


def _ods_table(sheet: Sheet) -> str:
    rows = []
    for row in range(sheet.height):
        cells = "".join(_ods_cell(sheet.cells.get((row, column))) for column in range(sheet.width))
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    return f"<table:table table:name={quoteattr(sheet.name)}>{''.join(rows)}</table:table>"


def _ods_cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    text = f"<text:p>{escape(as_text(value))}</text:p>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value:%Y-%m-%d}">{text}</table:table-cell>'
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
