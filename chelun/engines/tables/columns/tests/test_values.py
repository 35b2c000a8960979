"""Cells as clerks fill them: each becomes a value, nothing, or a fault that says what to do."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.tables.columns.asides import scrub_name
from chelun.engines.tables.columns.blanks import is_blank, is_formula_error
from chelun.engines.tables.columns.dates import LONG_TERM, clean_date, clean_month, clean_period, clean_until
from chelun.engines.tables.columns.faults import FAULTS, Fault
from chelun.engines.tables.columns.fields import FieldSpec
from chelun.engines.tables.columns.forbidden import content_kind, scrub
from chelun.engines.tables.columns.kinds import label
from chelun.engines.tables.columns.numerals import chinese_number
from chelun.engines.tables.columns.values import (
    UNITS,
    choice_cleaner,
    clean_number,
    clean_sex,
    clean_text,
    clean_yes_no,
)

MAY_DAY = date(2023, 5, 1)


def code(result: object) -> str:
    """The code of a fault."""
    assert isinstance(result, Fault), result
    assert set(FAULTS) >= {result.code}
    return result.code


def message(result: object) -> str:
    """The sentence of a fault."""
    assert isinstance(result, Fault), result
    return result.message


@pytest.mark.parametrize(
    "text",
    [
        "2023-5-1",
        "2023-05-01",
        "2023.5.1",
        "2023.05.01",
        "2023/5/1",
        "20230501",
        "2023年5月1日",
        "2023年05月01号",
        "二〇二三年五月一日",
        "二○二三年五月一日",
        "二零二三年五月一日",
        "45047",
        "45047.0",
        "45047.75",
        "２０２３－５－１",
        "2023 年 5 月 1 日",
        " 2023-5-1 ",
        "2023-05-01 00:00:00",
        "2023-05-01T08:30:00",
        "2023/5/1 0:00",
        "2023. 5. 1",
        "2023、5、1",
        "2023。5。1",
        "2023\\5\\1",
        "2023-05-01\u200b",
        "1-May-2023",
        "May 1, 2023",
        "1 May 2023",
        "2023 5 1",
        "2023年5月1",
        "2023--5--1",
    ],
)
def test_date_is_read_in_every_writing(text: str) -> None:
    assert clean_date(text) == MAY_DAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二〇一九年十二月三十一日", date(2019, 12, 31)),
        ("二〇二〇年十月廿一日", date(2020, 10, 21)),
        ("二〇二〇年元月二十日", date(2020, 1, 20)),
        ("13/5/2023", date(2023, 5, 13)),
        ("5/13/2023", date(2023, 5, 13)),
        ("5/5/2023", date(2023, 5, 5)),
        ("1985-12-31", date(1985, 12, 31)),
        ("29221", date(1980, 1, 1)),
        ("2024-2-29", date(2024, 2, 29)),
    ],
)
def test_date_is_read_where_it_is_clear(text: str, expected: date) -> None:
    assert clean_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23-5-1", "date.two_digit_year"),
        ("23.5.1", "date.two_digit_year"),
        ("85年3月4日", "date.two_digit_year"),
        ("230501", "date.two_digit_year"),
        ("1-May-23", "date.two_digit_year"),
        ("二三年五月一日", "date.two_digit_year"),
        ("2023-2-30", "date.impossible"),
        ("2023-13-1", "date.impossible"),
        ("20230231", "date.impossible"),
        ("2023-0-1", "date.impossible"),
        ("2023年5月", "date.incomplete"),
        ("2023/5", "date.incomplete"),
        ("2023.5", "date.incomplete"),
        ("202305", "date.incomplete"),
        ("2023", "date.incomplete"),
        ("2023年", "date.incomplete"),
        ("二〇二三年", "date.incomplete"),
        ("1823年", "date.range"),
        ("4/5/2023", "date.order"),
        ("1823-5-1", "date.range"),
        ("3023-5-1", "date.range"),
        ("99999999", "date.range"),
        ("12", "date.serial"),
        ("123456789", "date.serial"),
        ("长期", "date.long_term"),
        ("去年五月", "date.form"),
        ("民国九十二年五月一日", "date.form"),
        ("张三", "date.form"),
        ("五月一日", "date.form"),
        ("农历2023年五月初一", "date.form"),
        ("=A1", "date.form"),
        ("31/31/2023", "date.impossible"),
    ],
)
def test_date_is_refused_with_a_reason(text: str, expected: str) -> None:
    assert code(clean_date(text)) == expected


@pytest.mark.parametrize(
    "text", ["", "  ", "无", "—", "-", "/", "N/A", "不详", "未知", "暂无", "\u200b", "null"]
)
def test_blank_cell_has_no_value(text: str) -> None:
    assert is_blank(text)
    assert clean_date(text) is None
    assert clean_sex(text) is None
    assert clean_number(text) is None
    assert clean_text(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年5月", (2023, (5,))),
        ("2023/5", (2023, (5,))),
        ("1985.03", (1985, (3,))),
        ("2023.1", (2023, (1, 10))),
        ("2023.10", (2023, (10,))),
        ("2023.01", (2023, (1,))),
        ("198503", (1985, (3,))),
        ("２０２３年５月", (2023, (5,))),
        ("二〇二三年五月", (2023, (5,))),
        ("二○二三年元月", (2023, (1,))),
        ("二〇二三年", (2023, ())),
        ("2023年", (2023, ())),
        ("2023", (2023, ())),
        ("2023年份", (2023, ())),
        ("2023/13", None),
        ("202313", None),
        ("1823年", None),
        ("85年3月", None),
        ("2023-05-01", None),
        ("二〇二三年五月六日", None),
        ("45047", None),
        ("去年五月", None),
        ("", None),
    ],
)
def test_month_without_a_day_is_read_as_what_it_may_mean(
    text: str, expected: tuple[int, tuple[int, ...]] | None
) -> None:
    assert clean_month(text) == expected
    if expected:
        assert code(clean_date(text)) == "date.incomplete"


def test_expiry_may_be_long_term() -> None:
    assert clean_until("长期") == LONG_TERM
    assert clean_until("長期") == LONG_TERM
    assert clean_until("2023-05-01") == MAY_DAY
    assert clean_until("") is None


@pytest.mark.parametrize(
    "text",
    [
        "2023-05-01至2029-05-01",
        "2023.5.1-2029.5.1",
        "2023年5月1日到2029年5月1日",
        "2023/5/1 - 2029/5/1",
        "2023-05-01~2029-05-01",
        "2023.05.01—2029.05.01",
    ],
)
def test_period_has_two_ends(text: str) -> None:
    assert clean_period(text) == (MAY_DAY, date(2029, 5, 1))


def test_period_is_checked() -> None:
    assert clean_period("2023-05-01至长期") == (MAY_DAY, LONG_TERM)
    assert clean_period("") is None
    assert code(clean_period("2023-05-01")) == "period.form"
    assert code(clean_period("至2023-05-01")) == "period.form"
    assert code(clean_period("2029-05-01至2023-05-01")) == "period.order"
    assert code(clean_period("2023-5-1至2023-2-30")) == "date.impossible"
    assert code(clean_period("2023-2-30至2023-5-1")) == "date.impossible"


@given(st.dates(date(1910, 1, 1), date(2170, 1, 1)))
def test_date_survives_every_writing(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    digits = "".join("〇一二三四五六七八九"[int(figure)] for figure in str(day.year))
    writings = (
        f"{day:%Y-%m-%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
    )
    assert {clean_date(text) for text in writings} == {day}
    assert serial < 10000 or clean_date(str(serial)) == day
    assert clean_date(f"{digits}年一月一日") == date(day.year, 1, 1)


@given(st.text(max_size=30))
def test_cleaners_never_fail_and_never_repeat_the_cell(text: str) -> None:
    for result in (
        clean_date(text),
        clean_until(text),
        clean_period(text),
        clean_sex(text),
        clean_yes_no(text),
        clean_number(text, unit="吨"),
        clean_text(text, limit=5),
    ):
        if isinstance(result, Fault):
            assert not result.params or set(result.params) <= {"unit", "limit", "low", "high"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("男", "male"),
        (" 女 ", "female"),
        ("1", "male"),
        ("2", "female"),
        ("Ｍ", "male"),
        ("Female", "female"),
        ("男性", "male"),
        ("9", None),
    ],
)
def test_sex_is_read(text: str, expected: str | None) -> None:
    assert clean_sex(text) == expected


def test_sex_is_refused() -> None:
    assert code(clean_sex("3")) == "sex.form"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("是", True),
        ("√", True),
        ("有", True),
        ("Y", True),
        ("1", True),
        ("否", False),
        ("无", False),
        ("×", False),
        ("0", False),
        ("", None),
        ("—", None),
    ],
)
def test_yes_no_is_read(text: str, expected: bool | None) -> None:
    assert clean_yes_no(text) is expected
    assert code(clean_yes_no("大概")) == "yes_no.form"


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("4.5", "吨", "4.5"),
        ("4.5吨", "吨", "4.5"),
        ("4.5 T", "吨", "4.5"),
        ("4500kg", "吨", "4.5"),
        ("4500公斤", "吨", "4.5"),
        ("４．５噸", "吨", "4.5"),
        ("1,200", "", "1200"),
        ("三十五", "", "35"),
        ("三十五人", "人", "35"),
        ("1.2万元", "元", "12000"),
        ("-3", "", "-3"),
        (".5", "", "0.5"),
        ("12m2", "平方米", "12"),
        ("两百零五", "", "205"),
        ("30㎡", "平方米", "30"),
    ],
)
def test_number_is_read_in_its_unit(text: str, unit: str, expected: str) -> None:
    assert clean_number(text, unit=unit) == Decimal(expected)


def test_number_is_refused_with_a_reason() -> None:
    assert code(clean_number("4.5米", unit="吨")) == "number.unit"
    assert code(clean_number("约5")) == "number.form"
    assert code(clean_number("5吨左右", unit="吨")) == "number.unit"
    assert code(clean_number("5.10E+17")) == "number.scientific"
    assert code(clean_number("2.5", whole=True)) == "number.whole"
    assert code(clean_number("200", low=0, high=120)) == "number.range"
    assert "0 至 120" in message(clean_number("200", low=0, high=120))
    with pytest.raises(KeyError):
        clean_number("5x", unit="斗")


def test_units_convert_into_themselves() -> None:
    assert all(spellings[unit] == 1 for unit, spellings in UNITS.items())


def test_text_is_one_clean_line() -> None:
    assert clean_text(" 夜班\u200b，\n  周末  休息\t好 ") == "夜班,；周末 休息 好"
    assert code(clean_text("长" * 201)) == "text.long"
    assert clean_text("长" * 200) == "长" * 200


WORK = FieldSpec(
    "work",
    "工种",
    "choice",
    choices={
        "truck": ("货车司机", "货车", "货运"),
        "ride": ("网约车", "网约车司机"),
        "taxi": ("出租车", "出租", "的士"),
        "run": ("营运",),
    },
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("货车", "truck"),
        ("truck", "truck"),
        ("貨車司機", "truck"),
        ("货车司机（重型）", "truck"),
        ("重型货车驾驶员", "truck"),
        (" 网 约 车 ", "ride"),
        ("出租汽车/的士", "taxi"),
        ("", None),
        ("无", None),
    ],
)
def test_choice_is_found_by_its_words(text: str, expected: str | None) -> None:
    assert choice_cleaner(WORK)(text) == expected


def test_choice_is_refused_with_the_list() -> None:
    clean = choice_cleaner(WORK)
    assert code(clean("飞行员")) == "choice.form"
    assert code(clean("货车、网约车")) == "choice.several"
    assert code(clean("非营运")) == "choice.form"
    assert "货车司机、网约车、出租车、营运" in message(clean("飞行员"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二十三", 23),
        ("二〇二三", 2023),
        ("一百零五", 105),
        ("三万五千", 35000),
        ("十", 10),
        ("廿一", 21),
        ("卅", 30),
        ("壹佰", 100),
        ("", None),
        ("张三", None),
        ("一亿", 100_000_000),
    ],
)
def test_chinese_numbers_are_counted(text: str, expected: int | None) -> None:
    assert chinese_number(text) == expected


def test_formula_errors_are_known() -> None:
    assert is_formula_error("#N/A")
    assert is_formula_error("#REF!")
    assert not is_formula_error("#12")
    assert not is_formula_error("")


@pytest.mark.parametrize("unit", ["1", " ", "（", "a ", "至", "党", "-", "·", "，", "族", "1.", "\n "])
def test_cleaners_stand_hostile_cells(unit: str) -> None:
    cell = unit * (32_000 // len(unit)) + "x\n"
    started = time.process_time()
    (
        clean_date(cell),
        clean_until(cell),
        clean_period(cell),
        clean_number(cell, unit="吨"),
        clean_text(cell),
        clean_sex(cell),
    )
    choice_cleaner(WORK)(cell), scrub(cell), scrub_name(cell), content_kind([cell]), label(cell)
    assert time.process_time() - started < 1.0
