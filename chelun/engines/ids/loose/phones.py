"""What telephone numbers in a cell still say when they are masked, cut, mistyped or written without their area.

What lives here: the digits that are there, of each number of a cell.
What does not: putting a number right, and judging it: `read_phone` decides what is a number.
"""

import re
from dataclasses import dataclass, field

from chelun.engines.ids.cells import CellValue, compact, says_nothing
from chelun.engines.ids.loose.shown import HIDDEN, agree_where_shown, count_shown, hide, stretch
from chelun.engines.ids.phone import Phone, bare_digits, read_phone, split_phones

_MOBILE_LENGTH = 11
_FEWEST_SHOWN = 4
_FEWEST_TO_AGREE = 7
_LENGTHS = range(7, 14)
_TWO_MOBILES = re.compile(r"(1[3-9]\d{9})(1[3-9]\d{9})", re.ASCII)
_SCIENTIFIC = re.compile(r"(1)\.?([3-9]\d*)E\+?10", re.ASCII)
_BEGINNING_OF_MOBILE = re.compile(r"1[3-9?]")
_LOCAL = re.compile(r"[2-8]\d{6,7}", re.ASCII)
_LOCAL_WITH_EXTENSION = re.compile(r"([2-8]\d{6,7})(?:-|转|#|EXT\.?)(\d{1,6})", re.ASCII)
_DIGITS = re.compile(r"[\d?]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class PhoneParts:
    """`text`: the digits, with `HIDDEN` for what does not show: 11 of a mobile, area and line of a fixed one, else as written.

    `whole`: the strict reader takes it. `line`: of a fixed line the seven or eight digits without the area, which may be missing
    on one side; empty for all others.
    """

    text: str = field(repr=False)
    whole: bool
    line: str = field(default="", repr=False)
    extension: str = field(default="", repr=False)


def phone_parts(cell: CellValue) -> tuple[PhoneParts, ...]:
    """What can be seen of each number in a cell, in order; those of which too little shows are left out.

    Two mobiles without anything between are two. Of a mobile that a spreadsheet program wrote as 1.38E+10 the last digit that
    stands there is hidden with the rest, because it was rounded.
    """
    found = (_parts(number) for piece in split_phones(cell) for number in _apart(piece))
    return tuple(dict.fromkeys(parts for parts in found if parts is not None))


def phones_agree(one: PhoneParts, other: PhoneParts) -> bool:
    """Whether two numbers may be one: alike wherever both show, in seven places at least, or one fixed line, its area missing once."""
    if agree_where_shown(one.text, other.text, fewest=_FEWEST_TO_AGREE):
        return True
    return one.line == other.line != "" and len(one.text) != len(other.text)


def _apart(piece: str) -> tuple[str, ...]:
    two = _TWO_MOBILES.fullmatch(compact(piece))
    return (two.group(1), two.group(2)) if two is not None else (piece,)


def _parts(piece: str) -> PhoneParts | None:
    strict = read_phone(piece)
    if isinstance(strict, Phone):
        area, _dash, line = strict.value.partition("-")
        return PhoneParts(area + line, True, line, strict.extension)
    plain = compact(piece)
    if says_nothing(plain):
        return None
    digits, extension = _digits(plain)
    shown = hide(digits)
    if _BEGINNING_OF_MOBILE.match(shown):
        shown = stretch(shown, _MOBILE_LENGTH)
    if not _DIGITS.fullmatch(shown) or len(shown) not in _LENGTHS or count_shown(shown) < _FEWEST_SHOWN:
        return None
    return PhoneParts(shown, False, shown if _LOCAL.fullmatch(shown) else "", extension)


def _digits(plain: str) -> tuple[str, str]:
    cut = _SCIENTIFIC.fullmatch(plain)
    if cut is not None:
        return cut.group(1) + cut.group(2)[:-1] + HIDDEN, ""
    local = _LOCAL_WITH_EXTENSION.fullmatch(plain)
    return (local.group(1), local.group(2)) if local is not None else bare_digits(plain)
