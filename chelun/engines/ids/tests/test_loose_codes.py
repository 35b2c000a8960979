"""What damaged, masked and former credit codes still say, beside what the strict reader makes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.ids import HIDDEN, Uscc, make_uscc, read_uscc, uscc_parts

CODE = make_uscc("511799", 1234567)
SUBJECT = CODE[8:17]
WRONG = CODE[:17] + ("A" if CODE[17] != "A" else "B")


def test_whole_code_says_all() -> None:
    parts = uscc_parts(f"统一社会信用代码：{CODE[:9]} {CODE[9:].lower()}")
    assert parts is not None
    assert (parts.text, parts.whole, parts.area, parts.subject) == (CODE, True, "511799", SUBJECT)


@pytest.mark.parametrize(
    ("cell", "text", "area", "subject"),
    [
        (WRONG, WRONG, "511799", SUBJECT),
        (CODE[:8] + "******" + CODE[14:], CODE[:8] + "??????" + CODE[14:], "511799", ""),
        (CODE[:8] + "***" + CODE[14:], CODE[:8] + "??????" + CODE[14:], "511799", ""),
        (CODE[:6] + "XXXXXXXX" + CODE[14:], CODE[:6] + "????????" + CODE[14:], "", ""),
        (f"{SUBJECT[:8]}-{SUBJECT[8]}", "?" * 8 + SUBJECT + "?", "", SUBJECT),
        (f"组织机构代码：{SUBJECT}", "?" * 8 + SUBJECT + "?", "", SUBJECT),
        (f"511799{SUBJECT}", f"??511799{SUBJECT}?", "511799", SUBJECT),
        (CODE[:17], CODE[:17], "", ""),
        (CODE + "0", CODE + "0", "", ""),
    ],
)
def test_what_shows(cell: str, text: str, area: str, subject: str) -> None:
    parts = uscc_parts(cell)
    assert parts is not None
    assert (parts.text, parts.whole, parts.area, parts.subject) == (text, False, area, subject)


def test_letters_that_no_code_has_are_read_as_digits() -> None:
    code = make_uscc("510199", 10)
    typed = code.replace("0", "O").replace("1", "I").replace("5", "S")
    parts = uscc_parts(typed)
    assert parts is not None
    assert parts.text == code
    assert not isinstance(read_uscc(typed, demo_areas=True), Uscc)


def test_a_code_may_have_an_x_of_its_own() -> None:
    parts = uscc_parts("91511799MX5RXX77" + "12")
    assert parts is not None
    assert parts.text == "91511799MX5RXX7712"


def test_cut_by_a_spreadsheet_program_the_last_three_are_unknown() -> None:
    parts = uscc_parts(915117990123456000.0)
    assert parts is not None
    assert (parts.text, parts.whole) == ("915117990123456???", False)


@pytest.mark.parametrize(
    "cell",
    [None, "", "无", "9151", "****", "顺达运输", "123456789", "511799123456789", 1.5, float("inf"), "9" * 20],
)
def test_too_little_says_nothing(cell: str | float | None) -> None:
    assert uscc_parts(cell) is None


@given(st.integers(0, 10**8 - 1), st.sampled_from("159AN"))
def test_whatever_the_strict_reader_takes_is_whole_and_says_the_same(serial: int, registrar: str) -> None:
    code = make_uscc("610999", serial, registrar=registrar)
    strict, parts = read_uscc(code, demo_areas=True), uscc_parts(code)
    assert isinstance(strict, Uscc)
    assert parts is not None
    assert (parts.whole, parts.text, parts.area, parts.subject) == (
        True,
        strict.value,
        strict.area,
        strict.subject,
    )


@given(st.text("0123456789ABCXYI*- ", max_size=22))
def test_nothing_is_ever_filled_in(cell: str) -> None:
    parts = uscc_parts(cell)
    if parts is not None:
        left = iter(cell.replace("I", "1"))
        assert all(sign in left for sign in parts.text if sign != HIDDEN)
        assert not parts.whole or isinstance(read_uscc(parts.text, demo_areas=True), Uscc)
