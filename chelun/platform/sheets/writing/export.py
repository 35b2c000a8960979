"""Tables for people outside the system: lists and cockpit tables as .xlsx or .csv, watermarked, without any formula."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO, Literal

from xlsxwriter.worksheet import Worksheet

from chelun.engines.faults import N_
from chelun.engines.tables.columns.own import NOTE_MARKS
from chelun.platform.sheets.writing.book import ROW_LIMIT, Book, Target, as_header, open_book
from chelun.platform.sheets.writing.texts import Say, csv_text

Kind = Literal["text", "number", "whole", "percent", "date"]

YES, NO = N_("是"), N_("否")
_WATERMARK = N_("导出人：{who}　时间：{when}　用途：{purpose}")
_PAGE = N_("第 &P 页，共 &N 页")
_FULL = N_("表太长，只写出前 {rows} 行。")


@dataclass(frozen=True, slots=True)
class Watermark:
    """Who took the table away, when (as text, local time), and for what."""

    who: str
    when: str
    purpose: str

    def line(self, say: Say) -> str:
        """The one line that stands first and last, and on every printed page."""
        return say(_WATERMARK).format(who=self.who, when=self.when, purpose=self.purpose)


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: its head (in the reader's language), its kind, its width in characters (0: by the head).

    IDs, phones and codes are `text`; `percent` takes shares (0.25 is 25.0 %).
    """

    head: str
    kind: Kind = "text"
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table with its title, rows (streamed) and notes (definitions, as-of time) under it."""

    title: str
    columns: Sequence[ExportColumn]
    rows: Iterable[Sequence[object]]
    notes: Sequence[str] = ()


def write_table(
    target: Target, table: ExportTable, *, watermark: Watermark, say: Say = str, tmpdir: str | None = None
) -> int:
    """Write one table as .xlsx to a path or an open binary file; gives the number of rows written."""
    return write_tables(target, [table], watermark=watermark, say=say, tmpdir=tmpdir)


def write_tables(
    target: Target,
    tables: Iterable[ExportTable],
    *,
    watermark: Watermark,
    say: Say = str,
    tmpdir: str | None = None,
) -> int:
    """Write tables as sheets of one .xlsx; gives the number of rows written in all.

    Every text is a string and never a formula. At the limit of a sheet the table ends with a line that says so.
    """
    mark = watermark.line(say)
    with open_book(target, tmpdir=tmpdir) as book:
        book.workbook.set_properties({"title": mark[:250], "author": watermark.who})
        return sum([_write_sheet(book, table, mark, say) for table in tables])


def _write_sheet(book: Book, table: ExportTable, mark: str, say: Say) -> int:
    """Title, watermark, heads, rows, notes, watermark again."""
    sheet = book.sheet(table.title)
    _dress(sheet, table, mark, say)
    book.put(sheet, 0, 0, table.title, "title")
    book.put(sheet, 1, 0, _noted(mark), "note")
    for place, column in enumerate(table.columns):
        book.put(sheet, 2, place, column.head, "head")
    written, notes = 0, list(table.notes)
    for row in table.rows:
        if written >= ROW_LIMIT - 100:
            notes.insert(0, say(_FULL).format(rows=written))
            break
        _write_row(book, sheet, 3 + written, table.columns, row, say)
        written += 1
    for line, note in enumerate([*notes, mark], start=4 + written):
        book.put(sheet, line, 0, _noted(note), "note")
    return written


def _noted(text: str) -> str:
    """A line for a reader, marked so that an import passes over it."""
    return f"{NOTE_MARKS[0]} {text}"


def _dress(sheet: Worksheet, table: ExportTable, mark: str, say: Say) -> None:
    """Widths, frozen heads, and how the sheet prints: A4 across, heads and watermark on each page."""
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width or min(40.0, max(10.0, 2.2 * len(column.head) + 2)))
    sheet.freeze_panes(3, 1 if len(table.columns) > 4 else 0)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&C{as_header(mark)}")
    sheet.set_footer(f"&L{as_header(mark)[:150]}&R{say(_PAGE)}")


def _write_row(
    book: Book, sheet: Worksheet, line: int, columns: Sequence[ExportColumn], row: Sequence[object], say: Say
) -> None:
    for place, (column, value) in enumerate(zip(columns, row, strict=True)):
        _write_value(book, sheet, line, place, column.kind, value, say)


def _write_value(
    book: Book, sheet: Worksheet, line: int, place: int, kind: Kind, value: object, say: Say
) -> None:
    """One cell by its type: a number only in a column of numbers, a day as a day, everything else as a string."""
    if (
        isinstance(value, int | float | Decimal)
        and not isinstance(value, bool)
        and kind in {"number", "whole", "percent"}
    ):
        sheet.write_number(line, place, float(value), book.styles[kind])
    elif isinstance(value, datetime):
        sheet.write_datetime(line, place, value.replace(tzinfo=None), book.styles["moment"])
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(line, place, value, book.styles["date"])
    else:
        book.put(sheet, line, place, _shown(value, say), "text")


def _shown(value: object, say: Say) -> str:
    """A value as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say(YES if value else NO)
    return str(value)


def write_csv(target: BinaryIO, table: ExportTable, *, watermark: Watermark, say: Say = str) -> int:
    """Write one table as .csv (UTF-8 with its mark, so that Excel and WPS show Chinese); gives the number of rows.

    Texts that a spreadsheet program would compute are defused (`texts.csv_text`).
    """
    stream = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(stream)
    mark = _noted(watermark.line(say))
    writer.writerow([csv_text(mark)])
    writer.writerow([csv_text(column.head) for column in table.columns])
    written = 0
    for row in table.rows:
        writer.writerow([_csv_value(value, say) for value in row])
        written += 1
    for note in (*map(_noted, table.notes), mark):
        writer.writerow([csv_text(note)])
    stream.detach()
    return written


def _csv_value(value: object, say: Callable[[str], str]) -> str:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    return csv_text(_shown(value, say))
