"""A form is filled and stays the same form: look, totals, notes, print set-up; nothing of an example is kept."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from chelun.engines.tables.reading import Row, Unreadable, walk
from chelun.platform.sheets.layouts.blank import blank
from chelun.platform.sheets.layouts.fill import MOST_ROWS, fill
from chelun.platform.sheets.layouts.labels import asked, filled_in
from chelun.platform.sheets.layouts.look import fixed_cells, look, open_form
from chelun.platform.sheets.layouts.sentences import Unusable
from chelun.platform.sheets.layouts.shape import SERIAL, FixedCell, FormColumn, Shape, shape_of
from chelun.platform.sheets.layouts.tests.build import EXAMPLE, FIRST, LAST, SHEET, form, part, repacked

FIELDS = (SERIAL, "name", "id_number", "", "plate", "plate_colour", "phone", "note")
FIXED = {"place": "紫阳县", "day": "2026-11-21", "who": "zhang.san", "purpose": "报送市局"}
MARK = "导出人：zhang.san"


def shape(content: bytes, fields: tuple[str, ...] = FIELDS) -> Shape:
    parts = open_form(content)
    seen = look(content, parts)[0]
    columns = tuple(
        FormColumn(column.index, column.head, field)
        for column, field in zip(seen.table.columns, fields, strict=True)
    )
    fixed = tuple(fixed_cells(parts, seen.table.sheet, seen.first, seen.last))
    return Shape(seen.table.sheet, seen.table.head_rows, seen.first, seen.last, columns, fixed)


def person(n: int) -> dict[str, Any]:
    return {"name": f"甲{n}", "id_number": "5101**********0017", "plate": "川A00001", "phone": "199****0000"}


def filled(content: bytes, rows: list[dict[str, Any]], found: Shape | None = None) -> bytes:
    kept, kept_shape = blank(open_form(content), found or shape(content))
    out = io.BytesIO()
    fill(out, open_form(kept), kept_shape, iter(rows), len(rows), FIXED, MARK)
    return out.getvalue()


def values(content: bytes, sheet: str = SHEET) -> list[list[Any]]:
    page = load_workbook(io.BytesIO(content))[sheet]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_table_is_found_with_its_rows_and_what_is_asked_beside_it() -> None:
    found = shape(form())
    assert (found.heads, found.first, found.last) == ((3, 4), FIRST, LAST)
    assert [each.head for each in found.columns][4:6] == ["车辆/车牌号", "车辆/车牌颜色"]
    assert found.fixed == (FixedCell("A2", "place"), FixedCell("A2", "day"), FixedCell("A11", "who"))
    assert shape_of(found.to_json()) == found


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6, 40])
def test_list_of_any_length_fills_the_form(count: int) -> None:
    rows = values(filled(form(), [person(n) for n in range(count)]))
    body = max(count, 5)
    assert rows[0][0] == "紫阳县货车司机基本情况登记表"
    assert rows[1][0].startswith("填报单位：紫阳县")
    assert rows[1][0].endswith("填报日期：2026-11-21")
    assert [row[1] for row in rows[4 : 4 + count]] == [f"甲{n}" for n in range(count)]
    assert [row[0] for row in rows[4 : 4 + count]] == list(range(1, count + 1))
    assert all(row[1] is None and row[0] is None for row in rows[4 + count : 4 + body])
    total, signed, note = rows[4 + body : 7 + body]
    assert total[:3] == ["合计", None, f"=COUNTA(B5:B{4 + body})"]
    assert (signed[0], signed[4], note[0][:2]) == ("填表人：zhang.san", "审核人：", "注：")
    assert rows[-1][0] == f"※ {MARK}"


def test_look_of_the_form_is_kept() -> None:
    content = form()
    made: Any = load_workbook(io.BytesIO(filled(content, [person(n) for n in range(30)])))[SHEET]
    was = load_workbook(io.BytesIO(content))[SHEET]
    for row in (FIRST, 20, 34):
        assert made.row_dimensions[row].height == 27
        for column in range(1, 9):
            assert (
                made.cell(row, column).border.left.style
                == was.cell(FIRST, column).border.left.style
                == "thin"
            )
    assert made["A1"].font.name == was["A1"].font.name == "方正小标宋简体"
    assert made.column_dimensions["C"].width == 24
    merged = {str(each) for each in made.merged_cells.ranges}
    assert {"A1:H1", "E3:F3", "A3:A4", "A35:B35", "A37:H37"} <= merged
    assert (made.print_title_rows, made.print_area) == ("$3:$4", f"'{SHEET}'!$A$1:$H$39")
    assert (made.page_setup.orientation, int(made.page_setup.paperSize)) == ("landscape", 9)
    assert "内部资料" in made.oddHeader.center.text
    assert MARK in made.oddHeader.center.text
    assert MARK in made.oddFooter.left.text
    assert str(made.data_validations.dataValidation[0].sqref) == "F5:F34"
    assert [str(each.sqref) for each in made.conditional_formatting] == ["B5:B34"]
    for name in ("xl/styles.xml", "xl/theme/theme1.xml"):
        assert part(filled(content, []), name) == part(content, name)


def test_other_sheets_follow_the_total() -> None:
    assert values(filled(form(), [person(n) for n in range(9)]), "填写说明")[1][0] == f"='{SHEET}'!C14"


def test_data_are_never_a_formula_and_may_hold_anything() -> None:
    hostile = [
        "=1+1",
        "@SUM(1)",
        "+A1",
        "]]>&<x/>",
        "\x00\x0b坏",
        "\ud83d\ude97".encode("utf-16", "surrogatepass").decode("utf-16"),
    ]
    rows = [{"name": text, "note": text} for text in hostile]
    made = filled(form(), rows)
    page = load_workbook(io.BytesIO(made))[SHEET]
    for place, text in enumerate(hostile):
        cell = page.cell(FIRST + place, 8)
        assert cell.data_type in "s" or cell.data_type == "inlineStr"
        assert cell.value == text.replace("\x00\x0b", "")
    formulas = [cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == ["C11"]


def test_numbers_are_numbers_for_the_form_to_sum() -> None:
    content = form()
    found = shape(content, (*FIELDS[:7], "count"))
    rows = values(filled(content, [{"name": "甲", "count": 12.0}, {"name": "乙", "count": 2.5}], found))
    assert [row[7] for row in rows[4:6]] == [12, 2.5]


def test_form_keeps_its_own_formula_in_each_row() -> None:
    content = form()
    sheet = part(content, "xl/worksheets/sheet1.xml").decode()
    for row in range(FIRST, LAST + 1):
        before = f'<c r="H{row}"'
        at = sheet.index(before)
        end = sheet.index("/>", at)
        sheet = f"{sheet[:end]}><f>LEN(B{row})</f></c>{sheet[end + 2 :]}"
    content = repacked(content, {"xl/worksheets/sheet1.xml": sheet.encode()})
    found = shape(content, (*FIELDS[:7], ""))
    rows = values(filled(content, [person(n) for n in range(8)], found))
    assert [row[7] for row in rows[4:12]] == [f"=LEN(B{row})" for row in range(5, 13)]


@pytest.mark.parametrize("shared", [False, True])
def test_nothing_of_an_example_is_kept(shared: bool) -> None:
    content = _shared_example() if shared else form(example=True)
    assert EXAMPLE.encode() in b"".join(_all(content))
    found = shape(content)
    assert found.last == LAST
    kept, _shape = blank(open_form(content), found)
    whole = b"".join(_all(kept))
    for word in (EXAMPLE, "汉族", "19900000000", "510199199001010015", "作者姓名"):
        assert word.encode() not in whole, word
    assert "注：本表一式两份" in str(values(kept))


def _shared_example() -> bytes:
    """The same by a program that shares texts and names an author."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"author": "作者姓名"})
    page = book.add_worksheet(SHEET)
    page.merge_range(0, 0, 0, 7, "紫阳县货车司机基本情况登记表")
    page.write(1, 0, "填报单位：")
    page.write_row(2, 0, ["序号", "姓名", "身份证号", "民族", "车牌号", "车牌颜色", "联系电话", "备注"])
    for row in range(4, 9):
        page.write_row(
            row,
            0,
            [str(row), EXAMPLE, f"51019919900101001{row + 1}", "汉族", "川A00001", "黄", "19900000000", ""],
        )
    page.write_row(3, 0, ["1", EXAMPLE, "510199199001010014", "汉族", "川A00001", "黄", "19900000000", ""])
    page.write(9, 0, "合计")
    page.write_formula(9, 2, "=COUNTA(B4:B9)", None, 6)
    page.write(10, 0, "注：本表一式两份")
    book.close()
    return out.getvalue()


def _all(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [packed.read(name) for name in packed.namelist()]


def test_filled_form_is_read_back_as_the_same_rows() -> None:
    made = filled(form(), [person(n) for n in range(12)])
    rows = [item for item in walk(io.BytesIO(made)) if isinstance(item, Row) and item.kind == "data"]
    mine = [row.cells[1] for row in rows if row.cells[1:2] and row.cells[1].startswith("甲")]
    assert mine == [f"甲{n}" for n in range(12)]
    assert not any("※" in row.text for row in rows if row.table and not row.text.startswith("※"))


def test_long_list_is_streamed_and_one_too_long_is_refused() -> None:
    kept, found = blank(open_form(form()), shape(form()))

    class Forwards(io.BytesIO):
        def seekable(self) -> bool:
            return False

    out = Forwards()
    assert (
        fill(out, open_form(kept), found, ({"name": f"甲{n}"} for n in range(3_000)), 3_000, FIXED, MARK)
        == 3_000
    )
    with pytest.raises(Unusable, match="请缩小条件"):
        fill(io.BytesIO(), open_form(kept), found, (), MOST_ROWS + 1, FIXED, MARK)


def test_labels_of_an_office_are_taken_and_not_passed_on() -> None:
    labelled = repacked(form(), {"docMetadata/LabelInfo.xml": b"<labels>office secret</labels>"})
    kept, _shape = blank(open_form(labelled), shape(labelled))
    assert b"office secret" not in b"".join(_all(kept))


RELATIONS = "xl/_rels/workbook.xml.rels"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"xl/vbaProject.bin": b"x"}, "宏"),
        ({"xl/externalLinks/externalLink1.xml": b"<a/>"}, "别的文件"),
        ({"xl/embeddings/oleObject1.bin": b"x"}, "嵌入的文件"),
        ({"xl/activeX/activeX1.xml": b"<a/>"}, "控件"),
        ({"xl/connections.xml": b"<a/>"}, "数据连接"),
        ({"xl/somethingNew.xml": b"<a/>"}, "somethingnew.xml"),
        ({"docProps/app.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "DOCTYPE"),
        ({"xl/media/image1.png": b"\x00" * (60 * 1024**2)}, "大得不合常理"),
        ({"docProps/app.xml": b"<a>" * 500_000}, "大得不合常理|损坏"),
    ],
)  # fmt: skip
def test_hostile_workbook_is_refused(changed: dict[str, bytes], told: str) -> None:
    with pytest.raises((Unusable, Unreadable), match=told):
        open_form(repacked(form(), changed))


def test_links_to_the_outside_are_refused() -> None:
    content = form()
    link = b'<Relationship Id="x" Type="y/hyperlink" Target="http://example.invalid" TargetMode="External"/></Relationships>'
    relations = part(content, RELATIONS).replace(b"</Relationships>", link)
    with pytest.raises(Unusable, match="指向外面"):
        open_form(repacked(content, {RELATIONS: relations}))


@pytest.mark.parametrize(
    "formula",
    ["WEBSERVICE(\"http://x\")", "cmd|'/c calc'!A1", "[1]Sheet1!A1", "HYPERLINK(\"http://x\")", "INDIRECT(\"A1\")", "CALL(\"x\")",
     "IMPORTDATA(A1)", "'[book.xlsx]s'!A1", "EXEC(\"x\")"],
)  # fmt: skip
def test_formula_that_reaches_out_is_refused(formula: str) -> None:
    content = form()
    escaped = formula.replace("&", "&amp;").replace('"', "&quot;")
    sheet = part(content, "xl/worksheets/sheet1.xml").decode().replace("COUNTA(B5:B9)", escaped)
    with pytest.raises(Unusable, match="公式"):
        open_form(repacked(content, {"xl/worksheets/sheet1.xml": sheet.encode()}))


def test_rows_that_cannot_be_are_refused() -> None:
    found = shape(form())
    for first, last in ((FIRST, FIRST - 1), (4, LAST), (3, 3)):
        with pytest.raises(Unusable, match="起止行"):
            blank(open_form(form()), replace(found, first=first, last=last))


def test_labels_are_filled_where_they_ask() -> None:
    assert asked("填报单位（盖章）：        填表日期：   年  月  日") == ["place", "day"]
    assert asked("工作单位地址") == []
    assert filled_in("填 报 人：____　审核人：____", {"who": "张三"}) == "填 报 人：张三　　审核人：____"
    assert filled_in("", {"count": "12"}) == "12"
    assert filled_in("填报人：", {"who": ""}) == "填报人："


def test_damaged_workbook_is_refused_wherever_the_damage_lies() -> None:
    whole = form()
    refused = 0
    for place in range(0, len(whole), 37):
        broken = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        try:
            open_form(broken)
        except (Unusable, Unreadable):
            refused += 1
    assert refused > len(whole) // 37 // 2
