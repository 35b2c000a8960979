"""Identity card numbers: the standard's sample, every kind of refusal, and what no change may slip past."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.faults import Fault
from chelun.engines.ids.areas import build_area_history
from chelun.engines.ids.cells import CellValue
from chelun.engines.ids.idcard import (
    IdNumber,
    check_character,
    looks_like_id_number,
    make_id_number,
    read_id_number,
)

TODAY = date(2026, 11, 21)
SAMPLE = "11010519491231002X"  # the example printed in GB 11643
AREAS = build_area_history(
    ["110000", "110105", "510100", "511725"],
    [
        (1999, "513030", "511725"),
        (1983, "512998", None),
        (2003, "460003", "469003"),
        (2015, "469003", "460400"),
    ],
)


def read(text: CellValue, *, known: bool = False, demo: bool = True, today: date = TODAY) -> IdNumber | Fault:
    return read_id_number(text, today=today, areas=AREAS if known else None, demo_areas=demo)


def number(text: CellValue, known: bool = False, demo: bool = True) -> IdNumber:
    result = read(text, known=known, demo=demo)
    assert isinstance(result, IdNumber)
    return result


def code(text: CellValue, known: bool = False, demo: bool = True) -> str:
    result = read(text, known=known, demo=demo)
    assert isinstance(result, Fault)
    return result.code


births = st.dates(date(1910, 1, 1), TODAY)
numbers = st.builds(make_id_number, st.sampled_from(["511799", "610999"]), births, st.integers(0, 999))


def test_sample_of_the_standard_is_read() -> None:
    assert number(SAMPLE) == IdNumber(SAMPLE, date(1949, 12, 31), "F", "110105", False)


def test_old_number_is_lengthened() -> None:
    assert number("110105491231002") == IdNumber(SAMPLE, date(1949, 12, 31), "F", "110105", True)
    assert number(110105491231002.0).value == SAMPLE


@pytest.mark.parametrize(
    "text",
    [
        "１１０１０５１９４９１２３１００２Ｘ",
        " 11010519491231002x ",
        "'11010519491231002X",
        "’11010519491231002X",
        "110105 19491231 002X",
        "\ufeff110105\u200b19491231\xa0002\u2009X\u202c\n",
        '="11010519491231002X"',
        "身份证号：11010519491231002X",
    ],
)
def test_number_is_read_from_an_ugly_cell(text: str) -> None:
    assert number(text).value == SAMPLE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "id.empty"),
        ("\u200b '", "id.empty"),
        (None, "id.empty"),
        ("5.10E+17", "id.scientific"),
        ("5.10123E17", "id.scientific"),
        (5.10123199001011e17, "id.scientific"),
        (510123199001010000, "id.scientific"),
        ("510123199001011000", "id.scientific"),
        ("1101051949123100", "id.length"),
        ("110105194912310020X", "id.length"),
        ("11010519491231OO2X", "id.letter_for_digit"),
        ("l10105l9491231002X", "id.letter_for_digit"),
        ("1101051949123A002X", "id.bad_character"),
        ("11010519491231002×", "id.bad_character"),
        ("无", "id.empty"),
        ("/", "id.empty"),
        ("没带", "id.bad_character"),
        ("110105********002X", "id.masked"),
        ("110105××××××××002X", "id.masked"),
        ("110105XXXXXXXX002X", "id.masked"),
        ("11010519491231020X", "id.check_swapped"),
        ("110105194912310020", "id.check_one_digit"),
        ("110105194913990021", "id.check_digit"),
        ("990105194912310020", "id.check_digit"),
    ],
)
def test_number_is_refused_with_its_reason(text: CellValue, expected: str) -> None:
    assert code(text) == expected


@pytest.mark.parametrize(
    ("first17", "expected"),
    [
        ("11010519491331002", "id.birth_impossible"),
        ("11010519490229002", "id.birth_impossible"),
        ("11010500000101002", "id.birth_impossible"),
        ("11010520261122002", "id.birth_future"),
        ("11010519051231002", "id.birth_too_old"),
        ("99010519491231002", "id.province_unknown"),
    ],
)
def test_number_with_a_right_check_digit_is_refused_for_its_content(first17: str, expected: str) -> None:
    assert code(first17 + check_character(first17)) == expected


def test_number_of_today_is_not_in_the_future() -> None:
    assert number(make_id_number("511799", TODAY, 1)).birth == TODAY


def test_area_may_have_come_into_use_after_birth() -> None:
    assert number(make_id_number("511725", date(1960, 5, 1), 1), known=True).area == "511725"


def test_area_counts_from_1984_for_older_people() -> None:
    assert code(make_id_number("512998", date(1960, 5, 1), 11), known=True) == "id.area_out_of_use"
    assert number(make_id_number("513030", date(1999, 5, 1), 1), known=True).area == "513030"
    assert code(make_id_number("513030", date(2000, 5, 1), 1), known=True) == "id.area_out_of_use"
    assert code(make_id_number("110150", date(1990, 5, 1), 1), known=True) == "id.area_unknown"


def test_area_fault_names_the_year_it_was_checked_from() -> None:
    result = read(make_id_number("460003", date(2010, 5, 1), 1), known=True)
    assert isinstance(result, Fault)
    assert "2010 年" in result.text


def test_residence_permits_have_no_county() -> None:
    assert number(make_id_number("830000", date(1990, 5, 1), 1), known=True).area == "830000"


def test_demo_area_is_refused_in_earnest() -> None:
    assert code(make_id_number("511799", date(1990, 5, 1), 1), demo=False) == "id.demo_area"
    assert number(make_id_number("511799", date(1990, 5, 1), 1), known=True, demo=True).sex == "M"


def test_number_does_not_show_itself() -> None:
    assert "1949" not in repr(number(SAMPLE))


def test_sequence_beyond_three_digits_is_an_error() -> None:
    with pytest.raises(ValueError, match="sequence"):
        make_id_number("511799", TODAY, 1000)


def test_looks_like_id_number_needs_check_digit_and_date() -> None:
    assert looks_like_id_number(SAMPLE)
    assert not looks_like_id_number("110105194912310021")
    assert not looks_like_id_number("11010519491331002" + check_character("11010519491331002"))
    assert not looks_like_id_number("110105491231002")


@given(numbers)
def test_made_number_is_read_back(value: str) -> None:
    assert number(value).value == value


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_single_change_is_always_caught(value: str, place: int, char: str) -> None:
    changed = value[:place] + char + value[place + 1 :]
    result = read(changed)
    assert changed == value or isinstance(result, Fault)


@given(numbers, st.integers(0, 15))
def test_swap_of_neighbours_is_always_caught_and_named(value: str, place: int) -> None:
    changed = value[:place] + value[place + 1] + value[place] + value[place + 2 :]
    result = read(changed)
    if changed != value:
        assert isinstance(result, Fault)
        assert result.code in {"id.check_swapped", "id.scientific"}


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_fault_never_shows_the_number(value: str, place: int, char: str) -> None:
    result = read(value[:place] + char + value[place + 1 :])
    if isinstance(result, Fault):
        assert not any(value[at : at + 4] in result.text for at in range(15))


@given(
    st.one_of(st.none(), st.text(max_size=40), st.integers(), st.floats(allow_nan=True, allow_infinity=True))
)
def test_anything_gets_an_answer(text: CellValue) -> None:
    assert isinstance(read(text), IdNumber | Fault)


@given(births, st.integers(0, 999))
def test_sex_follows_the_sequence(birth: date, sequence: int) -> None:
    assert number(make_id_number("511799", birth, sequence)).sex == ("M" if sequence % 2 else "F")


def test_birth_a_day_after_today_is_refused() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert code(make_id_number("511799", tomorrow, 1)) == "id.birth_future"
