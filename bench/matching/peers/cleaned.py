"""Fields cleaned as a careful person does it by hand before linking: width, dates, spaces, masks. Nothing that knows Chinese names.

What lives here: the rules by which the peers' "cleaned" tables are made. Masked cells and placeholders become empty.
"""

import re
import unicodedata
from datetime import date, timedelta

from bench.matching.peers import Record

PLACEHOLDERS = frozenset(["无", "/", "不详", "-", "个体", "未知", "暂无", ""])
_MASK = re.compile(r"[*×]|X(?=X)")
_NOTE = re.compile(r"\(.*?\)")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?$")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})$")
_PHONE = re.compile(r"1\d{10}")
_SEXES = {"男": "M", "男性": "M", "1": "M", "M": "M", "女": "F", "女性": "F", "2": "F", "F": "F"}
_DAY_ZERO = date(1899, 12, 30)


def clean(row: Record) -> Record:
    """A row with every field cleaned; what says nothing is empty."""
    found = {field: _text(cell) for field, cell in row.items()}
    for field, rule in RULES.items():
        if found.get(field):
            found[field] = rule(found[field])
    return found


def without_placeholders(row: Record) -> Record:
    """A row as it stands, but for cells that only say that nothing is known."""
    return {field: "" if cell.strip() in PLACEHOLDERS else cell for field, cell in row.items()}


def _text(cell: str) -> str:
    """Half width, no spaces at all (no field here needs them), no placeholder, no apostrophe before a number."""
    plain = "".join(unicodedata.normalize("NFKC", cell).split()).lstrip("'")
    return "" if plain in PLACEHOLDERS else plain


def _name(text: str) -> str:
    return "" if _MASK.search(text) else _NOTE.sub("", text)


def _number(text: str) -> str:
    plain = text.upper()
    return "" if _MASK.search(plain) or "E+" in plain else plain.removesuffix(".0")


def _phone(text: str) -> str:
    """The first mobile number in the cell."""
    found = _PHONE.search(text.replace("-", ""))
    return found[0] if found else "" if _MASK.search(text) else text


def _plate(text: str) -> str:
    return re.sub(r"[·.]", "", text.upper())


def _birth(text: str) -> str:
    """A day as 1978-12-18; one of which only the month is told as its first."""
    if re.fullmatch(r"\d{8}", text):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if re.fullmatch(r"\d{5}", text):
        return (_DAY_ZERO + timedelta(days=int(text))).isoformat()
    if found := _AMERICAN.match(text):
        return f"{found[3]}-{int(found[1]):02d}-{int(found[2]):02d}"
    found = _DAY.match(text)
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3] or 1):02d}" if found else ""


def _sex(text: str) -> str:
    return _SEXES.get(text, "")


def _colour(text: str) -> str:
    return text.removesuffix("色")


RULES = {
    "name": _name, "number": _number, "certificate": _number, "code": _number, "phone": _phone, "plate": _plate, "birth": _birth,
    "sex": _sex, "colour": _colour,
}  # fmt: skip
