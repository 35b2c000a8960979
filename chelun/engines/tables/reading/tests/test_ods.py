"""OpenDocument sheets read like the others."""

import io

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P

from chelun.engines.tables.reading import Cell, Unreadable, inspect, kind_of, tables
from chelun.engines.tables.reading.tests.build import HEADS, PEOPLE, data, heads, package, split

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {"office": "office", "table": "table", "text": "text", "style": "style"}.items()
)


def ods(inner: str, styles: str = "", manifest: str = "") -> io.BytesIO:
    content = (
        f"<?xml version='1.0'?><office:document-content {SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{inner}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    return package({**parts, **({"META-INF/manifest.xml": manifest} if manifest else {})})


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def table(*rows: str, more: str = 'table:name="花名册"') -> str:
    return f"<table:table {more}>{''.join(rows)}</table:table>"


HEAD = row(*map(cell, HEADS))
LINES = [row(*(cell(str(value)) for value in person)) for person in PEOPLE]


def test_ods_of_odfpy_is_read() -> None:
    document = OpenDocumentSpreadsheet()
    sheet = OdfTable(name="花名册")
    for line in [HEADS, *PEOPLE]:
        odf_row = TableRow()
        for value in line:
            odf_cell = TableCell(valuetype="string")
            odf_cell.addElement(P(text=str(value)))
            odf_row.addElement(odf_cell)
        sheet.addElement(odf_row)
    document.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    document.write(out)
    out.seek(0)
    found, rows = split(out, name="花名册.ods")
    assert heads(found[0]) == list(HEADS)
    assert len(data(rows)) == 3


def test_ods_repeats_merges_and_hides() -> None:
    blank = '<table:table-cell table:number-columns-repeated="1018"/>'
    merged = row(*map(cell, ("4", "安", "x1", "", "y1")), cell("顺达", 'table:number-rows-spanned="2"'))
    under = row(*map(cell, ("5", "安二", "x", "", "z22222")), "<table:covered-table-cell/>", blank)
    source = ods(
        table(
            '<table:table-column/><table:table-column table:visibility="collapse"/>',
            HEAD,
            row(*(cell(str(value)) for value in PEOPLE[0]), more='table:number-rows-repeated="2"'),
            row(blank, more='table:number-rows-repeated="3"'),
            merged,
            under,
            row(cell("6"), cell("安三"), more='table:visibility="filter"'),
            row(blank, more='table:number-rows-repeated="1048000"'),
        )
    )
    found, rows = split(source)
    assert [item.number for item in rows] == [1, 2, 3, 7, 8, 9]
    assert rows[4].cells[5] == "顺达"
    assert [item.number for item in rows if item.hidden] == [9]
    assert [column.head for column in found[0].columns if column.hidden] == ["姓名"]


def test_ods_values_keep_their_kinds() -> None:
    values = [
        '<table:table-cell office:value-type="float" office:value="13900000001"/>',
        '<table:table-cell office:value-type="date" office:date-value="1990-01-02"/>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
        '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>',
        '<table:table-cell table:formula="of:=1+1"/>',
        '<table:table-cell office:value-type="time" office:time-value="PT08H30M00S"/>',
        '<table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation>'
        "<text:p>安<text:s text:c='2'/>小</text:p><text:p>一</text:p></table:table-cell>",
    ]
    _, rows = split(ods(table(row(*values))))
    cells = rows[0].cells
    assert [str(item) for item in cells] == [
        "13900000001",
        "1990-01-02",
        "TRUE",
        "2",
        "",
        "08:30:00",
        "安  小\n一",
    ]
    assert [kind_of(item) for item in cells] == ["number", "date", "bool", "number", "empty", "time", "text"]
    assert isinstance(cells[4], Cell)
    assert not cells[4].cached


def test_ods_gives_all_sheets_and_hidden_ones() -> None:
    style = '<style:style style:name="t1"><style:table-properties table:display="false"/></style:style>'
    second = table(HEAD, *LINES, more='table:name="旧表" table:style-name="t1"')
    source = ods(table(HEAD, *LINES) + second, style)
    assert [sheet.hidden for sheet in inspect(source).sheets] == [False, True]
    assert [item.sheet for item in tables(source)] == ["花名册", "旧表"]
    assert sum(item.kind == "data" for item in split(source)[1]) == 6


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (ods(table(HEAD), manifest="<a><encryption-data/></a>"), "password"),
        (ods(table(row(cell("x"), more='table:number-rows-repeated="900000"'))), "repeated"),
        (ods(table(row(cell("x", 'table:number-columns-repeated="9000"')))), "too_wide"),
        (package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "document"),
        (package({"content.xml": "<a><b></a>"}), "broken"),
    ],
)
def test_ods_that_cannot_be_read_is_refused(source: io.BytesIO, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        tables(source)
    assert caught.value.code == code
