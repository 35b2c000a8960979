"""The words of this folder: cells, rows, tables, limits, reports. No reading and no deciding happens here."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, NamedTuple, Self

Kind = Literal["text", "number", "date", "time", "bool", "error", "empty"]
Filled = Literal["", "merged", "ditto"]
RowKind = Literal["data", "title", "head", "total", "note", "section", "serial", "foreign"]
Source = str | os.PathLike[str] | BinaryIO


#: Characters that show nothing; a cell of only these is blank.
INVISIBLE = " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202c\u180e"

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
#: What an XML document cannot hold and a database will not take, but an escape or an old file may name.
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def shown_text(text: str) -> str:
    """Return a text as it is, or «» where it shows nothing."""
    return text if len(text) > 8 or text.strip(INVISIBLE) else ""


def unescape(text: str) -> str:
    """Resolve ``_x000D_`` escapes (ECMA-376 part 1, 22.9.2.19); those of no character resolve to nothing."""
    return _ESCAPE.sub(lambda found: holdable(chr(int(found[1], 16))), text) if "_x" in text else text


def holdable(text: str) -> str:
    """Return a text without control characters and halves of characters."""
    return text if text.isprintable() else _UNHOLDABLE.sub("", text)


def whole_number(text: str | None, otherwise: int = 0) -> int:
    """Return a number that a file states of its own layout, or the given one where it states none or nonsense."""
    return int(text) if text and len(text) < 10 and text.isdecimal() else otherwise


class Cell(str):
    """A cell that is more than plain text; as a ``str`` it is what the clerk reads on the screen.

    Plain text cells are plain ``str`` and empty cells are ``""``, because millions pass: ask `kind_of`.

    * ``kind``: number, date (ISO text), time, bool (TRUE/FALSE), error (#N/A), text, or empty.
    * ``raw``: as it is written in the file: ``45000`` for a date, ``5.1011219900101E+17`` for a damaged ID number.
    * ``formula``/``cached``: the cell computes; without a cached value its text is empty and its kind ``empty``.
    * ``filled``: the value comes from above, through a merged cell or a 同上.
    """

    __slots__ = ("cached", "filled", "formula", "kind", "raw")

    kind: Kind
    raw: str
    formula: bool
    cached: bool
    filled: Filled

    def __new__(
        cls,
        text: str,
        kind: Kind,
        raw: str = "",
        formula: bool = False,
        cached: bool = True,
        filled: Filled = "",
    ) -> Self:
        """Build a cell; everything but text and kind has the value of an ordinary cell."""
        self = super().__new__(cls, text)
        self.kind = kind
        self.raw = raw
        self.formula = formula
        self.cached = cached
        self.filled = filled
        return self

    def __getnewargs__(self) -> tuple[str, Kind, str, bool, bool, Filled]:  # type: ignore[override]
        """Let a cell be copied and pickled whole."""
        return str(self), self.kind, self.raw, self.formula, self.cached, self.filled

    @property
    def lossy(self) -> bool:
        """Whether a number has more digits than a spreadsheet keeps (15): an ID number stored as a number."""
        return self.kind == "number" and "E+" in self


def kind_of(cell: str) -> Kind:
    """Return the kind of a cell, plain text and empty cells included."""
    if isinstance(cell, Cell):
        return cell.kind
    return "text" if cell else "empty"


def is_blank(cell: str) -> bool:
    """Whether a cell shows nothing and computes nothing. A formula without a value is not blank: it wants one."""
    return not cell and not (isinstance(cell, Cell) and cell.formula and not cell.cached)


def filled_from(cell: str, how: Filled) -> Cell:
    """Return a copy of a cell marked as taken over from a cell above."""
    if isinstance(cell, Cell):
        return Cell(str(cell), cell.kind, cell.raw, cell.formula, cell.cached, how)
    return Cell(cell, "text" if cell else "empty", filled=how)


class Span(NamedTuple):
    """A merged range; rows are 1-based sheet rows, columns 0-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class RawRow(NamedTuple):
    """One row of a sheet that is not blank, before any meaning: cells from column A on, merges that start in it."""

    number: int
    cells: list[str]
    hidden: bool = False
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the clerk is told about a file that could be read; `message` is a template for `params`."""

    code: str
    message: str
    params: dict[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in Chinese."""
        return self.message.format(**self.params)


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """One sheet as its list in the file says; `n_rows_estimate` counts the rows written, blank ones included."""

    name: str
    hidden: bool
    n_rows_estimate: int


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a file is, before its layout is looked at."""

    format: str
    sheets: tuple[SheetInfo, ...]
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: 0-based place in the sheet, its letter, its head (two lines joined by «/»)."""

    index: int
    letter: str
    head: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table found on a sheet. `number` counts the tables of the sheet from 1; rows are 1-based sheet rows.

    A `late` table begins beyond the look-ahead: it is met in a walk, but `tables` does not list it.
    """

    sheet: str
    sheet_index: int
    sheet_hidden: bool
    number: int
    title: tuple[str, ...]
    columns: tuple[Column, ...]
    head_rows: tuple[int, ...]
    first_row: int
    headless: bool = False
    late: bool = False


class Row(NamedTuple):
    """One row that is not blank. `cells` follow the columns of its table; outside tables they are the filled cells.

    `table` is the number of the table within the sheet, 0 above or beside all tables. `aside` are texts that stand
    in the same sheet row outside of every table. `foreign` rows stand under a head that the look-ahead did not see.
    """

    table: int
    number: int
    kind: RowKind
    cells: tuple[str, ...]
    hidden: bool = False
    aside: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All that the row says, in one line, to be told to the clerk."""
        return "  ".join(cell for cell in (*self.cells, *self.aside) if cell)


@dataclass(slots=True)
class Report:
    """Counts of one walk over a file. `read` is the number of rows that are not blank, each counted once."""

    read: int = 0
    hidden: int = 0
    kinds: dict[RowKind, int] = field(default_factory=dict)

    def add(self, rows: Iterable[Row]) -> None:
        """Count the parts of one sheet row: side by side tables share a row, the best of its kinds is counted."""
        parts = list(rows)
        kind = next((row.kind for row in parts if row.kind == "data"), parts[0].kind)
        self.read += 1
        self.hidden += parts[0].hidden
        self.kinds[kind] = self.kinds.get(kind, 0) + 1


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep a hostile or senseless file from taking the machine; each has its own refusal."""

    file_bytes: int = 200 * 1024**2
    xls_bytes: int = 100 * 1024**2
    unpacked_bytes: int = 1536 * 1024**2
    ods_bytes: int = 300 * 1024**2
    page_bytes: int = 40 * 1024**2
    ratio: int = 250
    ratio_from_bytes: int = 64 * 1024**2
    small_part_bytes: int = 32 * 1024**2
    text_bytes: int = 256 * 1024**2
    parts: int = 10_000
    sheets: int = 250
    rows: int = 2_000_000
    cells: int = 60_000_000
    columns: int = 1_024
    merges: int = 200_000
    cell_chars: int = 100_000
    row_chars: int = 200_000
    line_chars: int = 1_000_000
    tables: int = 250
    repeated_rows: int = 10_000
    blank_cells: int = 3_000_000
    idle_tags: int = 4_000_000
    tags_per_cell: int = 50
    tag_names: int = 20_000
    styles: int = 100_000
    shared_strings: int = 1_000_000
    xls_strings: int = 2_000_000
    look_rows: int = 5_000
    look_cells: int = 500_000
    macros: bool = False
    external_links: bool = False


LIMITS = Limits()
