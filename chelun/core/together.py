"""Rows of several tables with the same columns, read as one in one order: what a page and a count ask of a queryset."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Together(Generic[M]):
    """Some querysets as one. No key stands in two of them; the last name of an order is the key, which is a UUID."""

    parts: tuple[QuerySet[Any], ...]
    order: tuple[str, ...] = ()
    most: int | None = None

    def filter(self, *conditions: Any, **named: Any) -> Self:
        """Each narrowed."""
        return replace(self, parts=tuple(part.filter(*conditions, **named) for part in self.parts))

    def order_by(self, *names: str) -> Self:
        """In this order; none for a count."""
        return replace(self, order=names)

    def values_list(self, *names: str) -> Self:
        """Values in place of rows, for `first`."""
        return replace(self, parts=tuple(part.values_list(*names) for part in self.parts))

    def first(self) -> Any:
        """What the first queryset that has any row has."""
        found = (part.order_by(*self.order).first() for part in self.parts)
        return next((row for row in found if row is not None), None)

    def __getitem__(self, part: slice) -> Self:
        """So many from the beginning."""
        return replace(self, most=part.stop)

    def count(self) -> int:
        """How many rows, counted no further than asked for; beyond that the rest is not looked at."""
        found = 0
        for part in self.parts:
            most = None if self.most is None else self.most - found
            found += part.order_by()[:most].count()
            if found == self.most:
                break
        return found

    def __iter__(self) -> Iterator[M]:
        """The rows in order: the keys by one statement, in which the database compares texts as its indexes do."""
        keys = list(self._keys())
        found: dict[UUID, M] = {}
        for part in self.parts if keys else ():
            found |= part.model._default_manager.in_bulk(keys)
        return (found[key] for key in keys if key in found)

    def _keys(self) -> Iterator[UUID]:
        plain = [name.lstrip("-") for name in self.order]
        sides = [part.order_by(*self.order).values_list(*plain)[: self.most] for part in self.parts]
        written = list(filter(None, map(_statement, sides)))
        if not written:
            return
        union = " UNION ALL ".join(f"SELECT * FROM ({text}) AS side" for text, _values in written)  # noqa: S608
        order = ", ".join(map(partial(_place, self.order), range(len(plain))))
        limit = "" if self.most is None else f" LIMIT {int(self.most)}"
        with connection.cursor() as cursor:
            cursor.execute(
                f"{union} ORDER BY {order}{limit}", [each for _, values in written for each in values]
            )
            for row in cursor.fetchall():
                yield row[-1] if isinstance(row[-1], UUID) else UUID(row[-1])


def _statement(side: QuerySet[Any]) -> tuple[str, tuple[Any, ...]] | None:
    """The statement of a side; None where Django sees without the database that nothing fits."""
    try:
        return side.query.sql_with_params()
    except EmptyResultSet:
        return None


def _place(order: tuple[str, ...], place: int) -> str:
    return f"{place + 1} DESC" if order[place].startswith("-") else str(place + 1)
