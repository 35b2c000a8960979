"""What damaged and masked plates still say, beside what the strict reader makes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.ids import HIDDEN, Plate, colours_differ, plate_parts, plates_agree, read_plate


@pytest.mark.parametrize(
    ("cell", "colour", "shown"),
    [
        ("川W12345", None, [("川W12345", True, None)]),
        ("川W·12345", "黄", [("川W12345", True, 2)]),
        ("川w12345黄牌", None, [("川W12345", True, 2)]),
        ("W12345", None, [("?W12345", False, None)]),
        ("W12345(蓝)", None, [("?W12345", False, 1)]),
        ("W12345", "蓝", [("?W12345", False, 1)]),
        ("传W12345", None, [("?W12345", False, None)]),
        ("WD12345", None, [("?WD12345", False, None)]),
        ("川W1O34I", None, [("川W10341", False, None)]),
        ("川W***45", None, [("川W???45", False, None)]),
        ("川W*45", None, [("川W???45", False, None)]),
        ("川W●12345", None, [("川W12345", True, None)]),
        ("*W12345", None, [("?W12345", False, None)]),
        ("川W1234", None, [("川W1234", False, None)]),
        ("川W1X3456789", None, []),
        ("W123X", None, [("?W123X", False, None)]),
        ("W1234挂", None, [("?W1234挂", False, None)]),
        ("川W12345/川W1234挂", None, [("川W12345", True, None), ("川W1234挂", True, None)]),
        ("川W12345 川W12346", None, [("川W12345", True, None), ("川W12346", True, None)]),
        ("川W12345、W12346", "黄", [("川W12345", True, None), ("?W12346", False, None)]),
        ("川W12345(黄)", "蓝", [("川W12345", False, None)]),
    ],
)
def test_plates_of_a_cell(cell: str, colour: str | None, shown: list[tuple[str, bool, int | None]]) -> None:
    found = [(parts.text, parts.whole, parts.colour) for parts in plate_parts(cell, colour)]
    assert found == shown


@pytest.mark.parametrize("cell", [None, "", "无", "川", "川W***", "黄牌", "王伟", "***", 1.5])
def test_too_little_says_nothing(cell: str | float | None) -> None:
    assert plate_parts(cell) == ()


def test_colours_differ_only_if_both_are_known() -> None:
    assert colours_differ(1, 2)
    assert not any((colours_differ(1, 1), colours_differ(1, None), colours_differ(None, None)))


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("川W12345", "W12345", True),
        ("川W12345黄", "川W12345", True),
        ("川W12345黄", "川W12345蓝", False),
        ("川W12345", "陕W12345", False),
        ("川W12345", "川W***45", False),
        ("川W12345", "川W1**45", True),
        ("川W12345", "川WD12345", False),
    ],
)
def test_plates_may_be_one(one: str, other: str, agree: bool) -> None:
    (left,), (right,) = plate_parts(one), plate_parts(other)
    assert plates_agree(left, right) is plates_agree(right, left) is agree


def test_text_form_hides_the_number() -> None:
    assert "12345" not in repr(plate_parts("川W12345"))


@given(st.text("川粤WAD1234IO*挂黄 /·", max_size=12))
def test_whatever_the_strict_reader_takes_is_whole_and_nothing_is_filled_in(cell: str) -> None:
    found = plate_parts(cell)
    strict = read_plate(cell)
    if isinstance(strict, Plate):
        assert [(parts.text, parts.whole, parts.colour) for parts in found] == [
            (strict.number, True, strict.colour)
        ]
    for parts in found:
        left = iter(cell.replace("I", "1").replace("O", "0").replace(" ", ""))
        letters = [sign for sign in parts.text[2:] if sign != HIDDEN]
        assert all(sign in left for sign in letters)
        assert not parts.whole or isinstance(read_plate(parts.text), Plate)
