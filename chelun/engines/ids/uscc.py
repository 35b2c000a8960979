"""Unified social credit codes (统一社会信用代码, GB 32100): reading, refusing with a reason, making them up.

What lives here: the form of the code and its check characters.
What does not: which firm it belongs to; area codes are looked at for their form only.
"""

import re
from dataclasses import dataclass

from chelun.engines.faults import Fault
from chelun.engines.ids import faults
from chelun.engines.ids.areas import is_demo_area
from chelun.engines.ids.cells import CellValue, compact, looks_masked, lost_digits, says_nothing

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of the code; the check character, too, can be any of them."""
REGISTRARS = {
    "1": "机构编制",
    "2": "外交",
    "3": "司法行政",
    "4": "文化",
    "5": "民政",
    "6": "旅游",
    "7": "宗教",
    "8": "工会",
    "9": "市场监管",
    "A": "中央军委改革和编制",
    "N": "农业",
    "Y": "其他",
}

_VALUES = {char: value for value, char in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_SUBJECT_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_SUBJECT_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHAPE = re.compile(rf"[{ALPHABET}]{{18}}")
_PLAIN = re.compile(r"[0-9A-Z]+", re.ASCII)
_LABEL = re.compile(r"^(?:统一)?社会信用代码[::]?")
_HIDDEN = "XXXX"
_OLD_REGISTRATION = re.compile(r"\d{15}", re.ASCII)
_OLD_ORGANISATION = re.compile(r"[0-9A-Z]{8}-?[0-9X]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Uscc:
    """A well-formed code: 18 characters, and its parts (registrar 1, kind 1, area 6, subject 9)."""

    value: str
    registrar: str
    kind: str
    area: str
    subject: str


def check_character(first17: str) -> str:
    """The last character for the first 17 (GB 32100: weights 3^(i-1) modulo 31)."""
    total = sum(weight * _VALUES[char] for weight, char in zip(_WEIGHTS, first17, strict=True))
    return ALPHABET[-total % 31]


def subject_check_character(first8: str) -> str:
    """The ninth character of an organisation code (GB 11714: weighted sum modulo 11)."""
    total = sum(
        weight * _SUBJECT_CHARACTERS.index(char)
        for weight, char in zip(_SUBJECT_WEIGHTS, first8, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def make_uscc(area: str, serial: int, *, registrar: str = "9", kind: str = "1") -> str:
    """A code with right check characters, for tests and scenarios; use a demo area, serial up to 8 digits."""
    if not 0 <= serial < 10**8:
        raise ValueError("serial must have at most 8 digits")
    subject = f"{serial:08d}"
    first17 = registrar + kind + area + subject + subject_check_character(subject)
    return first17 + check_character(first17)


def read_uscc(text: CellValue, *, demo_areas: bool) -> Uscc | Fault:
    """Read the code in a cell, or say why not. `demo_areas` admits the invented codes of `make_uscc`."""
    plain = compact(text)
    if not _SHAPE.fullmatch(plain) or _HIDDEN in plain or type(text) is not str:
        plain = _LABEL.sub("", plain)
        fault = _form_fault(text, plain)
        if fault is not None:
            return fault
    if not _checks(plain):
        swappable = any(_checks(swapped) for swapped in _neighbour_swaps(plain))
        return faults.USCC_CHECK_SWAPPED() if swappable else faults.USCC_CHECK()
    area = plain[2:8]
    if plain[0] not in REGISTRARS:
        return faults.USCC_REGISTRAR()
    if not area.isdecimal():
        return faults.USCC_AREA()
    if is_demo_area(area) and not demo_areas:
        return faults.USCC_DEMO_AREA()
    return Uscc(plain, plain[0], plain[1], area, plain[8:17])


def _checks(plain: str) -> bool:
    return check_character(plain[:17]) == plain[17]


def _neighbour_swaps(plain: str) -> list[str]:
    return [
        plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
        for place in range(17)
        if plain[place] != plain[place + 1]
    ]


def _form_fault(cell: CellValue, plain: str) -> Fault | None:
    if says_nothing(plain):
        return faults.USCC_EMPTY()
    if lost_digits(cell, plain):
        return faults.USCC_SCIENTIFIC()
    if not _PLAIN.fullmatch(plain) or _HIDDEN in plain:
        return _stray_fault(plain)
    if _OLD_REGISTRATION.fullmatch(plain):
        return faults.USCC_OLD_REGISTRATION()
    if len(plain) == 9:
        return faults.USCC_ORGANISATION_CODE()
    if len(plain) != 18:
        return faults.USCC_LENGTH(length=len(plain))
    return None if _SHAPE.fullmatch(plain) else faults.USCC_CONFUSED_LETTER()


def _stray_fault(plain: str) -> Fault:
    if _OLD_ORGANISATION.fullmatch(plain):
        return faults.USCC_ORGANISATION_CODE()
    return faults.USCC_MASKED() if looks_masked(plain) else faults.USCC_BAD_CHARACTER()
