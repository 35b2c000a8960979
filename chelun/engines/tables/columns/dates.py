"""Days as clerks write them, as dates: never guessed. Whether a day may lie in the future is for the caller to say."""

import re
from datetime import date, timedelta
from typing import Final

from chelun.engines.tables.columns.blanks import is_blank
from chelun.engines.tables.columns.faults import Fault, fault
from chelun.engines.tables.columns.numerals import chinese_number
from chelun.engines.tables.columns.script import plain

#: What 长期 stands for in a date of expiry.
LONG_TERM: Final = date.max
#: Day 0 of Excel's serial numbers (1900 system, its false leap day counted, so right from 1900-03-01).
_EPOCH: Final = date(1899, 12, 30)
#: No day is written longer; longer cells are not searched.
LONGEST: Final = 40
FIRST_YEAR, LAST_YEAR = 1900, 2200

_SEPARATOR = r"\s*(?:[-./\\,、。]|--)\s*"
_TIME = r"(?:[T\s]\s*\d{1,2}[:时点]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?|分)?\s*Z?)?"
_USUAL = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_YMD = re.compile(
    rf"(\d{{2,4}})(?:{_SEPARATOR}|\s*年\s*|\s)(\d{{1,2}})(?:{_SEPARATOR}|\s*月\s*|\s)(\d{{1,2}})\s*[日号]?{_TIME}"
)
_YEAR_LAST = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}}){_TIME}")
_YEAR_MONTH = re.compile(rf"(\d{{2,4}})(?:(?P<mark>{_SEPARATOR})|\s*年\s*)(\d{{1,2}})\s*月?(?:份)?")
_YEAR = re.compile(r"(\d{4})\s*年?份?|([〇零○一二三四五六七八九]{4})年份?")
_NUMBER = re.compile(r"\d+(?:\.0*|\.\d+)?")
_CHINESE = re.compile(
    "([〇零○一二三四五六七八九]{2,4})年(元|[一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十廿卅]{1,3})[日号]?)?"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_ENGLISH = re.compile(r"(?:(\d{1,2})[\s-]+)?([a-z]{3})[a-z]*\.?[\s-]+(?:(\d{1,2}),?\s+)?(\d{2,4})")
_LONG_TERMS = frozenset(
    {
        "长期",
        "永久",
        "长期有效",
        "永久有效",
        "無期限",
        "无期限",
        "長期",
        "无固定期限",
        "long term",
        "longterm",
        "9999-12-31",
        "99991231",
    }
)
_BETWEEN = re.compile(r"\s*(?:至|到|—+|–|~+|～|\s-\s|--)\s*")


def clean_date(text: str) -> date | Fault | None:
    """The day that a cell names; None when it is empty; a fault when it is no day.

    Reads 2023-5-1, 2023.5.1, 2023/5/1 0:00:00, 20230501, 2023年5月1日, 二〇二三年五月一日, 1-May-2023 and the serial
    numbers of Excel (45047). Two-digit years are refused, and a year or a month alone, which `clean_month` reads.
    """
    usual = _USUAL.fullmatch(text)
    if usual:
        return _day(int(usual[1]), int(usual[2]), int(usual[3]))
    text = plain(text)
    if is_blank(text):
        return None
    if len(text) > LONGEST:
        return fault("date.form")
    if text in _LONG_TERMS:
        return fault("date.long_term")
    if _YEAR.fullmatch(text.replace("\u3007", "〇")):
        return fault("date.incomplete") if clean_month(text) else fault("date.range")
    return _digits(text) or _written(text) or fault("date.form")


def clean_month(text: str) -> tuple[int, tuple[int, ...]] | None:
    """The year, and the months that a cell without a day may mean: 1985.03 (1985, (3,)), 二〇二三年 (2023, ()). A program shortens
    1985.10 to 1985.1: (1985, (1, 10)). None for whatever is neither.
    """
    text = plain(text).replace("\u3007", "〇").replace(" ", "")
    year, months = _year_and_months(text)
    known = FIRST_YEAR <= year <= LAST_YEAR and all(1 <= month <= 12 for month in months)
    return (year, months) if known else None


def _year_and_months(text: str) -> tuple[int, tuple[int, ...]]:
    """(0, ()) where a text is neither a year nor a month of one."""
    if found := _YEAR.fullmatch(text):
        return int(found[1] or chinese_number(found[2]) or 0), ()
    if len(text) == 6 and text.isascii() and text.isdecimal():
        return int(text[:4]), (int(text[4:]),)
    if found := _YEAR_MONTH.fullmatch(text):
        shortened = found["mark"] == "." and found[3] == "1"
        return int(found[1]), (1, 10) if shortened else (int(found[3]),)
    found = _CHINESE.fullmatch(text)
    if found is None or found[3]:
        return 0, ()
    return chinese_number(found[1]) or 0, (1 if found[2] == "元" else chinese_number(found[2]) or 0,)


def clean_until(text: str) -> date | Fault | None:
    """A date of expiry: as `clean_date`, and 长期 is `LONG_TERM`."""
    return LONG_TERM if plain(text).casefold() in _LONG_TERMS else clean_date(text)


def clean_period(text: str) -> tuple[date, date] | Fault | None:
    """A term in one cell: 2020-01-01至2026-01-01, 2020.1.1-2026.1.1, 2020-01-01至长期. None when empty."""
    text = plain(text)
    if is_blank(text):
        return None
    if len(text) > 2 * LONGEST:
        return fault("period.form")
    parts = _BETWEEN.split(text)
    if len(parts) != 2 and text.count("-") == 1:
        parts = text.split("-")
    if len(parts) != 2:
        return fault("period.form")
    first, last = clean_date(parts[0]), clean_until(parts[1])
    if isinstance(first, Fault) or isinstance(last, Fault):
        return first if isinstance(first, Fault) else last if isinstance(last, Fault) else None
    if first is None or last is None:
        return fault("period.form")
    return (first, last) if first <= last else fault("period.order")


def _day(year: int, month: int, day: int) -> date | Fault:
    """A real day in a year that a register may hold."""
    if year < 100:
        return fault("date.two_digit_year")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return fault("date.range")
    try:
        return date(year, month, day)
    except ValueError:
        return fault("date.impossible")


def _month(year: int) -> Fault:
    """A month without a day."""
    return fault("date.two_digit_year") if year < 100 else fault("date.incomplete")


def _digits(text: str) -> date | Fault | None:
    """Days written in figures."""
    found = _YMD.fullmatch(text)
    if found:
        return _two_digits() if len(found[1]) < 4 else _day(int(found[1]), int(found[2]), int(found[3]))
    found = _YEAR_LAST.fullmatch(text)
    if found:
        return _year_last(int(found[1]), int(found[2]), int(found[3]))
    found = _YEAR_MONTH.fullmatch(text)
    if found and (len(found[1]) == 4 or found["mark"] != "."):
        return _two_digits() if len(found[1]) < 4 else _month(int(found[1]))
    return _plain_number(text) if _NUMBER.fullmatch(text) else None


def _two_digits() -> Fault:
    return fault("date.two_digit_year")


def _year_last(first: int, second: int, year: int) -> date | Fault:
    """13/5/2023 and 5/13/2023 are clear, 4/5/2023 is not."""
    if first > 12 >= second:
        return _day(year, second, first)
    if second > 12 >= first or first == second:
        return _day(year, first, second)
    return fault("date.order" if first <= 12 else "date.impossible")


def _plain_number(text: str) -> date | Fault:
    """20230501, 202305, 230501, and the serial numbers of days (45047, 45047.5)."""
    whole = text.split(".")[0]
    if len(whole) == 8:
        return _day(int(whole[:4]), int(whole[4:6]), int(whole[6:]))
    if len(whole) == 6:
        year, month = int(whole[:4]), int(whole[4:])
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:
            return _month(year)
        return fault("date.two_digit_year")
    if len(whole) == 5 and int(whole) < (date(LAST_YEAR, 1, 1) - _EPOCH).days:
        return _EPOCH + timedelta(days=int(whole))
    return fault("date.serial")


def _written(text: str) -> date | Fault | None:
    """Days written in words, Chinese or English."""
    found = _CHINESE.fullmatch(text.replace("\u3007", "〇").replace(" ", ""))
    if found:
        year, month = chinese_number(found[1]) or 0, 1 if found[2] == "元" else chinese_number(found[2]) or 0
        if len(found[1]) < 4:
            return fault("date.two_digit_year")
        return _day(year, month, chinese_number(found[3]) or 0) if found[3] else _month(year)
    english = _ENGLISH.fullmatch(text.casefold())
    day = english and (english[1] or english[3])
    if english is None or not day or english[2] not in _MONTHS:
        return None
    return _day(int(english[4]), _MONTHS[english[2]], int(day))
