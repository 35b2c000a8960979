"""Forms for the tests, as bureaus give them: a title, a line of labels, heads in two lines, a total, remarks, print set-up."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

SHEET = "名册"
HEADS = ("序号", "姓名", "身份证号", "民族", "车辆", None, "联系电话", "备注")
UNDER = (None, None, None, None, "车牌号", "车牌颜色", None, None)
FIRST, LAST, WIDTH = 5, 9, len(HEADS)
EXAMPLE = "王样例"


def form(example: bool = False, *, title: str = "紫阳县货车司机基本情况登记表", sheet: str = SHEET) -> bytes:
    """A form of five blank rows, or filled with examples."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = sheet
    _head(page, title)
    _table(page, example)
    _foot(page)
    other = book.create_sheet("填写说明")
    other["A1"], other["A2"] = "本表合计", f"='{sheet}'!C10"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(page: Worksheet, title: str) -> None:
    page["A1"] = title
    page["A1"].font, page["A1"].alignment = (
        Font(name="方正小标宋简体", size=20),
        Alignment(horizontal="center"),
    )
    page["A2"] = "填报单位：（盖章）          填报日期：    年   月   日"
    for span in ("A1:H1", "A2:H2", "E3:F3"):
        page.merge_cells(span)
    for column, (above, under) in enumerate(zip(HEADS, UNDER, strict=True), 1):
        page.cell(3, column, above)
        page.cell(4, column, under)
        if under is None:
            page.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    page.column_dimensions["C"].width = 24
    header: Any = page.oddHeader
    header.center.text = "内部资料"
    page.print_title_rows, page.print_area = "3:4", "A1:H12"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9


def _table(page: Worksheet, example: bool) -> None:
    thin = Side(style="thin")
    for row in range(3, 11):
        page.row_dimensions[row].height = 27
        for column in range(1, WIDTH + 1):
            page.cell(row, column).border = Border(left=thin, right=thin, top=thin, bottom=thin)
    for row in range(FIRST, LAST + 1) if example else ():
        page.cell(row, 2, EXAMPLE)
        page.cell(row, 3, f"51019919900101001{row}")
        page.cell(row, 4, "汉族")
        page.cell(row, 7, "19900000000")
    choice = DataValidation(type="list", formula1='"黄,蓝,绿"')
    choice.add(f"F{FIRST}:F{LAST}")
    page.add_data_validation(choice)
    rule: Any = CellIsRule
    red = rule(operator="equal", formula=[f"$B${FIRST}"], fill=PatternFill(bgColor="FFC7CE"))
    page.conditional_formatting.add(f"B{FIRST}:B{LAST}", red)


def _foot(page: Worksheet) -> None:
    page["A10"] = "合计"
    page.merge_cells("A10:B10")
    page["C10"] = f"=COUNTA(B{FIRST}:B{LAST})"
    page["A11"], page["E11"] = "填表人：", "审核人："
    page["A12"] = "注：本表一式两份，于每月5日前报送。"
    page.merge_cells("A12:H12")


def repacked(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """A workbook with some parts put in or put in place of others."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, part in changed.items():
            new.writestr(name, part)
    return out.getvalue()


def part(content: bytes, name: str) -> bytes:
    """One part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name)
