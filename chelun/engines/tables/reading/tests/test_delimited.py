"""Text tables are read in every encoding and with every separator that comes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.tables.reading import Unreadable, inspect, tables
from chelun.engines.tables.reading.tests.build import HEADS, PEOPLE, data, heads, split

LINES = [HEADS, *[tuple(map(str, row)) for row in PEOPLE]]


def text(separator: str = ",", end: str = "\r\n") -> str:
    return "".join(separator.join(line) + end for line in LINES)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
@pytest.mark.parametrize("separator", [",", "\t", ";", "，", "|"])
def test_text_is_read_in_any_encoding_and_separator(encoding: str, separator: str) -> None:
    found, rows = split(io.BytesIO(text(separator).encode(encoding)))
    assert heads(found[0]) == list(HEADS)
    assert data(rows) == LINES[1:]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_is_read_with_any_line_end(end: str) -> None:
    _, rows = split(io.BytesIO(text(end=end).encode()))
    assert data(rows) == LINES[1:]


def test_text_is_gb18030_although_its_start_is_ascii() -> None:
    content = "name,phone,company\n" + "x,13900000000,y\n" * 30_000 + "安小一,13900000001,顺达\n"
    _, rows = split(io.BytesIO(content.encode("gb18030")))
    assert rows[-1].cells == ("安小一", "13900000001", "顺达")


def test_quoted_line_breaks_stay_in_their_cell() -> None:
    _, rows = split(
        io.BytesIO('姓名,地址,电话\n安小一,"一组\n三号",13900000001\n安小二,x,13900000002\n'.encode())
    )
    assert data(rows) == [("安小一", "一组\n三号", "13900000001"), ("安小二", "x", "13900000002")]


def test_lone_quotes_are_ditto_marks_and_swallow_no_row() -> None:
    content = '姓名,企业,电话\n安小一,顺达,13900000001\n安小二,",13900000002\n安小三,",13900000003\n'
    _, rows = split(io.BytesIO(content.encode()))
    assert [cells[1] for cells in data(rows)] == ["顺达"] * 3


def test_quote_without_partner_is_refused_with_its_line() -> None:
    content = '姓名,企业,电话\n安小一,"顺达,13900000001\n' + "安小二,顺达,13900000002\n" * 20
    with pytest.raises(Unreadable, match="第 2 行") as caught:
        split(io.BytesIO(content.encode()))
    assert caught.value.code == "open_quote"


def test_two_stray_quotes_do_not_swallow_the_rows_between() -> None:
    content = '姓名,企业,电话\n安小一,"顺达,13900000001\n安小二,顺达,13900000002\n安小三,"顺达,13900000003\n'
    with pytest.raises(Unreadable) as caught:
        split(io.BytesIO(content.encode()))
    assert caught.value.code == "open_quote"


def test_number_kept_as_text_by_a_formula_is_text() -> None:
    _, rows = split(io.BytesIO('姓名,身份证号\n安小一,="999101199001010011"\n'.encode()))
    assert data(rows) == [("安小一", "999101199001010011")]


def test_separator_line_of_excel_is_obeyed() -> None:
    found, rows = split(io.BytesIO(("sep=;\n" + text(";")).encode()))
    assert data(rows) == LINES[1:]
    assert found[0].first_row == 3


def test_damaged_place_is_told() -> None:
    content = text().encode() + "安小四".encode() + b"\xff,x,y\n" + text().encode() * 400
    book = inspect(io.BytesIO(content))
    assert [note.code for note in book.warnings] == ["bad_bytes"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\r\n \r\n", "no_rows"),
        (b"\x00\x01\x02" * 99, "not_a_sheet"),
        (b",,\n,,\n", "no_rows"),
    ],
)
def test_text_that_is_none_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        tables(io.BytesIO(content))
    assert caught.value.code == code


cell = st.text(st.characters(codec="gb18030", exclude_characters='\0\r\n",;\t，|；\ufffd'), max_size=12)


@given(st.lists(st.lists(cell, min_size=3, max_size=3), min_size=1, max_size=30))
def test_no_line_disappears(lines: list[list[str]]) -> None:
    content = "姓名,电话,备注\n" + "\n".join(",".join(line) for line in lines)
    _, rows = split(io.BytesIO(content.encode()))
    seen = {row.number for row in rows}
    for number, line in enumerate(lines, 2):
        if any(len(text) > 8 or text.strip() for text in line):
            assert number in seen or not any(
                char.isprintable() and not char.isspace() for char in "".join(line)
            )


def test_lines_with_spaces_only_are_cut_at_the_spaces() -> None:
    content = "1. 安小一 13900000001 货车\n2. 安小二  13900000002 货车\n3. 安小三\u300013900000003 客车\n"
    found, rows = split(io.BytesIO(content.encode("gb18030")))
    assert found[0].headless
    assert data(rows)[2] == ("3.", "安小三", "13900000003", "客车")
