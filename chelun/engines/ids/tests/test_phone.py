"""Telephone numbers: what is read, what is refused and how, several in a cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.faults import Fault
from chelun.engines.ids.cells import CellValue
from chelun.engines.ids.phone import Phone, read_phone, split_phones

MOBILE = "13800000001"


@pytest.mark.parametrize(
    "text",
    [
        MOBILE,
        "138 0000 0001",
        "138-0000-0001",
        "+86 138 0000 0001",
        "+86-13800000001",
        "8613800000001",
        "008613800000001",
        "(+86)13800000001",
        "１３８００００　０００１",
        "'13800000001",
        "013800000001",
        "手机：13800000001",
        "13800000001（本人）",
        "\u200b13800000001\n",
        13800000001,
        13800000001.0,
    ],
)
def test_mobile_is_read_from_an_ugly_cell(text: CellValue) -> None:
    assert read_phone(text) == Phone(MOBILE, "mobile")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0834-8222222", Phone("0834-8222222", "fixed")),
        ("（0834）8222222", Phone("0834-8222222", "fixed")),
        ("0834 8222222", Phone("0834-8222222", "fixed")),
        ("010-82222222", Phone("010-82222222", "fixed")),
        ("0834-8222222-123", Phone("0834-8222222", "fixed", "123")),
        ("0834-8222222转8", Phone("0834-8222222", "fixed", "8")),
        ("400-812-3456", Phone("4008123456", "service")),
    ],
)
def test_other_number_is_read(text: str, expected: Phone) -> None:
    assert read_phone(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "params"),
    [
        ("", "phone.empty", {}),
        (None, "phone.empty", {}),
        ("（无）", "phone.empty", {}),
        ("1.38E+10", "phone.scientific", {}),
        ("138****0001", "phone.masked", {}),
        ("1380000000a", "phone.bad_character", {}),
        ("无", "phone.empty", {}),
        ("家里", "phone.bad_character", {}),
        ("138000000", "phone.too_short", {"missing": 2}),
        ("1380000000111", "phone.too_long", {"extra": 2}),
        ("12800000001", "phone.bad_start", {}),
        ("8222222", "phone.no_area_code", {}),
        ("08348222", "phone.area_code", {}),
        ("1380000000113900000001", "phone.several", {}),
    ],
)
def test_number_is_refused_with_its_reason(text: CellValue, expected: str, params: dict[str, int]) -> None:
    result = read_phone(text)
    assert isinstance(result, Fault)
    assert (result.code, dict(result.params)) == (expected, params)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13800000001、13900000001", ["13800000001", "13900000001"]),
        ("13800000001/13900000001", ["13800000001", "13900000001"]),
        ("13800000001，0834-8222222", ["13800000001", "0834-8222222"]),
        ("13800000001;13900000001\n13700000001", ["13800000001", "13900000001", "13700000001"]),
        ("13800000001 13900000001", ["13800000001", "13900000001"]),
        ("138 0000 0001 139 0000 0001", ["138 0000 0001", "139 0000 0001"]),
        ("138 0000 0001", ["138 0000 0001"]),
        ("0834 8222222 13800000001", ["0834 8222222", "13800000001"]),
        ("13800000001 13800000001", ["13800000001"]),
        ("老王 13800000001", ["老王", "13800000001"]),
        ("13800000001 1390000", ["13800000001", "1390000"]),
        ("", []),
        (" 、 ", []),
        (None, []),
        (13800000001.0, ["13800000001"]),
    ],
)
def test_cell_is_split_into_numbers(text: CellValue, expected: list[str]) -> None:
    assert split_phones(text) == expected


def test_long_cell_is_split_quickly() -> None:
    assert len(split_phones("1 " * 16000)) < 16000


def test_number_does_not_show_itself() -> None:
    assert MOBILE not in repr(read_phone(MOBILE))


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["{}", "+86{}", "86 {}", " {} ", "{},"])
)
def test_every_mobile_is_read(number: str, form: str) -> None:
    assert [read_phone(part) for part in split_phones(form.format(number))] == [Phone(number, "mobile")]


@given(st.one_of(st.none(), st.text(max_size=40), st.integers(), st.floats()))
def test_anything_gets_an_answer(text: CellValue) -> None:
    assert isinstance(read_phone(text), Phone | Fault)
    assert all(isinstance(read_phone(part), Phone | Fault) for part in split_phones(text))
