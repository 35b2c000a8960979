"""Cleaning single cells: sex, yes and no, numbers with units, choices, texts. Days live in `dates.py`.

Each cleaner takes the raw text of a cell and returns its value, None when the cell says nothing, or a `Fault`, which
never holds the cell's text. ID numbers, phones, plates and credit codes are read by `chelun.engines.ids`.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from chelun.engines.tables.columns.blanks import is_blank
from chelun.engines.tables.columns.faults import Fault, fault
from chelun.engines.tables.columns.fields import FieldSpec
from chelun.engines.tables.columns.heads import fold, without_brackets
from chelun.engines.tables.columns.numerals import chinese_number
from chelun.engines.tables.columns.script import compact, plain, simplified, words

#: GB/T 2261.1: 1 male, 2 female, 0 unknown, 9 not stated.
_MALE = words("男 男性 1 m male 男士 先生")
_FEMALE = words("女 女性 2 f female 女士 小姐")
_UNTOLD = words("0 9 未说明 未说明的性别 未知的性别")
_YES = words("是 有 对 y yes true 1 √ ✓ ✔ 已 已办 已有 是的 具备 参加 属实 t")
_NO = words("否 无 没有 不 不是 n no false 0 × ✗ ✘ x 未 未办 没 非 不具备 f")

#: Unit → spellings and what one of them is in the unit.
UNITS: Mapping[str, Mapping[str, Decimal]] = MappingProxyType(
    {
        "吨": {
            "吨": Decimal(1),
            "t": Decimal(1),
            "公吨": Decimal(1),
            "kg": Decimal("0.001"),
            "千克": Decimal("0.001"),
            "公斤": Decimal("0.001"),
        },
        "千克": {
            "千克": Decimal(1),
            "kg": Decimal(1),
            "公斤": Decimal(1),
            "吨": Decimal(1000),
            "t": Decimal(1000),
        },
        "座": {"座": Decimal(1), "人": Decimal(1), "位": Decimal(1), "个": Decimal(1)},
        "人": {"人": Decimal(1), "名": Decimal(1), "个": Decimal(1), "位": Decimal(1)},
        "辆": {"辆": Decimal(1), "台": Decimal(1), "部": Decimal(1), "车": Decimal(1)},
        "元": {
            "元": Decimal(1),
            "块": Decimal(1),
            "万元": Decimal(10000),
            "万": Decimal(10000),
            "rmb": Decimal(1),
            "圆": Decimal(1),
        },
        "万元": {
            "万元": Decimal(1),
            "万": Decimal(1),
            "元": Decimal("0.0001"),
            "亿元": Decimal(10000),
            "亿": Decimal(10000),
        },
        "公里": {"公里": Decimal(1), "km": Decimal(1), "千米": Decimal(1), "里": Decimal("0.5")},
        "岁": {"岁": Decimal(1), "周岁": Decimal(1)},
        "年": {"年": Decimal(1)},
        "毫米": {
            "毫米": Decimal(1),
            "mm": Decimal(1),
            "米": Decimal(1000),
            "m": Decimal(1000),
            "厘米": Decimal(10),
            "cm": Decimal(10),
        },
        "米": {
            "米": Decimal(1),
            "m": Decimal(1),
            "毫米": Decimal("0.001"),
            "mm": Decimal("0.001"),
            "厘米": Decimal("0.01"),
        },
        "平方米": {
            "平方米": Decimal(1),
            "m2": Decimal(1),
            "㎡": Decimal(1),
            "平米": Decimal(1),
            "平方": Decimal(1),
        },
        "千瓦": {"千瓦": Decimal(1), "kw": Decimal(1)},
    }
)
_AMOUNT = re.compile(r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?|[-+]?\.\d{1,6})([^\d.]*\d?)")
_CHINESE_AMOUNT = re.compile("([〇零○一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟廿卅]+)([^\\d]*)")
_SCIENTIFIC = re.compile(r"[-+]?\d(?:\.\d+)?e[+-]?\d{1,3}")
#: No number is written longer; longer cells are not searched.
LONGEST = 60
_DENIALS = re.compile("非|不|未|无|没|拟|原|曾")
_BLANK_RUNS = re.compile(r"[ \t\u3000]+")

Sex = Literal["male", "female"]
Cleaner = Callable[[str], object]


def clean_sex(text: str) -> Sex | Fault | None:
    """男/女, 1/2 (GB/T 2261.1), M/F; 0 and 9 say nothing."""
    word = compact(text).casefold()
    if word in _MALE:
        return "male"
    if word in _FEMALE:
        return "female"
    return None if word in _UNTOLD or is_blank(word) else fault("sex.form")


def clean_yes_no(text: str) -> bool | Fault | None:
    """是/否, 有/无, √/×, Y/N, 1/0. An empty cell is None and not no."""
    word = compact(text).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    return None if is_blank(word) else fault("yes_no.form")


def clean_number(
    text: str,
    *,
    unit: str = "",
    low: Decimal | int | None = None,
    high: Decimal | int | None = None,
    whole: bool = False,
) -> Decimal | Fault | None:
    """A number in `unit` (a key of `UNITS`, or "" for a bare number), `low` ≤ number ≤ `high`.

    Reads 4.5, 4.5吨, 4500kg, 1,200, ４．５, 三十五; a unit of another kind is refused, as is 1.5E+17, whose digits are
    lost. Raises KeyError for an unknown unit.
    """
    word = simplified(compact(text)).casefold()
    if is_blank(word):
        return None
    amount = _amount(word, unit) if len(word) <= LONGEST else fault("number.form")
    if isinstance(amount, Fault):
        return amount
    if whole and amount != amount.to_integral_value():
        return fault("number.whole")
    return _bounded(amount, low, high)


def _bounded(amount: Decimal, low: Decimal | int | None, high: Decimal | int | None) -> Decimal | Fault:
    """The amount when it lies within its bounds (both belong to it)."""
    under, over = low is not None and amount < low, high is not None and amount > high
    if (under or over) and low is not None and high is not None:
        return fault("number.range", low=str(low), high=str(high))
    if under:
        return fault("number.least", low=str(low))
    return fault("number.most", high=str(high)) if over else amount


def _amount(word: str, unit: str) -> Decimal | Fault:
    found = _AMOUNT.fullmatch(word)
    if found:
        number, tail = Decimal(found[1].replace(",", "")), found[2]
    elif _SCIENTIFIC.fullmatch(word):
        return fault("number.scientific")
    else:
        chinese = _CHINESE_AMOUNT.fullmatch(word)
        read = chinese_number(chinese[1]) if chinese else None
        if chinese is None or read is None:
            return fault("number.form")
        number, tail = Decimal(read), chinese[2]
    if not tail:
        return number
    factor = UNITS[unit].get(tail) if unit else None
    if factor is None:
        return fault("number.unit", unit=unit) if unit else fault("number.form")
    return number * factor


def clean_text(text: str, *, limit: int = 200) -> str | Fault | None:
    """One line of text: invisible characters gone, line breaks as 「；」, runs of spaces as one; at most `limit` characters."""
    text = plain(text)
    if not text or is_blank(text):
        return None
    if not text.isprintable():
        text = "；".join(line.strip() for line in text.splitlines() if line.strip())
    if "  " in text or "\t" in text:
        text = _BLANK_RUNS.sub(" ", text)
    return text if len(text) <= limit else fault("text.long", limit=limit)


def choice_cleaner(spec: FieldSpec) -> Callable[[str], str | Fault | None]:
    """A cleaner for a `choice` field: its value by any of its words, in brackets or not, or inside a longer text.

    A text that holds words of two values is refused, as is one with a denial in front (非营运).
    """
    exact = {fold(word): value for value, others in spec.choices.items() for word in (value, *others)}
    longer = sorted((word for word in exact if len(word) >= 2), key=len, reverse=True)
    shown = "、".join(next(iter(others), value) for value, others in spec.choices.items())

    def clean(text: str) -> str | Fault | None:
        word = fold(text)
        if word in exact:
            return exact[word]
        if not word or is_blank(text):
            return None
        return _inside(text, exact, longer, shown)

    return clean


def _inside(text: str, exact: Mapping[str, str], longer: list[str], shown: str) -> str | Fault:
    """The one value whose word stands inside a longer text."""
    bare = fold(without_brackets(plain(text[:LONGEST])))
    if bare in exact:
        return exact[bare]
    rest, found = bare, set()
    for word in longer:
        if word in rest:
            if _DENIALS.search(rest.split(word)[0][-2:]):
                return fault("choice.form", choices=shown)
            found.add(exact[word])
            rest = rest.replace(word, "\n")
    if len(found) == 1:
        return found.pop()
    return fault("choice.several" if found else "choice.form", choices=shown)
