"""One way to open, dress and close a workbook: streamed row by row, strings only, nothing left behind on disk."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chelun.platform.sheets.writing.texts import cell_text, sheet_name

Target = str | os.PathLike[str] | BinaryIO

#: Present in Windows and WPS; others fall back to their own Chinese font.
FONT = "Microsoft YaHei"
#: Rows of a sheet (Excel's limit, less room for notes).
ROW_LIMIT = 1_048_000

_LINE = {"border": 1, "border_color": "#D0D5DD", "valign": "top"}
_STYLES: Mapping[str, Mapping[str, object]] = {
    "plain": {},
    "title": {"bold": True, "font_size": 14},
    "note": {"italic": True, "font_color": "#667085"},
    "head": {
        **_LINE,
        "bold": True,
        "bg_color": "#E8EEF7",
        "text_wrap": True,
        "num_format": "@",
        "valign": "vcenter",
    },
    "text": {**_LINE, "num_format": "@"},
    "wrapped": {**_LINE, "num_format": "@", "text_wrap": True},
    "bad": {**_LINE, "num_format": "@", "bg_color": "#FFC7CE", "font_color": "#9C0006", "bold": True},
    "added": {**_LINE, "num_format": "@", "bg_color": "#FFF4CE", "text_wrap": True},
    "example": {**_LINE, "num_format": "@", "italic": True, "font_color": "#98A2B3"},
    "number": {**_LINE, "num_format": "#,##0.######"},
    "whole": {**_LINE, "num_format": "#,##0"},
    "percent": {**_LINE, "num_format": "0.0%"},
    "date": {**_LINE, "num_format": "yyyy-mm-dd", "align": "left"},
    "moment": {**_LINE, "num_format": "yyyy-mm-dd hh:mm", "align": "left"},
}


class Book:
    """A workbook being written: its sheets in order, its styles by name."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.styles: dict[str, Format] = {
            name: workbook.add_format(dict(style)) for name, style in _STYLES.items()
        }
        self.names: list[str] = []

    def sheet(self, wanted: str) -> Worksheet:
        """A new sheet under the wanted name, or one near it that Excel accepts."""
        name = sheet_name(wanted, self.names)
        self.names.append(name)
        return self.workbook.add_worksheet(name)

    def put(self, sheet: Worksheet, line: int, place: int, text: str, style: str) -> None:
        """Write a text as a string, whatever it looks like; an empty one leaves the cell blank."""
        if text:
            sheet.write_string(line, place, cell_text(text), self.styles[style])
        else:
            sheet.write_blank(line, place, None, self.styles[style])


@contextmanager
def open_book(target: Target, *, tmpdir: str | os.PathLike[str] | None = None) -> Iterator[Book]:
    """Write a workbook to a path or an open binary file, in little memory.

    xlsxwriter keeps the rows of each sheet in a plain temporary file until the end: give a private `tmpdir`. The files
    are removed at the end, also after an error; a workbook that failed is not written.
    """
    with tempfile.TemporaryDirectory(prefix="book-", dir=tmpdir) as folder:
        options: dict[str, Any] = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "default_format_properties": {"font_name": FONT, "font_size": 10},
        }
        workbook = Workbook(target if hasattr(target, "write") else os.fspath(target), options)
        try:
            yield Book(workbook)
        except BaseException:
            _abandon(workbook)
            raise
        workbook.close()


def _abandon(workbook: Workbook) -> None:
    """Let go of the temporary files of a workbook that will not be finished."""
    workbook.fileclosed = True
    for sheet in workbook.worksheets():
        sheet.row_data_fh.close()


def as_header(text: str) -> str:
    """A text for the head or foot of a printed page: `&` doubled, at most 200 characters (Excel allows 255)."""
    return text.replace("&", "&&")[:200]
