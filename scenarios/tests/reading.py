"""A second, naive reader: every cell of a workbook as it stands, without any help from the generator."""

import csv
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import openpyxl

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DELIMITERS = ",\t;"


def id_check(body: str) -> str:
    """The check character after GB 11643, worked out apart from the product."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


@dataclass(frozen=True, slots=True)
class Seen:
    """One cell: sheet, row and column from 1, the value, and the formula if there is one."""

    sheet: str
    row: int
    column: int
    value: str | int | float | date | None
    formula: str | None = None

    @property
    def text(self) -> str:
        """The value as text."""
        return "" if self.value is None else str(self.value)


@cache
def read(path: Path) -> list[Seen]:
    """All cells that hold something."""
    readers = {".xlsx": _xlsx, ".csv": _text, ".ods": _ods}
    return readers[path.suffix](path)


def _xlsx(path: Path) -> list[Seen]:
    values = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path)
    found = []
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                value = values[sheet.title].cell(cell.row, cell.column or 1).value
                day = value.date() if isinstance(value, datetime) else value
                formula = str(cell.value) if cell.data_type == "f" else None
                found.append(Seen(sheet.title, cell.row, cell.column or 1, day, formula))  # type: ignore[arg-type]
    return found


def _text(path: Path) -> list[Seen]:
    raw = path.read_bytes()
    text = raw.decode("utf-8-sig") if raw.startswith(b"\xef\xbb\xbf") else raw.decode("gb18030")
    delimiter = max(DELIMITERS, key=text.count)
    return [
        Seen("", row, column, value)
        for row, line in enumerate(csv.reader(text.splitlines(), delimiter=delimiter), start=1)
        for column, value in enumerate(line, start=1)
        if value
    ]


def _ods(path: Path) -> list[Seen]:
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    return [
        Seen(str(table.get(f"{TABLE}name")), row, column, "".join(cell.itertext()))
        for table in root.iter(f"{TABLE}table")
        for row, line in enumerate(table.iter(f"{TABLE}table-row"), start=1)
        for column, cell in enumerate(line.iter(f"{TABLE}table-cell"), start=1)
        if "".join(cell.itertext())
    ]
