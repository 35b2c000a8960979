"""Plates: the forms of GA 36, the ways of writing them, colours, refusals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.faults import Fault
from chelun.engines.ids.cells import CellValue
from chelun.engines.ids.plate import (
    COLOURS,
    Plate,
    default_colour,
    read_colour,
    read_plate,
    with_default_colour,
)


def plate(text: CellValue, colour: CellValue = None) -> Plate:
    result = read_plate(text, colour)
    assert isinstance(result, Plate), result
    return result


def code(text: CellValue, colour: CellValue = None) -> str:
    result = read_plate(text, colour)
    assert isinstance(result, Fault)
    return result.code


@pytest.mark.parametrize(
    "text",
    [
        "川W12A45",
        "川W·12A45",
        "川W•12A45",
        "川W.12A45",
        "川Ｗ１２ａ４５",
        " 川 w 12a45 ",
        "川W-12A45",
        "川W\u200b12A45\u00a0",
    ],
)
def test_plate_is_read_from_an_ugly_cell(text: str) -> None:
    assert plate(text) == Plate("川W12A45")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("陕GD12345", "nev_small"),
        ("陕GF1234A", "nev_small_wrong"),
        ("陕GDA1234", "nev_small"),
        ("陕G12345D", "nev_large"),
        ("川W1234挂", "trailer"),
        ("川W1234学", "learner"),
        ("川W1234警", "police"),
        ("粤Z1234港", "border"),
        ("川W1234超", "oversize"),
        ("沪A0023领", "embassy"),
        ("使123456", "embassy"),
        ("川X1234应急", "emergency"),
        ("川1712345", "farm"),
        ("魯B12345", "standard"),
    ],
)
def test_kind_follows_the_form(text: str, kind: str) -> None:
    result = read_plate(text)
    assert (result.kind if isinstance(result, Plate) else "nev_small_wrong") == kind


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("川W12345(黄)", 2),
        ("川W12345（黃色）", 2),
        ("川W12345黄牌", 2),
        ("川W12345黄色", 2),
        ("川W·12345 蓝", 1),
        ("川W12345【蓝牌】", 1),
        ("川W1234挂黄", 2),
        ("川WD12345渐变绿", 94),
        ("川W12345D黄绿双拼", 93),
        ("川1712345农黄", 91),
        ("川W12345(备用)", None),
        ("川W12345", None),
    ],
)
def test_colour_in_the_same_cell_is_understood(text: str, colour: int | None) -> None:
    assert plate(text).colour == colour


@pytest.mark.parametrize(
    ("word", "colour"),
    [
        ("黄", 2),
        ("黄牌", 2),
        ("黄色车牌", 2),
        ("黄底黑字", 2),
        (2, 2),
        (2.0, 2),
        ("2", 2),
        ("绿", 5),
        ("渐变绿色", 94),
        ("其它", 9),
        ("農黃", 91),
    ],
)
def test_colour_word_is_read(word: CellValue, colour: int) -> None:
    assert read_colour(word) == colour


def test_colour_of_its_own_cell_joins_the_plate() -> None:
    assert plate("川W12345", "黄色").key == "川W12345/2"
    assert plate("川W12345黄", "黄色").colour_name == "黄"
    assert plate("川W12345").key == "川W12345/0"
    assert plate("川W12345").colour_name == ""


def test_colour_cell_that_says_nothing_is_no_colour() -> None:
    assert plate("川W12345", "无").colour is None


def test_very_long_colour_is_refused_quickly() -> None:
    assert code("川W12345", "色牌" * 5000 + "x") == "plate.colour_unknown"


def test_every_colour_name_is_read_back() -> None:
    assert {read_colour(name) for name in COLOURS.values()} == set(COLOURS)


@pytest.mark.parametrize(
    ("text", "colour", "expected"),
    [
        ("", None, "plate.empty"),
        (None, None, "plate.empty"),
        ("无", "蓝", "plate.empty"),
        ("川W12**5", None, "plate.masked"),
        ("W12345", None, "plate.no_province"),
        ("川W1234O", None, "plate.letter_io"),
        ("川WI2345", None, "plate.letter_io"),
        ("川W1234", None, "plate.length"),
        ("川W1234567", None, "plate.length"),
        ("川W12345、川W23456", None, "plate.several"),
        ("临时车牌", None, "plate.form"),
        ("川W12345", "粉", "plate.colour_unknown"),
        ("川W12345(黄)", "蓝", "plate.colour_conflict"),
    ],
)
def test_plate_is_refused_with_its_reason(text: CellValue, colour: CellValue, expected: str) -> None:
    assert code(text, colour) == expected


def test_default_colour_is_for_new_energy_only_and_marked() -> None:
    assert default_colour(plate("川W12345")) is None
    assert with_default_colour(plate("川W12345")) == Plate("川W12345")
    assert with_default_colour(plate("川WD12345")) == Plate(
        "川WD12345", 94, "nev_small", colour_inferred=True
    )
    assert with_default_colour(plate("川W12345D")).colour == 93
    assert with_default_colour(plate("川WD12345", "绿")) == Plate("川WD12345", 5, "nev_small")


@given(st.from_regex(r"[川陕浙鲁][A-HJ-NP-Z][A-HJ-NP-Z0-9]{5}", fullmatch=True), st.sampled_from("· .-"))
def test_separator_changes_nothing(number: str, sign: str) -> None:
    assert plate(f"{number[:2]}{sign}{number[2:]}".lower()).number == number


@given(st.one_of(st.none(), st.text(max_size=20), st.integers(), st.floats()), st.text(max_size=5))
def test_anything_gets_an_answer(text: CellValue, colour: str) -> None:
    assert isinstance(read_plate(text, colour), Plate | Fault)
