"""Pages and XML that office systems export under the name .xls are read."""

import io

import pytest

from chelun.engines.tables.reading import Cell, Unreadable, inspect, tables
from chelun.engines.tables.reading.tests.build import HEADS, PEOPLE, data, heads, kinds, split

TEXT = [tuple(str(cell) for cell in row) for row in PEOPLE]
FRONT = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"><style>td{{}}</style></head>'
)


def page(*rows: str, charset: str = "gb2312") -> io.BytesIO:
    text = (
        FRONT.format(charset)
        + "<body><!-- <tr><td>x</td></tr> --><table>"
        + "".join(rows)
        + "</table></body></html>"
    )
    return io.BytesIO(text.encode("gb18030" if charset.startswith("gb") else charset))


def line(*cells: object, more: str = "") -> str:
    return (
        f"<TR {more}>"
        + "".join(f"<TD style=\"mso-number-format:'\\@'\">{cell}</TD>" for cell in cells)
        + "</TR>"
    )


@pytest.mark.parametrize("charset", ["gb2312", "utf-8", "utf-16"])
def test_page_is_read_with_whole_id_numbers(charset: str) -> None:
    source = page(line(*HEADS), *(line(*person) for person in PEOPLE), charset=charset)
    assert inspect(source, name="花名册.xls").format == "html"
    found, rows = split(source)
    assert heads(found[0]) == list(HEADS)
    assert data(rows) == TEXT


def test_page_merges_hides_and_breaks() -> None:
    first = "<tr><td>安小一</td><td rowspan=2>顺达&nbsp;物流</td><td>13900000001<br>13900000009</td></tr>"
    second = "<tr style='display:none'><td>安小二</td><td>&#49;3900000002</td></tr>"
    title = "<tr><td colspan='3'>货车司机<b>名单</b></td></tr>"
    found, rows = split(page(title, "<tr><th>姓名<th>企业<th>电话</tr>", first, second))
    assert found[0].title == ("货车司机名单",)
    assert data(rows) == [
        ("安小一", "顺达 物流", "13900000001\n13900000009"),
        ("安小二", "顺达 物流", "13900000002"),
    ]
    assert [row.number for row in rows if row.hidden] == [4]


def test_page_without_table_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        tables(io.BytesIO(b"<html><body>x</body></html>"))
    assert caught.value.code == "web_page"


def test_page_that_never_ends_is_read_quickly() -> None:
    noise = "<!--" + "<a <!-- <td" * 200_000
    _, rows = split(io.BytesIO(f"<table>{line(*HEADS)}{line(*PEOPLE[0])}{noise}".encode()))
    assert kinds(rows) == [(1, "head"), (2, "data")]


SHEET = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
{}</Workbook>"""


def sheet(*rows: str, name: str = "花名册", tail: str = "", front: str = "") -> str:
    return f'<Worksheet ss:Name="{name}"><Table>{front}{"".join(rows)}</Table>{tail}</Worksheet>'


def xml_row(*cells: object, more: str = "") -> str:
    inner = "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in cells)
    return f"<Row {more}>{inner}</Row>"


def test_xml_sheets_are_read() -> None:
    hidden = '<WorksheetOptions xmlns="urn:x"><Visible>SheetHidden</Visible></WorksheetOptions>'
    whole = sheet(
        xml_row(*HEADS), *(xml_row(*person) for person in PEOPLE), front='<Column/><Column ss:Hidden="1"/>'
    )
    whole += sheet(xml_row("姓名", "电话"), xml_row("安小四", "13900000004"), name="旧表", tail=hidden)
    source = io.BytesIO(SHEET.format(whole).encode())
    assert [(info.name, info.hidden) for info in inspect(source).sheets] == [
        ("花名册", False),
        ("旧表", True),
    ]
    found, rows = split(source)
    assert data(rows)[:3] == TEXT
    assert [column.head for column in found[0].columns if column.hidden] == ["姓名"]
    assert [table.sheet for table in found] == ["花名册", "旧表"]


def test_xml_cells_keep_kinds_places_and_merges() -> None:
    cells = (
        '<Cell ss:MergeDown="1"><Data ss:Type="String">顺达</Data></Cell><Cell><Data ss:Type="Number">13900000001</Data></Cell>'
        '<Cell ss:Index="4"><Data ss:Type="DateTime">1990-01-02T00:00:00.000</Data></Cell><Cell ss:Formula="=RC[-1]"/>'
    )
    rows_xml = xml_row("企业", "电话", "备注", "出生日期", "年龄") + f"<Row>{cells}</Row>"
    rows_xml += '<Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="Number">13900000002</Data></Cell></Row>'
    _, rows = split(io.BytesIO(SHEET.format(sheet(rows_xml)).encode()))
    first, second = data(rows)
    assert [str(cell) for cell in first] == ["顺达", "13900000001", "", "1990-01-02", ""]
    assert isinstance(first[4], Cell)
    assert not first[4].cached
    assert [str(cell) for cell in second[:2]] == ["顺达", "13900000002"]
