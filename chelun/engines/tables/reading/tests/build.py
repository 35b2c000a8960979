"""Workbooks for the tests, made in memory; merged ranges are written as Excel names them."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import openpyxl
import xlsxwriter

from chelun.engines.tables.reading import Row, Table, Unreadable, walk

Value = str | int | float | None

#: A roster as it should be: every ugly test begins from it. The ID numbers lie under an area nobody issues.
HEADS = ("序号", "姓名", "身份证号", "联系电话", "车牌号", "所属企业")
PEOPLE: tuple[tuple[Value, ...], ...] = (
    (1, "安小一", "999101199001010011", "13900000001", "川A00001", "顺达物流"),
    (2, "安小二", "999101199001010022", "13900000002", "川A00002", "顺达物流"),
    (3, "安小三", "999101199001010033", "13900000003", "川A00003", "远航运输"),
)


def xlsx(
    rows: Iterable[Sequence[Value]],
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
    more: Mapping[str, Iterable[Sequence[Value]]] | None = None,
    hidden_sheets: Iterable[str] = (),
) -> io.BytesIO:
    """Write sheets: the first is called 花名册, `more` follow."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, content in {"花名册": rows, **(more or {})}.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(content):
            for column, value in enumerate(row):
                if isinstance(value, str) and value:
                    sheet.write_string(number, column, value)
                elif value is not None and value != "":
                    sheet.write_number(number, column, float(value))
        if name in hidden_sheets:
            sheet.hide()
    first = book.get_worksheet_by_name("花名册")
    first.activate()
    first.set_first_sheet()
    for hidden_row in hidden_rows:
        first.set_row(hidden_row - 1, None, None, {"hidden": True})
    for column in hidden_columns:
        first.set_column(column, column, None, None, {"hidden": True})
    book.close()
    out.seek(0)
    return out


def merged(rows: Iterable[Sequence[Value]], merges: Iterable[str]) -> io.BytesIO:
    """Write one sheet with merged ranges, which keep their top left value."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def package(parts: Mapping[str, str | bytes], base: io.BytesIO | None = None) -> io.BytesIO:
    """Return a zip of the parts; with a base, a copy of it in which these parts are replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        if base is not None:
            with zipfile.ZipFile(base) as old:
                for info in old.infolist():
                    if info.filename not in parts:
                        made.writestr(info.filename, old.read(info))
        for name, content in parts.items():
            made.writestr(name, content)
    out.seek(0)
    return out


def sheet_xml(inner: str, tail: str = "", front: str = "") -> str:
    """Return the XML of a worksheet around given rows."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return f"<?xml version='1.0'?><worksheet {space}>{front}<sheetData>{inner}</sheetData>{tail}</worksheet>"


def with_sheet(inner: str, tail: str = "", front: str = "") -> io.BytesIO:
    """Return a workbook whose only sheet has the given rows as XML."""
    return package({"xl/worksheets/sheet1.xml": sheet_xml(inner, tail, front)}, xlsx([("x",)]))


def everything(source: io.BytesIO, name: str = "", **more: Any) -> Iterator[Table | Row]:
    """Walk a file to its end, also one without any table, which is refused at its end."""
    try:
        yield from walk(source, name=name, **more)
    except Unreadable as refused:
        if refused.code not in {"no_table", "no_rows", "form"}:
            raise


def split(source: io.BytesIO, name: str = "") -> tuple[list[Table], list[Row]]:
    """Walk a file; return its tables and its rows."""
    items = list(everything(source, name))
    return [item for item in items if isinstance(item, Table)], [
        item for item in items if isinstance(item, Row)
    ]


def data(rows: Iterable[Row], table: int = 1) -> list[tuple[str, ...]]:
    """Return the cells of the data rows of one table."""
    return [row.cells for row in rows if row.kind == "data" and row.table == table]


def kinds(rows: Iterable[Row]) -> list[tuple[int, str]]:
    """Return row numbers and kinds."""
    return [(row.number, row.kind) for row in rows]


def heads(table: Table) -> list[str]:
    """Return the heads of a table."""
    return [column.head for column in table.columns]
