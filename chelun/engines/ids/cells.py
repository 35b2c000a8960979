"""From the value of a spreadsheet's cell to plain characters, for every reader of this engine.

What lives here: width, invisible characters, quotes, numbers that a spreadsheet program damaged, signs of masking.
What does not: anything that knows one kind of number; persons' and firms' names have their own cleaning.
"""

import re
import unicodedata

CellValue = str | int | float | None
"""What a spreadsheet reader may hand over for one cell."""

EXACT_LIMIT = 10**15
"""Spreadsheet programs keep 15 significant digits; a larger number has lost its last ones."""

NOTHING_WORDS = frozenset(
    ["无", "没有", "暂无", "不详", "未知", "未提供", "空", "/", "\\", "-", "--", "—", "——", "N/A", "NULL"]
)
"""What clerks write into a cell that has nothing to say."""

_SCIENTIFIC = re.compile(r"\d(?:\.\d*)?E\+?\d{1,3}", re.ASCII)
MASK_SIGNS = "*×✱●•○■□▇█#?"
"""What hides a sign of a number, beside a run of X."""

_MASK_SIGN = re.compile(f"[{MASK_SIGNS}]")
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"})
_DROPPED_SIGNS = frozenset("'\"`’‘“”＇=\ufffc\u3164\u115f\u1160")


class _Fold(dict[int, str]):
    """A table for `str.translate` that works out each character once, when it is first met."""

    def __missing__(self, codepoint: int) -> str:
        folded = "".join(
            char
            for char in unicodedata.normalize("NFKC", chr(codepoint)).upper()
            if unicodedata.category(char) not in _DROPPED_CATEGORIES
            and char not in _DROPPED_SIGNS
            and char.isprintable()
        )
        self[codepoint] = folded
        return folded


_FOLD = _Fold()


def compact(value: CellValue) -> str:
    """The cell's characters in half width and upper case, without spaces, quotes and invisible characters."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.translate(_FOLD)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).upper()
    return str(value).upper()


def says_nothing(text: str) -> bool:
    """Whether a (compacted) cell is empty or holds only a word for "nothing"."""
    return not text or text in NOTHING_WORDS


def lost_digits(value: CellValue, text: str) -> bool:
    """Whether a spreadsheet program cut the number: written as 5.10E+17, or a float beyond 15 digits."""
    if isinstance(value, float):
        return not value.is_integer() or abs(value) >= EXACT_LIMIT
    return _SCIENTIFIC.fullmatch(text) is not None


def looks_masked(text: str) -> bool:
    """Whether part of a (compacted) number is hidden by stars, crosses, blocks or a run of X."""
    return _MASK_SIGN.search(text) is not None or "XX" in text
