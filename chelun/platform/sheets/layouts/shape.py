"""What a place has said of its form, once: where the table stands, which column is which field, which cells are filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

SERIAL = "#serial"
"""A column that counts the rows: no field of a register."""
PLACE, DAY, WHO, COUNT, PURPOSE = "place", "day", "who", "count", "purpose"
FIXED = (PLACE, DAY, WHO, COUNT, PURPOSE)
"""What may be filled in beside the table: the place, the day, who fetched it, how many rows, what for."""


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of the table: its place (from 0), its head, the field that fills it ('' leaves it empty).

    `out` is the kind of a forbidden column: it is named, stays empty, and is dropped when it comes back.
    """

    at: int
    head: str
    field: str = ""
    out: str = ""


@dataclass(frozen=True, slots=True)
class FixedCell:
    """A cell outside the table that is filled in."""

    cell: str
    what: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A table in a form: its sheet, its head rows, its rows `first` to `last` (from 1), columns and fixed cells."""

    sheet: str
    heads: tuple[int, ...]
    first: int
    last: int
    columns: tuple[FormColumn, ...]
    fixed: tuple[FixedCell, ...] = ()

    @property
    def fields(self) -> dict[str, int]:
        """The columns that are filled: field → place."""
        return {column.field: column.at for column in self.columns if column.field}

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


def shape_of(kept: Mapping[str, Any]) -> Shape:
    """A shape as `to_json` wrote it."""
    columns = tuple(FormColumn(**each) for each in kept["columns"])
    fixed = tuple(FixedCell(**each) for each in kept["fixed"])
    return Shape(kept["sheet"], tuple(kept["heads"]), kept["first"], kept["last"], columns, fixed)


def is_named(at: int, head: str) -> bool:
    """Whether a column has a head of its own, and is not called after its place by the reading."""
    return bool(head) and head != f"第{at + 1}列"


def heads_of(columns: Sequence[tuple[int, str]]) -> str:
    """The heads of a table as one text, by which the form is known again; columns without a name do not count."""
    return "|".join(head for at, head in columns if is_named(at, head))
