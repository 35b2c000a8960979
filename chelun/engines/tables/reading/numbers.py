"""Numbers, dates and number formats as a spreadsheet stores them. What a number means is decided elsewhere."""

import re
from datetime import date, timedelta
from functools import lru_cache

from chelun.engines.tables.reading.values import Cell

#: Built-in formats that show dates or times; 27–36 and 50–58 are the East Asian ones (ECMA-376 part 1, 18.8.30).
BUILTIN_FORMATS: dict[int, str] = {
    **dict.fromkeys((14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "date"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "time"),
}

_QUOTED = re.compile(r'"[^"]*"?|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]?', re.IGNORECASE)
_MAX_SERIAL = 2_958_466
_EXACT = 10**15
#: No program writes a number longer.
_LONGEST = 400


@lru_cache(maxsize=4096)
def format_kind(code: str) -> str:
    """Return what a number format shows: «date», «time», «000» (padded with zeros to that length) or «»."""
    first = _QUOTED.sub("", code[:500]).split(";")[0].strip().lower()
    if re.fullmatch("0{2,}", first):
        return first
    if "general" in first or "通用" in first or re.search(r"[#0?](?!0*$)|e[+-]", first.replace("ss.0", "ss")):
        return ""
    if re.search(r"[yd]|a{3}|年|日", first):
        return "date"
    if re.search(r"[hs]", first):
        return "time"
    return "date" if "m" in first else ""


def number_text(raw: str) -> str:
    """Return a stored number as the clerk sees it: no «.0», 15 digits at most, as every spreadsheet shows it.

    A longer integer has lost its last digits when it was stored; it is shown as ``5.1011219900101E+17``.
    """
    if len(raw) <= 15 and raw.isdecimal() and raw.isascii():
        return raw
    try:
        value = float(raw)
    except ValueError:
        return raw
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return f"{value:.15g}".upper()


def number_cell(raw: str, shown: str, epoch_1904: bool) -> Cell:
    """Return the cell of a stored number; `shown` is what `format_kind` says of its format."""
    if len(raw) > _LONGEST:
        return Cell(raw, "text", raw)
    if not shown:
        return Cell(number_text(raw), "number", raw)
    if shown in {"date", "time"}:
        return _moment(raw, shown, epoch_1904)
    text = number_text(raw)
    return Cell(text.zfill(len(shown)) if text.isdecimal() else text, "number", raw)


@lru_cache(maxsize=8192)
def _moment(raw: str, shown: str, epoch_1904: bool) -> Cell:
    """Return a serial number as a date or a time of day; days that never were stay numbers."""
    try:
        serial = float(raw)
    except ValueError:
        return Cell(raw, "text", raw)
    days, seconds = divmod(round(serial * 86400), 86400) if 0 <= serial < _MAX_SERIAL else (-1, 0)
    if shown == "time" and days == 0:
        return Cell(_clock(seconds), "time", raw)
    day = _day(days, epoch_1904) if days >= 0 else None
    if day is None:
        return Cell(number_text(raw), "number", raw)
    return Cell(f"{day} {_clock(seconds)}" if seconds else f"{day}", "date", raw)


def _clock(seconds: int) -> str:
    """Return the time of day: 30600 is 08:30:00."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _day(serial: int, epoch_1904: bool) -> date | None:
    """Return the day of a serial number; 60 is 29 February 1900, which Excel counts and which never was."""
    if epoch_1904:
        return date(1904, 1, 1) + timedelta(days=serial) if serial < _MAX_SERIAL - 1462 else None
    if serial in {0, 60}:
        return None
    return date(1899, 12, 31 if serial < 60 else 30) + timedelta(days=serial)
