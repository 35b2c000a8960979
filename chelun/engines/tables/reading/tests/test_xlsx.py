"""Excel workbooks give their cells as they are stored: numbers, dates, formulas, errors."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from chelun.engines.tables.reading import Cell, Row, Unreadable, kind_of, tables, walk
from chelun.engines.tables.reading.tests.build import (
    package,
    sheet_xml,
    split,
    with_sheet,
    xlsx,
)


def cells(source: io.BytesIO) -> list[tuple[str, ...]]:
    return [item.cells for item in walk(source) if isinstance(item, Row)]


def row(inner: str, number: int = 1, more: str = "") -> str:
    return f'<row r="{number}" {more}>{inner}</row>'


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("7", "7"),
        ("7.0", "7"),
        ("1.3912345678E10", "13912345678"),
        ("2.2999999999999998", "2.3"),
        ("510112199001010", "510112199001010"),
        ("-3", "-3"),
        ("0.1", "0.1"),
    ],
)
def test_number_is_shown_as_the_clerk_sees_it(stored: str, shown: str) -> None:
    (only,) = cells(with_sheet(row(f'<c r="A1"><v>{stored}</v></c><c r="B1"><v>1</v></c>')))
    assert only[0] == shown
    assert kind_of(only[0]) == "number"


def test_number_with_more_digits_than_kept_is_lossy() -> None:
    for stored in ("5.1011219900101E+17", "510112199001010000", "5.1011219900101003E+17"):
        (only,) = cells(with_sheet(row(f'<c r="A1"><v>{stored}</v></c><c r="B1"><v>1</v></c>')))
        assert isinstance(only[0], Cell)
        assert only[0] == "5.1011219900101E+17"
        assert only[0].raw == stored
        assert only[0].lossy


def test_dates_and_times_are_told_by_their_format() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "出生日期", "入职", "时点", "编号", "金额"])
    sheet.append(["安小一", date(1990, 1, 2), datetime(2026, 3, 4, 8, 30), 0.5, 12, 45000])
    for place, form in {
        "B2": 'yyyy"年"m"月"d"日"',
        "C2": "yyyy/m/d h:mm",
        "D2": "h:mm",
        "E2": "00000",
    }.items():
        sheet[place].number_format = form
    sheet["F2"].number_format = '#,##0.00"元 (d)"'
    out = io.BytesIO()
    book.save(out)
    found = cells(out)[1]
    assert found[1:] == ("1990-01-02", "2026-03-04 08:30:00", "12:00:00", "00012", "45000")
    assert [kind_of(cell) for cell in found] == ["text", "date", "date", "time", "number", "number"]


def test_dates_before_march_1900_and_of_1904_are_right() -> None:
    styles = (
        '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/></cellXfs></styleSheet>'
    )
    inner = row(
        "".join(f'<c r="{c}1" s="1"><v>{v}</v></c>' for c, v in zip("ABCD", (1, 59, 60, 61), strict=True))
    )
    source = package({"xl/styles.xml": styles}, with_sheet(inner))
    assert cells(source)[0] == ("1900-01-01", "1900-02-28", "60", "1900-03-01")
    book = xlsx([("x",)])
    import_1904 = package({"xl/styles.xml": styles, "xl/worksheets/sheet1.xml": sheet_xml(inner)}, book)
    mended = _replace(import_1904, "xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" ')
    assert cells(mended)[0][0] == "1904-01-02"


def _replace(source: io.BytesIO, part: str, old: str, new: str) -> io.BytesIO:
    with zipfile.ZipFile(source) as book:
        text = book.read(part).decode()
    assert old in text
    return package({part: text.replace(old, new)}, source)


def test_errors_booleans_and_inline_texts_are_read() -> None:
    inner = row(
        '<c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="b"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><r><t>安</t></r><r><t xml:space="preserve"> 小</t></r><rPh><t>an</t></rPh></is></c>'
        '<c r="D1" t="str"><v>一_x000D_二</v></c>'
    )
    (only,) = cells(with_sheet(inner))
    assert only == ("#REF!", "TRUE", "安 小", "一\r二")
    assert [kind_of(cell) for cell in only] == ["error", "bool", "text", "text"]


def test_formulas_are_marked_with_and_without_value() -> None:
    inner = row(
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"x"</f><v>x</v></c><c r="C1"><f>A1</f><v/></c>'
    )
    (only,) = cells(with_sheet(inner))
    assert [(str(c), c.formula, c.cached) for c in only if isinstance(c, Cell)] == [
        ("2", True, True),
        ("x", True, True),
        ("", True, False),
    ]


def test_row_of_formulas_without_values_does_not_vanish() -> None:
    inner = "".join(
        row(f'<c r="A{n}"><f>B1</f></c><c r="B{n}"><f t="shared" si="0"/></c>', n) for n in (5, 9)
    )
    _, rows = split(with_sheet(inner))
    assert [item.number for item in rows] == [5, 9]


def test_formula_that_rightly_shows_nothing_is_blank() -> None:
    inner = row('<c r="A1" t="str"><v>x</v></c>') + row('<c r="A2" t="str"><f>IF(1,"")</f><v></v></c>', 2)
    _, rows = split(with_sheet(inner))
    assert [item.number for item in rows] == [1]


def test_cells_without_references_follow_each_other() -> None:
    inner = '<row><c t="str"><v>姓名</v></c><c/><c t="str"><v>电话</v></c></row><row><c><v>1</v></c></row>'
    _, rows = split(with_sheet(inner))
    assert rows[0].cells == ("姓名", "电话")
    assert rows[1].number == 2


def test_prefixed_xml_is_read() -> None:
    inner = sheet_xml(row('<c r="A1" t="str"><v>姓名</v></c><c r="B1"><f>1</f><v>5</v></c>'))
    prefixed = inner.replace("xmlns=", "xmlns:x=").replace("</", "</x:").replace("<", "<x:")
    prefixed = prefixed.replace("<x:/x:", "</x:").replace("<x:?", "<?")
    assert cells(package({"xl/worksheets/sheet1.xml": prefixed}, xlsx([("x",)]))) == [("姓名", "5")]


def test_empty_formatted_rows_cost_nothing_and_do_not_count() -> None:
    inner = row('<c r="A1" t="str"><v>姓名</v></c><c r="B1" t="str"><v>电话</v></c>')
    inner += row('<c r="A2" t="str"><v>安小一</v></c>', 2)
    inner += "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(3, 5000))
    _, rows = split(with_sheet(inner, front='<dimension ref="A1:XFD1048576"/>'))
    assert len(rows) == 2


def test_text_far_to_the_right_is_refused_not_lost() -> None:
    with pytest.raises(Unreadable, match="第 1 行") as caught:
        tables(with_sheet(row('<c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c>')))
    assert caught.value.code == "too_wide"
