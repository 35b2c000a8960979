"""Lists narrowed by fields of places, and the values of such fields on some cards."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from chelun.core.scope import Scope
from chelun.engines.faults import Fault
from chelun.engines.tables.columns.own_fields import DAY, NUMBER, TEXT, OwnColumn, is_own
from chelun.people.models import Card, OwnValue
from chelun.people.selectors.search import prefix
from chelun.people.services.intake.owned import word_of
from chelun.platform.fields.selectors import columns_at, columns_named
from chelun.platform.regions.selectors import placed
from chelun.platform.regions.words import home_region

Own = tuple[tuple[str, str], ...]
"""(the field's key, what is asked of it)."""
ANY = "*"
"""Asks for cards that have any value."""
FEW = 5_000
"""So many cards are named in the statement; where more have the value, the list in its order meets them soon."""
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)?\s*(?:-|–|—|~|～|至|到)\s*(-?\d+(?:\.\d+)?)?")
_PART_OF_DAY = re.compile(r"\d{4}(?:-\d{2}){0,2}")


def asked_of(query: Mapping[str, str]) -> Own:
    """What an address asks of fields of places."""
    return tuple(
        sorted((name, value.strip()) for name, value in query.items() if is_own(name) and value.strip())
    )


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Narrows cards by what is asked of fields of places. What cannot be read narrows to nothing."""

    found: tuple[tuple[QuerySet[OwnValue], tuple[UUID, ...] | None], ...] = ()

    @classmethod
    def of(cls, own: Own, county: str) -> Self:
        """Look up how many cards each condition leaves; `county` is '' where several counties are looked at."""
        columns = columns_named(name for name, _asked in own)
        found = []
        for name, asked in own:
            values = OwnValue.objects.filter(_condition(columns.get(name), asked), field=name)
            if county:
                values = values.filter(county=county)
            cards = tuple(values.values_list("card", flat=True)[: FEW + 1])
            found.append((values, cards if len(cards) <= FEW else None))
        return cls(tuple(found))

    def __call__(self, cards: Any) -> Any:
        """These cards, narrowed."""
        for values, few in self.found:
            named = Q(pk__among=few) if few is not None else Exists(values.filter(card=OuterRef("pk")))
            cards = cards.filter(named)
        return cards


def own_at(scope: Scope, register: str, region: str = "") -> tuple[OwnColumn, ...]:
    """The fields that a list has beside its own: those of the place that is looked at and of the places above it."""
    return columns_at(placed(region or home_region(scope))).get(register, ())


def own_words(cards: Sequence[Card], columns: Sequence[OwnColumn]) -> dict[UUID, dict[str, str]]:
    """What stands on some cards in these fields, by card and field. One query, none without fields."""
    found: dict[UUID, dict[str, str]] = {}
    if columns and cards:
        names = [column.name for column in columns]
        rows = OwnValue.objects.filter(card__among=[card.id for card in cards], field__in=names)
        for card, name, word in rows.values_list("card", "field", "word"):
            found.setdefault(card, {})[name] = word
    return found


def _condition(column: OwnColumn | None, asked: str) -> Q:
    if column is None:
        return Q(pk__in=[])
    if asked == ANY:
        return Q()
    if column.type == NUMBER and not column.sealed and (bounds := _RANGE.fullmatch(asked)):
        low, high = bounds.groups()
        least = Q(number__gte=float(low)) if low else Q(number__isnull=False)
        return least & Q(number__lte=float(high)) if high else least
    if column.type == DAY and not column.sealed and _PART_OF_DAY.fullmatch(asked):
        return prefix("word", asked)
    value = column.read(asked)
    if value is None or isinstance(value, Fault):
        return Q(pk__in=[])
    return (
        prefix("word", value)
        if column.type == TEXT and not column.sealed
        else Q(word=word_of(column.name, value))
    )
