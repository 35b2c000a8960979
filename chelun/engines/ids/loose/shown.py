"""The signs of a number that can be seen: masks made one sign, digits that a spreadsheet program kept.

What lives here: `HIDDEN`, and when two numbers agree where both show.
What does not: what the signs mean; that is in the module of each kind of number.
"""

import re

from chelun.engines.ids.cells import MASK_SIGNS, CellValue

HIDDEN = "?"
"""Stands for one sign that does not show."""
CUT = HIDDEN * 3
"""What a spreadsheet program loses of 18 digits: it keeps 15."""

_MASK = re.compile(f"[{MASK_SIGNS}]|X(?!$)|(?<=[{MASK_SIGNS}X])X$")
_ONE_RUN = re.compile(r"([^?]*)(\?+)([^?]*)")


def hide(plain: str) -> str:
    """A compacted number with every sign of a mask made `HIDDEN`; an X counts as one, but for a single X at the end."""
    return _MASK.sub(HIDDEN, plain)


def stretch(shown: str, length: int) -> str:
    """A number with one hidden run brought to its length: how many stars hide something is not believed."""
    run = _ONE_RUN.fullmatch(shown)
    if run is None:
        return shown
    begin, _stars, end = run.groups()
    return begin + HIDDEN * (length - len(begin) - len(end)) + end


def count_shown(shown: str) -> int:
    """How many signs can be seen."""
    return len(shown) - shown.count(HIDDEN)


def kept_digits(cell: CellValue) -> str:
    """The fifteen digits that stay of a float between 10^17 and 10^18; else an empty text."""
    mantissa, _, exponent = f"{cell:.14e}".partition("e") if isinstance(cell, float) else ("", "", "")
    return mantissa.replace(".", "") if exponent == "+17" else ""


def agree_where_shown(one: str, other: str, *, fewest: int) -> bool:
    """Whether two numbers of one length are alike wherever both show, and both show in at least `fewest` places.

    A number that hides all agrees with none: it says nothing.
    """
    if len(one) != len(other):
        return False
    both = [(left, right) for left, right in zip(one, other, strict=True) if HIDDEN not in (left, right)]
    return len(both) >= max(fewest, 1) and all(left == right for left, right in both)
