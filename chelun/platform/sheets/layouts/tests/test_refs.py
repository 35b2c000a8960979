"""References move as a spreadsheet program moves them when rows come in; texts, other sheets and names stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.platform.sheets.layouts.refs import Growth, cell_at, column_of, copied, letters_of

GROWTH = Growth(4, 13, 30)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(H4:H13)", "SUM(H4:H33)"),
        ("SUM($H$4:$H$13)+A1", "SUM($H$4:$H$33)+A1"),
        ("SUM(H3:H14)", "SUM(H3:H34)"),
        ("SUM(H4:H12)", "SUM(H4:H12)"),
        ("H14*2", "H34*2"),
        ('IF(A14="H14",H14,LOG10(3))', 'IF(A34="H14",H34,LOG10(3))'),
        ("Other!H14+名册!H14+'名册'!H14", "Other!H14+名册!H34+'名册'!H34"),
        ("SUM(H:H)+ROW()-3", "SUM(H:H)+ROW()-3"),
        ("COUNTIF(B4:B13,\"A14\")", "COUNTIF(B4:B33,\"A14\")"),
        ("rate_A14+A14B", "rate_A14+A14B"),
    ],
)  # fmt: skip
def test_formula_on_the_sheet_moves(before: str, after: str) -> None:
    assert GROWTH.formula(before, "名册", here=True) == after


def test_formula_elsewhere_moves_only_what_names_the_sheet() -> None:
    assert GROWTH.formula("H14+'名册'!H14+名册!B4:B13", "名册", here=False) == "H14+'名册'!H34+名册!B4:B33"
    assert GROWTH.formula("'县 名册'!H14", "县 名册", here=False) == "'县 名册'!H34"
    assert GROWTH.formula("'县 名册'!H14", "名册", here=False) == "'县 名册'!H14"


def test_formula_goes_with_its_row() -> None:
    assert copied('H4+$I4+J$4+"H4"', 0, 3) == 'H7+$I7+J$4+"H4"'
    assert copied("SUM(H4:K4)", 1, 0) == "SUM(I4:L4)"
    assert copied("A1", -1, 0) == "#REF!"


def test_table_of_one_row_carries_its_range_along() -> None:
    assert Growth(4, 4, 5).formula("SUM(H4:H4)", "s", here=True) == "SUM(H4:H8)"
    assert Growth(4, 4, 5).spans("H4 A6") == "H4:H8 A10"


@given(st.integers(0, 16_383), st.integers(1, 1_048_576))
def test_letters_of_a_column_are_read_again(column: int, row: int) -> None:
    assert column_of(letters_of(column)) == column
    assert cell_at(f"${letters_of(column)}{row}") == (column, row)


@given(st.integers(1, 50), st.integers(0, 50), st.integers(1, 200), st.integers(1, 200), st.integers(0, 100))
def test_what_stands_outside_the_table_keeps_its_order(
    first: int, more: int, count: int, row: int, far: int
) -> None:
    growth = Growth(first, first + more, max(count, more + 1))
    outside = [each for each in range(1, row + far + 1) if not first <= each <= first + more]
    moved = [growth.row(each) for each in outside]
    assert moved == sorted(set(moved))
    assert not any(first <= each < first + growth.count for each in moved)
