"""Counting a register by two things at once, in one region: every pair of values, and the totals.

The counts are those of the lists: a subject that several places know counts once (its first card), a source counts
each place in which it speaks of somebody.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.db.models import Count, F, QuerySet

from chelun.core.crossings import ALL, NOT_KNOWN
from chelun.core.scope import Node, Scope
from chelun.people.selectors.facets import facet
from chelun.people.selectors.lists import first_cards, is_one_county, level_below
from chelun.people.services.intake.shelf import SHELVES, Shelf
from chelun.platform.sheets.batches import hidden_batches

REGION, SOURCE = "region", "source"
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Axis:
    """One of the two: what is grouped by, and which values a group has."""

    name: str
    columns: Mapping[str, Any]
    values: Callable[..., Iterable[str]]

    def of(self, row: Mapping[str, Any]) -> list[str]:
        """The values of a group, each once."""
        return list(dict.fromkeys(self.values(*(row[column] for column in self.columns))))


def crossed(register: str, code: str, one: str, other: str) -> Counter[Key]:
    """The numbers of a region by two dimensions: {(value, value): n}, with `ALL` for the totals. Some passes over its cards."""
    shelf = next(each for each in SHELVES.values() if each.register == register)
    axes = (_axis(shelf, code, one), _axis(shelf, code, other))
    cards = shelf.cards.in_scope(Scope.of([Node(REGION, code)])).visible(hidden_batches())
    counts: Counter[Key] = Counter()
    plain = [axis for axis in axes if axis.name != SOURCE]
    for row in _grouped(cards, plain):
        for key in _keys(axes, row):
            counts[key] += row["n"]
    for row, repeated in _repetitions(shelf, cards, code, plain):
        for key in _keys(axes, row):
            counts[key] -= repeated(_place(axes, key))
    if len(plain) < len(axes):
        for row in _grouped(_of_sources(shelf, cards), axes):
            counts.update(dict.fromkeys(_keys(axes, row, plain=False), row["n"]))
    return +counts


def _axis(shelf: Shelf, code: str, name: str) -> Axis:
    if name == REGION:
        return Axis(name, {"of_place": F(level_below(code))}, lambda value: [value or NOT_KNOWN])
    if name == SOURCE:
        return Axis(
            name,
            {"of_source": F(f"{shelf.subject.removesuffix('_id')}__source_records__source")},
            lambda value: [value],
        )
    known = facet(shelf.register, name)
    if known is None:
        raise KeyError(name)
    return Axis(name, known.columns(), known.values)


def _grouped(cards: "QuerySet[Any]", axes: Sequence[Axis]) -> Iterable[dict[str, Any]]:
    columns = {name: column for axis in axes for name, column in axis.columns.items()}
    rows: Iterable[dict[str, Any]] = (
        cards.annotate(**columns).values(*columns).annotate(n=Count("pk", distinct=True)).order_by()
    )
    return rows


def _of_sources(shelf: Shelf, cards: "QuerySet[Any]") -> "QuerySet[Any]":
    """The cards joined to the source records of their place."""
    records = f"{shelf.subject.removesuffix('_id')}__source_records"
    shown = shelf.sources.visible(hidden_batches())
    return cards.filter(**{f"{records}__in": shown, f"{records}__home": F("home")})


def _keys(axes: Sequence[Axis], row: Mapping[str, Any], *, plain: bool = True) -> Iterator[Key]:
    """The numbers to which a group belongs: those that name a source come from rows joined to sources, the others do not."""
    held = [
        [ALL]
        if plain and axis.name == SOURCE
        else [*axis.of(row), *([ALL] if plain or axis.name != SOURCE else [])]
        for axis in axes
    ]
    yield from product(*held)


def _place(axes: Sequence[Axis], key: Key) -> str:
    """The place that a number is of: '' the whole region, `NOT_KNOWN` what names no place in it."""
    return next(
        (value for axis, value in zip(axes, key, strict=True) if axis.name == REGION and value != ALL), ""
    )


def _repetitions(
    shelf: Shelf, cards: "QuerySet[Any]", code: str, axes: Sequence[Axis]
) -> Iterator[tuple[dict[str, Any], Callable[[str], bool]]]:
    """The cards of subjects that have several here, each with: is it a repetition in this place?"""
    if is_one_county(Scope.of([Node(REGION, code)]), code):
        return
    several = (
        cards.values(shelf.subject).annotate(n=Count("pk")).filter(n__gt=1).order_by().values(shelf.subject)
    )
    columns = {name: column for axis in axes for name, column in axis.columns.items()}
    level = level_below(code)
    rows = cards.filter(**{f"{shelf.subject}__in": several}).annotate(**columns)
    seen: dict[Any, set[str]] = {}
    for row in (
        rows.order_by(shelf.subject, *first_cards(cards.model))
        .values(shelf.subject, level, *columns)
        .iterator()
    ):
        known = seen.setdefault(row[shelf.subject], set())
        yield row, frozenset(known | ({"", NOT_KNOWN} if known else set())).__contains__
        known.add(row[level] or NOT_KNOWN)
