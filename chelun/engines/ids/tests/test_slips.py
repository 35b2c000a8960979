"""Numbers one slip apart, and numbers of which both show the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.ids import HIDDEN, agree_where_shown, deletion_keys, one_slip


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("12345", "12345", False),
        ("12345", "12945", True),
        ("12345", "12435", True),
        ("12345", "21345", True),
        ("12345", "1235", True),
        ("12345", "2345", True),
        ("12345", "123455", True),
        ("12345", "14325", False),
        ("12345", "12354 ", False),
        ("12345", "99345", False),
        ("12345", "123", False),
        ("12345", "1299", False),
        ("1234?", "1934?", True),
        ("1234?", "12345", False),
        ("1234?", "19349", True),
        ("1?34", "134", False),
        ("", "", False),
        ("1", "", True),
    ],
)
def test_one_slip(one: str, other: str, slip: bool) -> None:
    assert one_slip(one, other) is one_slip(other, one) is slip


@pytest.mark.parametrize(
    ("one", "other", "fewest", "agrees"),
    [
        ("1234??", "12345?", 4, True),
        ("1234??", "12345?", 5, False),
        ("1234??", "1294??", 1, False),
        ("1234??", "12345", 1, False),
        ("??34", "12??", 0, False),
        ("????", "????", 0, False),
        ("1234", "1234", 4, True),
    ],
)
def test_agree_where_both_show(one: str, other: str, fewest: int, agrees: bool) -> None:
    assert agree_where_shown(one, other, fewest=fewest) is agrees
    assert agree_where_shown(other, one, fewest=fewest) is agrees


DIGITS = st.text("0123X", min_size=1, max_size=8)


@given(DIGITS, st.integers(0, 7), st.sampled_from("0123456789"))
def test_every_slip_is_one(number: str, place: int, digit: str) -> None:
    place %= len(number)
    wrong = number[:place] + digit + number[place + 1 :]
    more = number[:place] + digit + number[place:]
    swapped = number[:place] + number[place : place + 2][::-1] + number[place + 2 :]
    assert one_slip(number, wrong) == (number != wrong)
    assert one_slip(number, more)
    assert one_slip(number, swapped) == (number != swapped)
    assert all(deletion_keys(number) & deletion_keys(other) for other in (wrong, more, swapped))


@given(DIGITS, DIGITS)
def test_no_slip_is_missed_by_the_keys_and_order_does_not_count(one: str, other: str) -> None:
    assert one_slip(one, other) == one_slip(other, one)
    assert not one_slip(one, other) or deletion_keys(one) & deletion_keys(other)


@given(DIGITS, st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7)))
def test_what_is_hidden_never_counts_against(number: str, left: set[int], right: set[int]) -> None:
    one, other = (
        "".join(HIDDEN if place in hidden else sign for place, sign in enumerate(number))
        for hidden in (left, right)
    )
    both = len(set(range(len(number))) - left - right)
    assert agree_where_shown(one, other, fewest=1) == (both > 0)
    assert not one_slip(one, other)


def test_hidden_and_empty_numbers_have_no_keys() -> None:
    assert deletion_keys("12?4") == deletion_keys("") == frozenset()
    assert deletion_keys("121") == {"121", "21", "11", "12"}
