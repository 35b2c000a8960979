"""Cell references: read, written, and moved when rows come in between.

References follow ECMA-376 (SpreadsheetML): column letters and a row, `$` before what stays when a formula is copied.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_ONE = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d{0,6})")
_RANGE = re.compile(
    r"(?P<a>\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6})(?P<b>:\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6})?(?![\w(.!])"
)
_PARTS = re.compile(r'("(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'!?)')
_OTHER_SHEET = re.compile(r"(?:'(?:[^']|'')*'|[^\W\d][\w.]*)!$")
_WORD = re.compile(r"[\w.!]$")
COLUMNS, ROWS = 16_384, 1_048_576


def letters_of(column: int) -> str:
    """The letters of a column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """The column of some letters, counted from 0."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1


def cell_at(reference: str) -> tuple[int, int] | None:
    """(column from 0, row from 1) of «C4»; None for anything else."""
    found = CELL.fullmatch(reference.strip())
    if found is None:
        return None
    column, row = column_of(found[1]), int(found[2])
    return (column, row) if column < COLUMNS and row <= ROWS else None


def corners(reference: str) -> tuple[int, int, int, int] | None:
    """(left, top, right, bottom) of «A1:C3» or «A1»; None for anything else, whole columns included."""
    first, _, last = reference.partition(":")
    one, other = cell_at(first), cell_at(last or first)
    if one is None or other is None:
        return None
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def named(left: int, top: int, right: int, bottom: int) -> str:
    """«A1:C3», or «A1» for a single cell."""
    first = f"{letters_of(left)}{top}"
    return first if (left, top) == (right, bottom) else f"{first}:{letters_of(right)}{bottom}"


@dataclass(frozen=True, slots=True)
class Growth:
    """A table whose rows `first` to `last` become `count` rows: what stands under it moves down."""

    first: int
    last: int
    count: int

    @property
    def more(self) -> int:
        """By how many rows what stands under the table moves."""
        return self.count - (self.last - self.first + 1)

    def row(self, row: int) -> int:
        """Where a row outside the table goes; a row of the table stays."""
        return row + self.more if row > self.last else row

    def end(self, row: int) -> int:
        """Where a range goes that ends in a row: one that ends with the table goes on ending with it."""
        return row + self.more if row >= self.last else row

    def span(self, reference: str) -> str:
        """A range after the growth; what is no range comes back as it was."""
        found = corners(reference)
        if found is None:
            return reference
        left, top, right, bottom = found
        return named(left, self.row(top), right, self.end(bottom))

    def spans(self, references: str) -> str:
        """Ranges that are divided by blanks, as conditional formats have them."""
        return " ".join(self.span(each) for each in references.split())

    def formula(self, text: str, sheet: str, *, here: bool) -> str:
        """A formula after the growth; `sheet` is the table's sheet, `here` whether the formula stands on it.

        Where it stands on it, a reference that names no sheet is meant; anywhere else only those that name the sheet.
        """

        def meant(ahead: str) -> bool:
            return _names(ahead, sheet) or (here and not _OTHER_SHEET.search(ahead))

        return _each_range(text, self._moved, meant)

    def _moved(self, one: re.Match[str], other: re.Match[str] | None) -> str:
        if other is None:
            return _written(one, 0, self.row(int(one[4])))
        return f"{_written(one, 0, self.row(int(one[4])))}:{_written(other, 0, self.end(int(other[4])))}"


def copied(text: str, columns: int, rows: int) -> str:
    """A formula as it stands when its cell is copied by so many columns and rows; what has a `$` stays."""

    def moved(one: re.Match[str], other: re.Match[str] | None) -> str:
        first = _shifted(one, columns, rows)
        return first if other is None else f"{first}:{_shifted(other, columns, rows)}"

    return _each_range(text, moved, lambda ahead: True)


def _shifted(match: re.Match[str], columns: int, rows: int) -> str:
    row = int(match[4]) + (0 if match[3] else rows)
    return _written(match, 0 if match[1] else columns, row)


def _written(match: re.Match[str], columns: int, row: int) -> str:
    column = column_of(match[2]) + columns
    if not 0 <= column < COLUMNS or not 1 <= row <= ROWS:
        return "#REF!"
    return f"{match[1]}{letters_of(column)}{match[3]}{row}"


def _names(ahead: str, sheet: str) -> bool:
    """Whether what stands before a reference names this sheet."""
    quoted = "'" + sheet.replace("'", "''") + "'!"
    return ahead.endswith((quoted, f"{sheet}!"))


Move = Callable[[re.Match[str], re.Match[str] | None], str]
Meant = Callable[[str], bool]


def _each_range(text: str, moved: Move, meant: Meant) -> str:
    """A formula with each reference that is meant replaced; texts in quotes stay."""
    found: list[str] = []
    for place, part in enumerate(_PARTS.split(text)):
        before = "".join(found[-1:])
        found.append(part if place % 2 else _in_part(part, before, moved, meant))
    return "".join(found)


def _in_part(part: str, before: str, moved: Move, meant: Meant) -> str:
    def one(match: re.Match[str]) -> str:
        ahead = before + part[: match.start()]
        if (_WORD.search(ahead) and not ahead.endswith("!")) or not meant(ahead):
            return match[0]
        first = _ONE.fullmatch(match["a"])
        last = _ONE.fullmatch(match["b"][1:]) if match["b"] else None
        return moved(first, last) if first else match[0]

    return _RANGE.sub(one, part)
