"""Exact matching as clerks do it with a spreadsheet: by the number, else by name and telephone, cells trimmed and nothing more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bench.matching.peers import Pair, Record, Table

NUMBERS = ("number", "code")


def match(left: Table, right: Table) -> Iterable[Pair]:
    """Rows of one number, and rows of one name and telephone of which one at least has no number."""
    held: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for row in right.records():
        for key in _keys(row):
            held[key].append(row)
    for row in left.records():
        found = {other["id"]: other for key in _keys(row) for other in held.get(key, ())}
        for other in found.values():
            if _number(row) == _number(other) or not (_number(row) and _number(other)):
                yield row["id"], other["id"], 1.0


def _keys(row: Record) -> Iterator[tuple[str, ...]]:
    number, phone = _number(row), row["phone"].strip()
    name = (row.get("name") or row.get("firm") or "").strip()
    if number:
        yield ("number", number)
    if name and len(phone) > 6:
        yield ("name and phone", name, phone)


def _number(row: Record) -> str:
    """A cell that can be a number: placeholders are shorter, and what a program shows with an exponent is seen by anybody."""
    found = next((row[field].strip() for field in NUMBERS if field in row), "")
    return found if len(found) > 9 and "E+" not in found else ""
