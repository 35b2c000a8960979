"""Old Excel workbooks read like the new ones."""

import io
import struct
from datetime import date

import pytest
import xlwt

from chelun.engines.tables.reading import Cell, Unreadable, inspect, kind_of, tables
from chelun.engines.tables.reading.tests.build import HEADS, PEOPLE, Value, data, heads, split

TEXT = [tuple(str(cell) for cell in row) for row in PEOPLE]


def book_bytes(book: xlwt.Workbook) -> io.BytesIO:
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def xls(rows: list[tuple[Value, ...]]) -> xlwt.Workbook:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("花名册")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(number, column, value)
    return book


def test_xls_reads_plain_roster() -> None:
    found, rows = split(book_bytes(xls([HEADS, *PEOPLE])), name="花名册.xls")
    assert heads(found[0]) == list(HEADS)
    assert data(rows) == TEXT


def test_xls_reads_many_long_texts_over_record_bounds() -> None:
    people = [(n, f"安小{n}" * 30, "abc" * (n % 50), "", "", "x") for n in range(1, 900)]
    _, rows = split(book_bytes(xls([HEADS, *people])))
    assert data(rows) == [tuple(map(str, row)) for row in people]


def test_xls_numbers_dates_formulas_and_errors_are_read() -> None:
    book = xls([("甲", "乙", "丙", "丁", "戊", "己")])
    sheet = book.get_sheet(0)
    sheet.write(1, 0, 5.1011219900101e17)
    sheet.write(1, 1, date(1990, 1, 2), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(1, 2, xlwt.Formula("1+1"))
    sheet.write(1, 3, True)
    sheet.write(1, 4, 2.3)
    sheet.write(1, 5, 13900000001)
    _, rows = split(book_bytes(book))
    cells = rows[-1].cells
    assert [str(cell) for cell in cells[:2]] == ["5.1011219900101E+17", "1990-01-02"]
    assert [str(cell) for cell in cells[3:]] == ["TRUE", "2.3", "13900000001"]
    assert [kind_of(cell) for cell in cells] == ["number", "date", "empty", "bool", "number", "number"]
    assert isinstance(cells[0], Cell)
    assert cells[0].lossy
    assert isinstance(cells[2], Cell)
    assert cells[2].formula
    assert not cells[2].cached


def test_xls_merged_hidden_and_sheets_are_read() -> None:
    book = xls([HEADS, *[(*row[:5], "") for row in PEOPLE]])
    sheet = book.get_sheet(0)
    sheet.write_merge(1, 2, 5, 5, "顺达物流")
    sheet.row(3).hidden = True
    sheet.col(3).hidden = True
    second = book.add_sheet("旧表")
    second.visibility = 1
    second.write(0, 0, "姓名")
    found, rows = split(book_bytes(book))
    assert [cells[5] for cells in data(rows)] == ["顺达物流", "顺达物流", ""]
    assert [row.number for row in rows if row.hidden] == [4]
    assert [column.head for column in found[0].columns if column.hidden] == ["联系电话"]
    assert [sheet.hidden for sheet in inspect(book_bytes(book)).sheets] == [False, True]


def test_xls_under_any_name_is_read() -> None:
    assert inspect(book_bytes(xls([HEADS, *PEOPLE])), name="花名册.csv").format == "xls"


@pytest.mark.parametrize("cut", [0.1, 0.3, 0.5, 0.8])
def test_xls_cut_short_is_refused(cut: float) -> None:
    whole = book_bytes(xls([HEADS, *PEOPLE * 200])).getvalue()
    with pytest.raises(Unreadable):
        tables(io.BytesIO(whole[: int(len(whole) * cut)]))


def test_xls_with_password_is_refused() -> None:
    whole = bytearray(book_bytes(xls([HEADS, *PEOPLE])).getvalue())
    place = whole.index(struct.pack("<HH", 0x0042, 2))
    whole[place : place + 2] = struct.pack("<H", 0x002F)
    with pytest.raises(Unreadable) as caught:
        tables(io.BytesIO(bytes(whole)))
    assert caught.value.code == "password"
