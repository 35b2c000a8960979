"""What an archive carries: each room declares its tables, how their rows are written and how they are taken in.

A row is a JSON value. Rooms above register their own from a module `archives.py`; `order` says who comes before whom,
for a person's row may name a firm.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from chelun.core.actors import Actor
from chelun.core.registries import Registry
from chelun.platform.regions.rules import level_of

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Area:
    """The region whose rows an archive carries."""

    code: str

    @property
    def level(self) -> str:
        """The level column that holds the code."""
        return level_of(self.code)

    def rows(self, model: type[models.Model]) -> Any:
        """The rows of a placed table in the region."""
        return model._default_manager.filter(**{self.level: self.code})


@dataclass(slots=True)
class Joining:
    """An archive being taken in: on whose behalf, into which place, under which batch; which batches it brought so far,
    and which of those that are here were taken back where it comes from."""

    actor: Actor
    place: Mapping[str, str]
    batch: UUID
    source: str
    batches: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)


Write = Callable[[Area], Iterator[Row]]
Take = Callable[[Joining, Sequence[Row]], Counter[str]]


def unforeseen(joining: Joining, rows: Sequence[Row]) -> None:
    """Nothing has to be known of these rows before they are taken in."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Rows of one kind. `take` runs inside a transaction, may be given the same rows again, and counts what was new.

    Rows that no batch can hide are `late`: they are taken in after the archive shows, and `foresee` is given them before.
    `show` is called with the archive's batch in the transaction that shows everything.
    """

    name: str
    order: int
    write: Write
    take: Take
    late: bool = False
    foresee: Callable[[Joining, Sequence[Row]], object] = unforeseen
    show: Callable[[UUID], object] = lambda batch: None


CARRIED: Registry[Carried] = Registry("carried rows")


def in_order() -> list[Carried]:
    """Everything that is carried, in the order in which it is taken in."""
    return sorted(CARRIED, key=lambda each: each.order)


def plain_row(row: models.Model, *left_out: str) -> Row:
    """All columns of a row by name but some, as JSON values (bytes are not among them)."""
    names = [each.attname for each in row._meta.concrete_fields if each.attname not in left_out]
    return {name: getattr(row, name) for name in names}


def read_row(model: type[models.Model], row: Row) -> dict[str, Any]:
    """The columns of `plain_row` as Python values; what this version does not know is left out."""
    fields = {each.attname: each for each in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in row.items() if name in fields}
