"""Identity card numbers (公民身份号码, GB 11643): reading, refusing with a reason, and making them up.

What lives here: the form of the number, its check digit, birth date, sex and area.
What does not: whose number it is, how it is stored, and the data of area codes (passed in by the caller).
"""

import re
from dataclasses import dataclass, field
from datetime import date
from operator import mul
from typing import Literal

from chelun.engines.faults import Fault
from chelun.engines.ids import faults
from chelun.engines.ids.areas import (
    PROVINCES,
    RESIDENCE_PERMIT_AREAS,
    AreaHistory,
    is_demo_area,
    was_in_use,
)
from chelun.engines.ids.cells import CellValue, compact, looks_masked, lost_digits, says_nothing

FIRST_YEAR_OF_NUMBERS = 1984
"""Numbers have been given out since the first identity cards of 1984."""
OLDEST_AGE = 120

_WEIGHTS = bytes((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))
_ZERO_BIAS = ord("0") * sum(_WEIGHTS)
_CHECK_CHARACTERS = "10X98765432"
_SHAPE = re.compile(r"\d{17}[\dX]", re.ASCII)
_OLD_SHAPE = re.compile(r"\d{15}", re.ASCII)
_LABEL = re.compile(r"^(?:居民|公民)?身份(?:证|证件|号)?(?:号码|号|码)?[::]?")
_LETTERS_LIKE_DIGITS = frozenset("OIL丨|")


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A well-formed number. `value` has 18 characters; its text form hides all that is personal."""

    value: str = field(repr=False)
    birth: date = field(repr=False)
    sex: Literal["M", "F"] = field(repr=False)
    area: str
    converted_from_15: bool = False


@dataclass(frozen=True, slots=True)
class _Rules:
    today: date
    areas: AreaHistory | None
    demo_areas: bool


def check_character(first17: str) -> str:
    """The check character for the first 17 digits (GB 11643: weighted sum modulo 11)."""
    return _CHECK_CHARACTERS[(sum(map(mul, _WEIGHTS, first17.encode())) - _ZERO_BIAS) % 11]


def make_id_number(area: str, birth: date, sequence: int) -> str:
    """A number with a right check digit, for tests and scenarios; use a demo area. Odd sequences are men's."""
    if not 0 <= sequence <= 999:
        raise ValueError("sequence must be within 0 and 999")
    first17 = f"{area}{birth:%Y%m%d}{sequence:03d}"
    return first17 + check_character(first17)


def looks_like_id_number(text: str) -> bool:
    """Whether 18 plain characters have an identity number's form, check digit and a possible birth date.

    Used where a number must be masked because it may be somebody's; says nothing about areas.
    """
    return (
        _SHAPE.fullmatch(text) is not None
        and check_character(text[:17]) == text[17]
        and not isinstance(_birth(text), Fault)
    )


def read_id_number(
    text: CellValue, *, today: date, areas: AreaHistory | None, demo_areas: bool
) -> IdNumber | Fault:
    """Read the number in a cell, or say why not (GB 11643; 15-digit numbers are lengthened with 19xx).

    `areas` is the history of area codes (None: only the province is checked); a code counts as right if it was
    in use at any time from the later of birth and 1984 until `today`, because a person gets the number when
    registered, which may be later than birth. `demo_areas` admits the codes of `is_demo_area`.
    """
    if type(text) is str and _SHAPE.fullmatch(text):
        plain = text
    else:
        plain = compact(text)
        if not _SHAPE.fullmatch(plain):
            plain = _LABEL.sub("", plain)
        fault = _form_fault(text, plain)
        if fault is not None:
            return fault
    converted = len(plain) == 15
    if converted:
        plain = plain[:6] + "19" + plain[6:]
        plain += check_character(plain)
    rules = _Rules(today, areas, demo_areas)
    if check_character(plain[:17]) != plain[17]:
        return _check_fault(plain, rules)
    birth = _birth(plain)
    if isinstance(birth, Fault):
        return birth
    fault = _age_fault(birth, today) or _area_fault(plain[:6], birth, rules)
    if fault is not None:
        return fault
    return IdNumber(plain, birth, "M" if plain[16] in "13579" else "F", plain[:6], converted)


def _form_fault(cell: CellValue, plain: str) -> Fault | None:
    if says_nothing(plain):
        return faults.ID_EMPTY()
    if lost_digits(cell, plain):
        return faults.ID_SCIENTIFIC()
    if _SHAPE.fullmatch(plain) or _OLD_SHAPE.fullmatch(plain):
        return None
    if len(plain) == 18 and plain[17] == "×" and plain[:17].isdecimal():
        return faults.ID_BAD_CHARACTER()
    if looks_masked(plain):
        return faults.ID_MASKED()
    stray = {char for char in plain[:-1] if not char.isdecimal()} | ({plain[-1]} - set("0123456789X"))
    if not stray:
        return faults.ID_LENGTH(length=len(plain))
    return faults.ID_LETTER_FOR_DIGIT() if stray <= _LETTERS_LIKE_DIGITS else faults.ID_BAD_CHARACTER()


def _birth(plain: str) -> date | Fault:
    try:
        return date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        return faults.ID_BIRTH_IMPOSSIBLE()


def _age_fault(birth: date, today: date) -> Fault | None:
    if birth > today:
        return faults.ID_BIRTH_FUTURE()
    if today.year - birth.year > OLDEST_AGE:
        return faults.ID_BIRTH_TOO_OLD(years=OLDEST_AGE)
    return None


def _area_fault(area: str, birth: date, rules: _Rules) -> Fault | None:
    if is_demo_area(area):
        return None if rules.demo_areas else faults.ID_DEMO_AREA()
    if area[:2] not in PROVINCES:
        return faults.ID_PROVINCE_UNKNOWN()
    if rules.areas is None or area in RESIDENCE_PERMIT_AREAS:
        return None
    if area not in rules.areas:
        return faults.ID_AREA_UNKNOWN()
    first = max(birth.year, FIRST_YEAR_OF_NUMBERS)
    if not was_in_use(rules.areas, area, first, rules.today.year):
        return faults.ID_AREA_OUT_OF_USE(year=first)
    return None


def _check_fault(plain: str, rules: _Rules) -> Fault:
    """Which sentence fits a wrong check digit. Only the kind of slip is told, never its place or the right digit."""
    if plain.endswith("000"):
        return faults.ID_SCIENTIFIC()
    for place in range(17):
        left, right = plain[place], plain[place + 1]
        swapped = plain[:place] + right + left + plain[place + 2 :]
        if left != right and _SHAPE.fullmatch(swapped) and _is_whole(swapped, rules):
            return faults.ID_CHECK_SWAPPED()
    birth = _birth(plain)
    if isinstance(birth, Fault) or _age_fault(birth, rules.today) or _area_fault(plain[:6], birth, rules):
        return faults.ID_CHECK_DIGIT()
    return faults.ID_CHECK_ONE_DIGIT()


def _is_whole(plain: str, rules: _Rules) -> bool:
    if check_character(plain[:17]) != plain[17]:
        return False
    birth = _birth(plain)
    return not isinstance(birth, Fault) and not (
        _age_fault(birth, rules.today) or _area_fault(plain[:6], birth, rules)
    )
