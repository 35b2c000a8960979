"""Making texts safe for a cell: no formulas, no characters that a workbook cannot hold, names that sheets may have."""

import re
from collections.abc import Callable, Collection

#: Turns a Chinese msgid into the reader's language; the Django side passes `gettext`.
Say = Callable[[str], str]

#: Longest text of a cell, longest name of a sheet (Excel's limits).
CELL_LIMIT, NAME_LIMIT = 32_767, 31

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff]")
_FORMULA_STARTS = "=+-@\t\r\n＝＋－＠|%"
_LONG_DIGITS = re.compile(r"\d{11,}[Xx]?")


def cell_text(value: str) -> str:
    """A text that a workbook can hold. It is always written as a string, so `=1+1` stays the four characters."""
    if not value.isprintable():
        value = _UNWRITABLE.sub("", value)
    return value if len(value) <= CELL_LIMIT else value[: CELL_LIMIT - 1] + "…"


def csv_text(value: str) -> str:
    """A text that no spreadsheet program takes for a formula or a number when it opens a .csv.

    Starts of formulas get an apostrophe (OWASP, CSV injection); long digits (IDs, phones) get a tab behind them, which
    reading cuts off again, so that they do not become 5.1E+17.
    """
    value = _UNWRITABLE.sub("", value)
    if (value.lstrip()[:1] in _FORMULA_STARTS and value.strip()) or (value[:1] in "\t\r\n" and value):
        return f"'{value}"
    return f"{value}\t" if _LONG_DIGITS.fullmatch(value) else value


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """A name that Excel accepts (at most 31 characters, none of []:*?/\\) and that no other sheet of the book has."""
    base = _NOT_IN_NAMES.sub(" ", wanted).strip().strip("'").strip()[:NAME_LIMIT] or "Sheet"
    used = {name.casefold() for name in taken} | {"history"}
    name, number = base, 1
    while name.casefold() in used:
        number += 1
        tail = f" ({number})"
        name = base[: NAME_LIMIT - len(tail)] + tail
    return name
