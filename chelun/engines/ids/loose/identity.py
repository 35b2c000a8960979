"""What an identity number still says when it is damaged, hidden in part or mistyped: for comparing, never for keeping.

What lives here: the digits that are there, and the birth date, sex and area that can be read off them.
What does not: putting a number right, and judging it: `read_id_number` decides what is a number.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from chelun.engines.ids.areas import PROVINCES
from chelun.engines.ids.cells import CellValue, compact, lost_digits, says_nothing
from chelun.engines.ids.idcard import OLDEST_AGE, check_character
from chelun.engines.ids.loose.shown import (
    CUT,
    HIDDEN,
    agree_where_shown,
    count_shown,
    hide,
    kept_digits,
    stretch,
)
from chelun.engines.ids.loose.slips import one_slip

_LENGTH = 18
_FEWEST_SHOWN = 4
_AREA = 6
_FEWEST_TO_AGREE = 6
_LABEL = re.compile(r"^(?:居民|公民)?身份(?:证|证件|号)?(?:号码|号|码)?[::]?")
_DIGITS = re.compile(r"\d{15,18}[\dX]?", re.ASCII)
_LOST = "000"


@dataclass(frozen=True, slots=True)
class IdParts:
    """`text`: 18 signs with `HIDDEN` for what does not show, or 16, 17 or 19 digits where some are missing or too many.

    `whole`: nothing is hidden, the check digit is right and the birth date possible. `lengthened`: there were 15 digits, so that
    the check digit is ours and bears out nothing. What the digits do not say is None or empty.
    """

    text: str = field(repr=False)
    whole: bool
    birth: date | None = field(default=None, repr=False)
    sex: Literal["M", "F", ""] = field(default="", repr=False)
    area: str = field(default="", repr=False)
    lengthened: bool = field(default=False, repr=False)


def id_parts(cell: CellValue, *, today: date) -> IdParts | None:
    """What can be seen of the number in a cell, or None where too little is.

    A 15-digit number is lengthened. Of one that a spreadsheet program cut (a float, or it ends in 000 with a wrong check digit) the
    last three digits count as hidden. An X that follows a hidden sign is hidden as well; how many signs hide one run does not count.
    """
    plain = _LABEL.sub("", compact(cell))
    if says_nothing(plain):
        return None
    if lost_digits(cell, plain):
        return _of_cut(kept_digits(cell), today)
    if _DIGITS.fullmatch(plain):
        return _of_digits(plain, today)
    return _of_pattern(stretch(hide(plain), _LENGTH), today)


def ids_agree(one: IdParts, other: IdParts) -> bool:
    """Whether two numbers, hidden in part or whole, are alike wherever both show, in six places beyond the area at least."""
    shown = agree_where_shown(one.text, other.text, fewest=_FEWEST_TO_AGREE)
    return shown and agree_where_shown(one.text[_AREA:], other.text[_AREA:], fewest=_FEWEST_TO_AGREE)


def ids_one_slip(one: IdParts, other: IdParts) -> bool:
    """Whether two numbers are one slip apart (`one_slip`); where we added a check digit ourselves, check digits do not count beside it."""
    if not one.lengthened and not other.lengthened:
        return one_slip(one.text, other.text)
    left, right = one.text[: _LENGTH - 1], other.text[: _LENGTH - 1]
    return one_slip(left, right) or (left == right and one.text != other.text)


def _of_digits(plain: str, today: date) -> IdParts | None:
    lengthened = len(plain) == 15
    if lengthened:
        plain = plain[:6] + "19" + plain[6:]
        plain += check_character(plain)
    if len(plain) != _LENGTH:
        return IdParts(plain, whole=False)
    right = check_character(plain[:17]) == plain[17]
    if not right and plain.endswith(_LOST):
        return _of_cut(plain[:15], today)
    parts = _of_pattern(plain, today)
    if parts is None or not right or parts.birth is None:
        return parts
    return replace(parts, whole=True, lengthened=lengthened)


def _of_cut(plain: str, today: date) -> IdParts | None:
    """Fifteen digits are all that such a program keeps; without a possible birth date among them they are nothing."""
    parts = _of_pattern(plain + CUT, today)
    return parts if parts is not None and parts.birth is not None else None


def _of_pattern(text: str, today: date) -> IdParts | None:
    if len(text) != _LENGTH or not re.fullmatch(r"[\d?]{17}[\dX?]", text, re.ASCII):
        return None
    if count_shown(text) < _FEWEST_SHOWN:
        return None
    area = text[:6] if text[:6].isdecimal() and text[:2] in PROVINCES else ""
    sex: Literal["M", "F", ""] = "" if text[16] == HIDDEN else "M" if text[16] in "13579" else "F"
    return IdParts(text, False, _birth(text[6:14], today), sex, area)


def _birth(digits: str, today: date) -> date | None:
    if not digits.isdecimal():
        return None
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return birth if birth <= today and today.year - birth.year <= OLDEST_AGE else None
