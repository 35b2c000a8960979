"""Telephone numbers: mobiles, fixed lines and service numbers, one or several in a cell.

What lives here: the forms of numbers in mainland China and how rosters write them.
What does not: whose number it is, whether it is in use, and hotlines as an institution.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from chelun.engines.faults import Fault
from chelun.engines.ids import faults
from chelun.engines.ids.cells import CellValue, compact, looks_masked, lost_digits, says_nothing

PhoneKind = Literal["mobile", "fixed", "service"]

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_FIXED = re.compile(r"(0(?:10|2\d|[3-9]\d\d))([2-8]\d{6,7})", re.ASCII)
_FIXED_ANY_LENGTH = re.compile(r"0\d{6,}", re.ASCII)
_SERVICE = re.compile(r"(?:400|800)\d{7}", re.ASCII)
_LOCAL = re.compile(r"[2-8]\d{6,7}", re.ASCII)
_EXTENSION = re.compile(r"^(0\d{2,3}[- ]?\d{7,8})(?:-|转|#|EXT\.?)(\d{1,6})$", re.ASCII)
_PREFIX = re.compile(r"^(?:\+86|0086|86(?=1[3-9]\d{9}$)|\(\+?86\))-?")
_LABEL = re.compile(
    r"^(?:(?:联系|移动|固定|办公|家庭)?(?:电话|手机)(?:号码|号)?|座机|TEL|MOBILE|PHONE)[::.]?"
)
_NOTE = re.compile(r"[(\[【][^()\[\]【】\d]*[)\]】]")
_PUNCTUATION = str.maketrans("", "", "-－—–‐‑‒_.·•()（）~")
_STRONG = re.compile(r"[、/，,;；\n\r|｜和或&＆\\]+")
_LONGEST_GROUPED = 40
_DIGITS = re.compile(r"\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Phone:
    """A number: a mobile as 11 digits, a fixed line as 0834-8222222; its text form hides the number."""

    value: str = field(repr=False)
    kind: PhoneKind
    extension: str = field(default="", repr=False)


def read_phone(text: CellValue) -> Phone | Fault:
    """Read one number, or say why not: how many digits are missing or too many, or that its start is wrong."""
    if type(text) is str and _MOBILE.fullmatch(text):
        return Phone(text, "mobile")
    plain = compact(text)
    if says_nothing(plain):
        return faults.PHONE_EMPTY()
    if lost_digits(text, plain):
        return faults.PHONE_SCIENTIFIC()
    digits, extension = bare_digits(plain)
    return _classified(digits, extension) or _fault(digits)


def bare_digits(plain: str) -> tuple[str, str]:
    """A compacted number without label, note, country and punctuation, and its extension."""
    plain = _PREFIX.sub("", _NOTE.sub("", _LABEL.sub("", plain)))
    line = _EXTENSION.fullmatch(plain)
    if line is not None:
        plain = line.group(1)
    return plain.translate(_PUNCTUATION), line.group(2) if line else ""


def _classified(digits: str, extension: str) -> Phone | None:
    if _MOBILE.fullmatch(digits):
        return Phone(digits, "mobile")
    if digits[:1] == "0" and _MOBILE.fullmatch(digits[1:]):
        return Phone(digits[1:], "mobile")  # the long-distance zero that was once dialled before a mobile
    fixed = _FIXED.fullmatch(digits)
    if fixed is not None:
        return Phone(f"{fixed.group(1)}-{fixed.group(2)}", "fixed", extension)
    return Phone(digits, "service") if _SERVICE.fullmatch(digits) else None


def _fault(digits: str) -> Fault:
    if not digits:
        return faults.PHONE_EMPTY()
    if looks_masked(digits):
        return faults.PHONE_MASKED()
    if not _DIGITS.fullmatch(digits):
        return faults.PHONE_BAD_CHARACTER()
    if len(digits) == 22 and _MOBILE.fullmatch(digits[:11]) and _MOBILE.fullmatch(digits[11:]):
        return faults.PHONE_SEVERAL()
    if _FIXED_ANY_LENGTH.fullmatch(digits):
        return faults.PHONE_AREA_CODE()
    if _LOCAL.fullmatch(digits):
        return faults.PHONE_NO_AREA_CODE()
    if len(digits) < 11:
        return faults.PHONE_TOO_SHORT(missing=11 - len(digits))
    if len(digits) > 11:
        return faults.PHONE_TOO_LONG(extra=len(digits) - 11)
    return faults.PHONE_BAD_START()


def split_phones(text: CellValue) -> list[str]:
    """The numbers of a cell, in order and without repetition, each still to be read.

    Divided at 、 / ， ; line breaks and the like, and at spaces unless they group the digits of one number.
    """
    if type(text) is not str:
        return [compact(text)] if compact(text) else []
    if _MOBILE.fullmatch(text):
        return [text]
    parts = [number for chunk in _STRONG.split(text) for number in _split_at_spaces(chunk)]
    return list(dict.fromkeys(parts))


def _split_at_spaces(chunk: str) -> list[str]:
    words = chunk.split()
    if len(words) < 2 or isinstance(read_phone(chunk), Phone):
        return [chunk.strip()] if words else []
    numbers: list[str] = []
    pending = ""
    for word in words:
        whole = isinstance(read_phone(word), Phone)
        if pending and (whole or len(pending) > _LONGEST_GROUPED):
            numbers.append(pending)
            pending = ""
        pending = f"{pending} {word}".strip()
        if whole or isinstance(read_phone(pending), Phone):
            numbers.append(pending)
            pending = ""
    return [*numbers, pending] if pending else numbers
