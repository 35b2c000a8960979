"""Refused rows go back in the clerk's own shape, hold no formula and nothing forbidden, and can be sent again."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from chelun.engines.tables import reading
from chelun.engines.tables.columns import ColumnSample, FieldSpec, is_own_sheet, recognise
from chelun.platform.sheets.writing import CellProblem, RefusedRow, RefusedTable, refusals, write_refusals

HEADS = ("序号", "姓名", "人员/身份证号", "政治面貌", "备注", "联系电话")
FIELDS = (
    FieldSpec("name", "姓名", "person_name", ("姓名",)),
    FieldSpec("id_number", "身份证号", "id_number", ("身份证号",)),
    FieldSpec("phone", "电话", "phone", ("联系电话",)),
    FieldSpec("note", "备注", "note", ("备注",)),
)
ID_FAULT = CellProblem(2, "身份证号的校验位不对。", "请对照证件逐位核对。")


def refused(number: int = 7, *problems: CellProblem, name: str = "王建国", note: str = "夜班") -> RefusedRow:
    """A row of six cells."""
    return RefusedRow(
        number, ("1", name, "999001198501010010", "群众", note, "=1+1"), problems or (ID_FAULT,)
    )


def table(*rows: RefusedRow) -> RefusedTable:
    """A table whose fourth column was dropped."""
    return RefusedTable("货车司机", HEADS, rows, omit=frozenset({3}), names=frozenset({1, 2, 5}))


def written(*tables: RefusedTable) -> BytesIO:
    """The workbook in memory."""
    target = BytesIO()
    write_refusals(target, tables)
    return BytesIO(target.getvalue())


def test_refusals_keep_the_heads_and_add_two_columns() -> None:
    sheet = load_workbook(written(table(refused())))["货车司机"]
    assert [cell.value for cell in sheet[1]] == [
        "序号",
        "姓名",
        "人员/身份证号",
        "备注",
        "联系电话",
        "问题",
        "怎么办",
    ]
    assert [cell.value for cell in sheet[2]][:5] == ["1", "王建国", "999001198501010010", "夜班", "=1+1"]
    assert sheet["F2"].value == "原表第 7 行\n人员/身份证号：身份证号的校验位不对。"
    assert sheet["G2"].value == "请对照证件逐位核对。"


def test_refusals_mark_the_faulty_cell() -> None:
    sheet = load_workbook(written(table(refused())))["货车司机"]
    assert sheet["C2"].fill.fgColor.rgb == "FFFFC7CE"
    assert "校验位不对" in sheet["C2"].comment.text
    assert sheet["B2"].comment is None


def test_refusals_hold_texts_only() -> None:
    stream = written(table(refused()))
    sheet = load_workbook(stream)["货车司机"]
    assert {cell.data_type for cell in sheet[2]} == {"s"}
    assert {cell.number_format for cell in sheet[2]} == {"@"}
    stream.seek(0)
    with ZipFile(stream) as package:
        assert all(b"<f>" not in package.read(name) for name in package.namelist() if "worksheets/" in name)


def test_refusals_leave_forbidden_things_out() -> None:
    target = BytesIO()
    count = write_refusals(target, [table(refused(note="2019年入党"), refused(name="党健康"))])
    stream = BytesIO(target.getvalue())
    with ZipFile(stream) as package:
        whole = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "replace")
    assert "群众" not in whole
    assert "入党" not in whole
    assert "党健康" in whole
    assert (count.rows, count.marked, count.emptied) == (2, 2, {"political": 1})


def test_refusals_can_be_sent_again() -> None:
    stream = written(
        table(refused(7), refused(9, CellProblem(None, "同一人在表里出现两次。", "请只留一行。")))
    )
    book = reading.inspect(stream, name="退回.xlsx")
    assert [is_own_sheet(sheet.name) for sheet in book.sheets] == [False, True]
    found = next(iter(reading.tables(stream)))
    rows = [row for row in reading.rows(stream, found) if row.kind == "data"]
    samples = [
        ColumnSample(place, column.head, [row.cells[place] for row in rows])
        for place, column in enumerate(found.columns)
    ]
    assert [guess.field for guess in recognise(samples, FIELDS)] == [
        None,
        "name",
        "id_number",
        "note",
        "phone",
        None,
        None,
    ]
    assert [row.cells[2] for row in rows] == ["999001198501010010"] * 2
    assert [guess.reason.code for guess in recognise(samples, FIELDS)][-2:] == ["own", "own"]


def test_refusals_speak_the_readers_language() -> None:
    target = BytesIO()
    english = {"问题": "Problem", "怎么办": "What to do", "退回说明": "About the refusals"}
    write_refusals(target, [table(refused())], say=lambda text: english.get(text, text), notes=["甲.xlsx"])
    book = load_workbook(BytesIO(target.getvalue()))
    assert book.sheetnames == ["货车司机", "About the refusals"]
    assert [cell.value for cell in book["货车司机"][1]][-2:] == ["Problem", "What to do"]
    assert book["About the refusals"].cell(6, 1).value == "甲.xlsx"


def test_refusals_go_on_with_a_second_sheet_when_one_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "ROW_LIMIT", 2)
    book = load_workbook(written(table(*(refused(number) for number in range(5)))))
    assert book.sheetnames == ["货车司机", "货车司机 (2)", "货车司机 (3)", "退回说明"]
    assert [book[name].max_row for name in book.sheetnames[:3]] == [3, 3, 2]


def test_refusals_without_rows_have_only_the_explanation() -> None:
    assert load_workbook(written(table())).sheetnames == ["退回说明"]


def test_refusals_take_rows_shorter_than_the_heads() -> None:
    sheet = load_workbook(written(RefusedTable("甲", ("姓名", "电话"), [RefusedRow(2, ("王",), ())])))["甲"]
    assert [cell.value for cell in sheet[2]] == ["王", None, "原表第 2 行", None]


def test_failed_refusals_leave_nothing_behind(tmp_path: Path) -> None:
    def rows() -> Iterator[RefusedRow]:
        yield refused()
        raise RuntimeError("the database went away")

    target = tmp_path / "out" / "refused.xlsx"
    target.parent.mkdir()
    with pytest.raises(RuntimeError, match="went away"):
        write_refusals(target, [RefusedTable("甲", HEADS, rows())], tmpdir=str(tmp_path))
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["out"]
