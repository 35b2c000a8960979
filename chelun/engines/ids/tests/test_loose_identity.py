"""What damaged, hidden and mistyped identity numbers still say, beside what the strict reader makes of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.ids import (
    HIDDEN,
    IdNumber,
    IdParts,
    id_parts,
    ids_agree,
    ids_one_slip,
    make_id_number,
    read_id_number,
)
from chelun.engines.ids.idcard import check_character

TODAY = date(2026, 11, 22)
BIRTH = date(1985, 3, 9)
NUMBER = make_id_number("511799", BIRTH, 13)
WRONG = NUMBER[:17] + ("1" if NUMBER[17] != "1" else "2")


def parts_of(cell: str) -> IdParts:
    parts = id_parts(cell, today=TODAY)
    assert parts is not None
    return parts


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (NUMBER, NUMBER, True),
        (NUMBER, NUMBER[:6] + "********" + NUMBER[14:], False),
        (NUMBER, NUMBER[:10] + "****" + NUMBER[14:], True),
        (NUMBER, NUMBER[:14] + "****", True),
        (NUMBER, "110199" + NUMBER[6:14] + "****", False),
        (NUMBER, NUMBER[:12] + "11****", False),
        (NUMBER[:10] + "********", NUMBER[:14] + "****", False),
        (NUMBER, NUMBER[:17], False),
    ],
)
def test_numbers_agree_if_enough_shows_beyond_the_area(one: str, other: str, agree: bool) -> None:
    left, right = parts_of(one), parts_of(other)
    assert ids_agree(left, right) is ids_agree(right, left) is agree


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        (NUMBER, NUMBER, False),
        (NUMBER, WRONG, True),
        (NUMBER, NUMBER[:17], True),
        (NUMBER, NUMBER[:12] + NUMBER[13] + NUMBER[12] + NUMBER[14:], True),
        (NUMBER, NUMBER[:6] + NUMBER[8:16] + "4", True),
        (NUMBER[:6] + NUMBER[8:17], NUMBER[:6] + NUMBER[8:16] + "4", True),
        (WRONG, NUMBER[:6] + NUMBER[8:17], True),
        (NUMBER, NUMBER[:6] + NUMBER[8:17], False),
        (NUMBER, NUMBER[:6] + NUMBER[8:15] + "24", False),
        (NUMBER, NUMBER[:14] + "****", False),
    ],
)
def test_one_slip_between_numbers_of_either_length(one: str, other: str, slip: bool) -> None:
    left, right = parts_of(one), parts_of(other)
    assert ids_one_slip(left, right) is ids_one_slip(right, left) is slip


def test_whole_number_says_all() -> None:
    parts = id_parts(f" {NUMBER[:6]} {NUMBER[6:]} ", today=TODAY)
    assert parts is not None
    assert (parts.text, parts.whole, parts.birth, parts.sex, parts.area) == (
        NUMBER,
        True,
        BIRTH,
        "M",
        "511799",
    )


def test_fifteen_digits_are_lengthened() -> None:
    parts = id_parts(NUMBER[:6] + NUMBER[8:17], today=TODAY)
    assert parts is not None
    assert (parts.text, parts.whole) == (NUMBER, True)


def test_mistyped_number_is_not_whole_but_says_what_stands_there() -> None:
    parts = id_parts(WRONG, today=TODAY)
    assert parts is not None
    assert (parts.text, parts.whole, parts.birth, parts.area) == (WRONG, False, BIRTH, "511799")


def test_impossible_birth_is_no_birth() -> None:
    first = "511799" + "19851309" + "013"
    parts = id_parts(first + check_character(first), today=TODAY)
    assert parts is not None
    assert (parts.whole, parts.birth, parts.sex) == (False, None, "M")


def test_future_birth_and_unknown_province_say_nothing() -> None:
    parts = id_parts(make_id_number("991799", date(2027, 1, 1), 2), today=TODAY)
    assert parts is not None
    assert (parts.whole, parts.birth, parts.sex, parts.area) == (False, None, "F", "")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (NUMBER[:6] + "********" + NUMBER[14:], NUMBER[:6] + "????????" + NUMBER[14:]),
        (NUMBER[:6] + "XXXXXXXX" + NUMBER[14:], NUMBER[:6] + "????????" + NUMBER[14:]),
        (NUMBER[:2] + "***" + NUMBER[-2:], NUMBER[:2] + "?" * 14 + NUMBER[-2:]),
        (NUMBER[:14] + "****", NUMBER[:14] + "????"),
        (NUMBER[:14] + "XXXX", NUMBER[:14] + "????"),
        (NUMBER[:14] + "**XX", NUMBER[:14] + "????"),
        ("5117**1985****0139", "5117??1985????0139"),
        ("身份证号：" + NUMBER[:10] + "＊＊＊＊" + NUMBER[14:], NUMBER[:10] + "????" + NUMBER[14:]),
    ],
)
def test_mask_hides_only_what_it_covers(cell: str, shown: str) -> None:
    parts = id_parts(cell, today=TODAY)
    assert parts is not None
    assert (parts.text, parts.whole) == (shown, False)


def test_check_sign_x_after_a_run_of_stars_is_hidden_with_it() -> None:
    assert id_parts(NUMBER[:14] + "***X", today=TODAY) == id_parts(NUMBER[:14] + "****", today=TODAY)


def test_parts_of_a_masked_number_are_read_where_they_show() -> None:
    parts = id_parts(NUMBER[:14] + "****", today=TODAY)
    assert parts is not None
    assert (parts.birth, parts.sex, parts.area) == (BIRTH, "", "511799")
    hidden = id_parts(NUMBER[:10] + "****" + NUMBER[14:], today=TODAY)
    assert hidden is not None
    assert (hidden.birth, hidden.sex, hidden.area) == (None, "M", "511799")


def test_cut_by_a_spreadsheet_program_the_last_three_are_unknown() -> None:
    parts = id_parts(NUMBER[:15] + "000", today=TODAY)
    assert parts is not None
    assert (parts.text, parts.whole, parts.birth) == (NUMBER[:15] + "???", False, BIRTH)


@pytest.mark.parametrize("length", [16, 17, 19])
def test_a_digit_missing_or_too_many_is_kept_as_written(length: int) -> None:
    digits = (NUMBER[:17] + "99")[:length]
    parts = id_parts(digits, today=TODAY)
    assert parts is not None
    assert (parts.text, parts.whole, parts.birth, parts.area) == (digits, False, None, "")


@pytest.mark.parametrize(
    "cell",
    [
        None,
        "",
        "无",
        "******",
        "5***",
        "5.10E+17",
        5.1e17,
        float("nan"),
        float("inf"),
        -5.1e17,
        0.5,
        5.1e19,
        "511799",
        "川W12345",
        "王伟",
        "1*2*3*4*5",
    ],
)
def test_too_little_says_nothing(cell: str | float | None) -> None:
    assert id_parts(cell, today=TODAY) is None


def test_text_form_tells_nothing() -> None:
    assert repr(id_parts(NUMBER, today=TODAY)) == "IdParts(whole=True)"


@given(st.dates(date(1930, 1, 1), TODAY), st.integers(0, 999))
def test_whatever_the_strict_reader_takes_is_whole_and_says_the_same(birth: date, sequence: int) -> None:
    number = make_id_number("610999", birth, sequence)
    strict = read_id_number(number, today=TODAY, areas=None, demo_areas=True)
    parts = id_parts(number, today=TODAY)
    assert isinstance(strict, IdNumber)
    assert parts is not None
    assert (parts.whole, parts.text, parts.birth, parts.sex, parts.area) == (
        True,
        strict.value,
        strict.birth,
        strict.sex,
        strict.area,
    )


def test_float_keeps_fifteen_digits() -> None:
    parts = id_parts(float(NUMBER[:15] + "000"), today=TODAY)
    assert parts is not None
    assert (parts.text, parts.birth) == (NUMBER[:15] + "???", BIRTH)


@given(st.text("0123456789X*?x×# -", max_size=22) | st.from_regex(r"[0-9*]{18}", fullmatch=True))
def test_nothing_is_ever_filled_in(cell: str) -> None:
    parts = id_parts(cell, today=TODAY)
    if parts is not None and sum(sign.isdecimal() for sign in cell) != 15:
        left = iter(cell.upper())
        assert all(sign in left for sign in parts.text if sign != HIDDEN)
