"""Exports: watermarked, typed, no formulas, IDs whole; in .xlsx and .csv."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from chelun.engines.tables import reading
from chelun.engines.tables.columns import clean_text, is_own_row
from chelun.platform.sheets.writing import (
    ExportColumn,
    ExportTable,
    Watermark,
    csv_text,
    export,
    write_csv,
    write_table,
    write_tables,
)
from chelun.platform.sheets.writing.texts import NAME_LIMIT, cell_text, sheet_name

MARK = Watermark("陈办事员", "2026-11-21 10:00", "季度统计 A&B")
COLUMNS = (
    ExportColumn("姓名"),
    ExportColumn("身份证号", width=21),
    ExportColumn("人数", "whole"),
    ExportColumn("占比", "percent"),
    ExportColumn("入职", "date"),
    ExportColumn("在职"),
)
ROWS = (
    ("王建国", "999001198501010013", 3, 0.25, date(2023, 5, 1), True),
    ("=cmd|' /C calc'!A0", "+861", Decimal("2"), None, datetime(2023, 5, 1, 8, tzinfo=UTC), False),
)


def exported(rows: object = ROWS, notes: tuple[str, ...] = ()) -> BytesIO:
    """One table in memory."""
    target = BytesIO()
    write_table(target, ExportTable("货车司机", COLUMNS, rows, notes), watermark=MARK)  # type: ignore[arg-type]
    return BytesIO(target.getvalue())


def printed(sheet: object, part: str, side: str) -> str:
    """The text at the head or foot of a printed page."""
    return str(getattr(getattr(sheet, part), side).text)


def test_export_stands_between_two_watermarks() -> None:
    sheet = load_workbook(exported(notes=("截至 2026-11-21",)))["货车司机"]
    lines = [row[0] for row in sheet.iter_rows(values_only=True)]
    mark = "※ 导出人：陈办事员　时间：2026-11-21 10:00　用途：季度统计 A&B"
    assert lines == [
        "货车司机",
        mark,
        "姓名",
        "王建国",
        "=cmd|' /C calc'!A0",
        None,
        "※ 截至 2026-11-21",
        mark,
    ]
    assert "A&&B" in printed(sheet, "oddHeader", "center")
    assert all(is_own_row([str(line)]) for line in (lines[1], lines[6], lines[7]))


def test_export_types_its_cells() -> None:
    sheet = load_workbook(exported())["货车司机"]
    assert [cell.value for cell in sheet[4]] == [
        "王建国",
        "999001198501010013",
        3,
        0.25,
        datetime(2023, 5, 1),
        "是",
    ]
    assert [cell.data_type for cell in sheet[5]] == ["s", "s", "n", "n", "d", "s"]
    assert sheet["B4"].number_format == "@"
    assert sheet.freeze_panes == "B4"


def test_export_prints_with_heads_and_watermark() -> None:
    sheet = load_workbook(exported())["货车司机"]
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert "导出人" in printed(sheet, "oddFooter", "left")


def test_export_can_be_read_again() -> None:
    found = next(iter(reading.tables(exported())))
    assert [column.head for column in found.columns][:2] == ["姓名", "身份证号"]


def test_export_writes_several_tables() -> None:
    target = BytesIO()
    tables = [ExportTable("县/区", COLUMNS, ROWS), ExportTable("县/区", COLUMNS, ())]
    assert write_tables(target, tables, watermark=MARK) == 2
    assert load_workbook(BytesIO(target.getvalue())).sheetnames == ["县 区", "县 区 (2)"]


def test_export_says_when_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "ROW_LIMIT", 101)
    sheet = load_workbook(exported())["货车司机"]
    assert "※ 表太长，只写出前 1 行。" in [row[0] for row in sheet.iter_rows(values_only=True)]


def test_csv_is_defused_and_marked() -> None:
    target = BytesIO()
    assert write_csv(target, ExportTable("货车司机", COLUMNS, ROWS, ("截至今日",)), watermark=MARK) == 2
    content = target.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert lines[2][:4] == ["王建国", "999001198501010013\t", "3", "0.25"]
    assert lines[3][0].startswith("'=")
    assert lines[3][1] == "'+861"
    assert is_own_row(lines[0])
    assert is_own_row(lines[-1])
    assert clean_text(lines[2][1]) == "999001198501010013"


@given(st.text(max_size=20))
def test_csv_text_never_starts_a_formula(text: str) -> None:
    assert csv_text(text).lstrip()[:1] not in set("=+-@＝＋－＠")


@given(st.text(max_size=60), st.lists(st.text(max_size=31), max_size=3))
def test_sheet_names_are_accepted(wanted: str, taken: list[str]) -> None:
    name = sheet_name(wanted, taken)
    assert 0 < len(name) <= NAME_LIMIT
    assert not set(name) & set("[]:*?/\\")
    assert name.casefold() not in {other.casefold() for other in taken} | {"history"}


def test_cell_text_fits_a_cell() -> None:
    assert cell_text("a\x00b\ud800\n") == "ab\n"
    assert len(cell_text("长" * 40_000)) == 32_767
