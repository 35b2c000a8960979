"""What a credit code still says when it is damaged, hidden in part, mistyped, or older than the code.

What lives here: the signs that are there, the area, and the organisation code inside (GB 32100: places 3 to 8 and 9 to 17).
What does not: putting a code right, and judging it: `read_uscc` decides what is a code.
"""

import re
from dataclasses import dataclass, field

from chelun.engines.ids.areas import PROVINCES
from chelun.engines.ids.cells import MASK_SIGNS, CellValue, compact, lost_digits, says_nothing
from chelun.engines.ids.loose.shown import CUT, HIDDEN, count_shown, hide, kept_digits, stretch
from chelun.engines.ids.uscc import ALPHABET, REGISTRARS, check_character, subject_check_character

_LENGTH = 18
_FEWEST_SHOWN = 4
_LABEL = re.compile(r"^(?:统一)?(?:社会)?(?:信用代码|信用号|组织机构代码|税号|纳税人识别号)[::]?")
_LIKE_DIGITS = str.maketrans("IOSZ", "1052")
_MASKED = re.compile(f"[{MASK_SIGNS}]|XXXX")
_SIGNS = re.compile(rf"[{ALPHABET}?]{{17,19}}")
_SUBJECT = re.compile(r"[0-9A-Z]{8}[0-9X]", re.ASCII)


@dataclass(frozen=True, slots=True)
class UsccParts:
    """`text`: 18 signs with `HIDDEN` for what does not show, or 17 or 19 where one is missing or too many.

    `whole`: nothing is hidden, the check character, the registrar and the form of the area are right. `area` and `subject` (the
    organisation code, nine signs) are empty where they do not show, the latter also where its own check character is wrong.
    """

    text: str = field(repr=False)
    whole: bool
    area: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)


def uscc_parts(cell: CellValue) -> UsccParts | None:
    """What can be seen of the code in a cell, or None where too little is.

    I, O, S and Z, which no code has, are read as 1, 0, 5 and 2. An organisation code (nine signs) and a former tax number (area and
    organisation code) are the inner signs of a code. Of one that a spreadsheet program cut the last three are hidden.
    """
    plain = _LABEL.sub("", compact(cell)).replace("-", "")
    if says_nothing(plain):
        return None
    if lost_digits(cell, plain):
        kept = kept_digits(cell)
        return _of(kept + CUT) if kept else None
    if len(plain) == 9:
        return _of(HIDDEN * 8 + plain + HIDDEN) if _is_subject(plain) else None
    if len(plain) == 15 and _is_subject(plain[6:]):
        return _of(HIDDEN * 2 + plain + HIDDEN)
    shown = hide(plain) if _MASKED.search(plain) else plain
    return _of(stretch(shown, _LENGTH).translate(_LIKE_DIGITS))


def _of(text: str) -> UsccParts | None:
    if not _SIGNS.fullmatch(text) or count_shown(text) < _FEWEST_SHOWN:
        return None
    if len(text) != _LENGTH:
        return UsccParts(text, whole=False)
    right = HIDDEN not in text and check_character(text[:17]) == text[17]
    whole = right and text[0] in REGISTRARS and text[2:8].isdecimal()
    area = text[2:8] if text[2:8].isdecimal() and text[2:4] in PROVINCES else ""
    return UsccParts(text, whole, area, text[8:17] if whole or _is_subject(text[8:17]) else "")


def _is_subject(text: str) -> bool:
    return _SUBJECT.fullmatch(text) is not None and subject_check_character(text[:8]) == text[8]
