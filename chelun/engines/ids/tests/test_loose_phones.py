"""What damaged and masked telephone numbers still say, beside what the strict reader makes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.ids import HIDDEN, Phone, phone_parts, phones_agree, read_phone

MOBILE = "13800000017"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (MOBILE, [(MOBILE, True)]),
        (13800000017, [(MOBILE, True)]),
        (13800000017.0, [(MOBILE, True)]),
        ("+86 138 0000 0017", [(MOBILE, True)]),
        ("0086-13800000017", [(MOBILE, True)]),
        ("(+86)13800000017", [(MOBILE, True)]),
        ("手机：138-0000-0017（本人）", [(MOBILE, True)]),
        ("138****0017", [("138????0017", False)]),
        ("138**0017", [("138????0017", False)]),
        ("138XXXX0017", [("138????0017", False)]),
        ("+86138****0017", [("138????0017", False)]),
        ("*******0017", [("???????0017", False)]),
        ("1380000001", [("1380000001", False)]),
        ("138000000177", [("138000000177", False)]),
        ("12800000017", [("12800000017", False)]),
        ("1.380000017E+10", [("138000001??", False)]),
        ("13800000017、13800000025", [(MOBILE, True), ("13800000025", True)]),
        ("13800000017 / 138****0025", [(MOBILE, True), ("138????0025", False)]),
        ("1380000001713800000025", [(MOBILE, True), ("13800000025", True)]),
        ("13800000017,13800000017", [(MOBILE, True)]),
        ("0834-8222222", [("08348222222", True)]),
        ("8222222", [("8222222", False)]),
        ("0834-****222", [("0834????222", False)]),
        ("4008001234", [("4008001234", True)]),
    ],
)
def test_numbers_of_a_cell(cell: str | float, shown: list[tuple[str, bool]]) -> None:
    found = [(parts.text, parts.whole) for parts in phone_parts(cell)]
    assert found == shown


@pytest.mark.parametrize(
    "cell",
    [None, "", "无", "/", "****", "138****", "同上", "王伟", "12345", "1.38E+10", "1" * 14, float("nan")],
)
def test_too_little_says_nothing(cell: str | float | None) -> None:
    assert phone_parts(cell) == ()


def test_line_and_extension_of_a_fixed_number() -> None:
    (whole,) = phone_parts("0834-8222222-801")
    assert (whole.text, whole.line, whole.extension) == ("08348222222", "8222222", "801")
    (local,) = phone_parts("8222222转801")
    assert local.line == whole.line
    assert phone_parts(MOBILE)[0].line == ""


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (MOBILE, "+86 138 0000 0017", True),
        (MOBILE, "138****0017", True),
        (MOBILE, "138****0018", False),
        (MOBILE, "138******17", False),
        ("0834-8222222", "8222222", True),
        ("0834-8222222", "8222222转801", True),
        ("0834-8222222", "0835-8222222", False),
        (MOBILE, "13800000018", False),
    ],
)
def test_numbers_may_be_one(one: str, other: str, agree: bool) -> None:
    (left,), (right,) = phone_parts(one), phone_parts(other)
    assert phones_agree(left, right) is phones_agree(right, left) is agree


def test_text_form_tells_nothing() -> None:
    assert repr(phone_parts(MOBILE)) == "(PhoneParts(whole=True),)"


@given(st.text("0123456789*-+ 转x/、", max_size=24))
def test_whatever_the_strict_reader_takes_is_whole_and_nothing_is_filled_in(cell: str) -> None:
    found = phone_parts(cell)
    strict = read_phone(cell)
    if isinstance(strict, Phone):
        assert [(parts.text, parts.whole, parts.extension) for parts in found] == [
            (strict.value.replace("-", ""), True, strict.extension)
        ]
    for parts in found:
        left = iter(cell)
        assert all(sign in left for sign in parts.text if sign != HIDDEN) or len(found) > 1
