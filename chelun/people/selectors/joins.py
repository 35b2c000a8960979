"""Rows that name a firm or a vehicle by its key keep the leaf that was meant: which file that is today, place by place."""

from collections.abc import Collection, Iterable
from typing import Any, Self
from uuid import UUID

from django.db.models import Q

from chelun.core.crypto import blind_index
from chelun.core.scope import Scope
from chelun.people.models import Leaf, LeafName, Person, PersonSource
from chelun.people.rules.merging import Counted, Joined, joined_at, width
from chelun.people.services.intake.leaves import counted_around
from chelun.people.services.intake.shelf import HOLDERS, Shelf
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.batches import hidden_batches

LEVELS = ("province", "city", "county")
Pair = tuple[UUID, str]
"""(subject, place)."""


class Joins:
    """What the merges around some subjects come to in each place. One query where nothing is joined, else two."""

    def __init__(self, counted: Collection[Counted]) -> None:
        self._counted = counted
        self._at: dict[str, Joined] = {}

    @classmethod
    def around(cls, subjects: Collection[UUID]) -> Self:
        """Of these subjects and all that are joined with them."""
        return cls(counted_around(subjects) if subjects else ())

    @property
    def leaves(self) -> set[UUID]:
        """All subjects that are one with others somewhere."""
        return {each.leaf for each in self._counted}

    def whole(self, subject: UUID, home: str) -> UUID:
        """On whose file a subject is shown in a place: mostly its own."""
        return self._in(home).whole_of(subject) if self._counted else subject

    def pair(self, pair: Pair) -> Pair:
        """A subject in a place as the file on which it is shown there."""
        return self.whole(*pair), pair[1]

    def naming(self, column: str, subjects: Collection[UUID]) -> Q:
        """The rows that name in `column` one of these files or a leaf that is shown on it where the row lies."""
        homes = sorted({each.home for each in self._counted})
        if not homes:
            return Q(**{f"{column}__in": list(subjects)})
        outside = Q(**{f"{column}__in": list(subjects)})
        condition = outside & ~_within(homes)
        for home in homes:
            joined = self._in(home)
            leaves = joined.spread({joined.whole_of(subject) for subject in subjects})
            finer = [each for each in homes if each != home and home in placed(each).values()]
            here = Q(**{f"{column}__in": sorted(leaves)}) & _within([home])
            condition |= here & ~_within(finer) if finer else here
        return condition

    def _in(self, home: str) -> Joined:
        if home not in self._at:
            self._at[home] = joined_at(self._counted, placed(home))
        return self._at[home]


def _within(homes: Iterable[str]) -> Q:
    condition = Q(pk__in=[])
    for home in homes:
        condition |= Q(**{LEVELS[width(home)]: home})
    return condition


def naming(column: str, subjects: Collection[UUID]) -> Q:
    """The rows that name one of these files in a column, by whichever of its leaves."""
    return Joins.around(subjects).naming(column, subjects)


def cards_of(scope: Scope, shelf: Shelf, pairs: Collection[Pair]) -> dict[Pair, Any]:
    """The cards on which some subjects are shown in their places, as far as they lie in scope."""
    joins = Joins.around({subject for subject, _ in pairs})
    asked = {pair: joins.pair(pair) for pair in pairs}
    cards = shelf.cards.in_scope(scope).visible(hidden_batches())
    rows = cards.filter(**{f"{shelf.subject}__in": {whole for whole, _ in asked.values()}}) if asked else ()
    found = {(getattr(card, shelf.subject), card.home): card for card in rows}
    return {pair: found[whole] for pair, whole in asked.items() if whole in found}


def leaves_called(scope: Scope, register: str, condition: Q) -> list[UUID]:
    """The leaves of joined files that places in scope know by a name that a condition on `LeafName` says."""
    rows = LeafName.objects.in_scope(scope).filter(condition, register=HOLDERS[register].register)
    return list(rows.values_list("leaf", flat=True).distinct())


def with_number(scope: Scope, hidden: Collection[UUID], number: str) -> Q:
    """Joined files in places where a row names a leaf that has this number: where none does the number finds nobody."""
    leaves = Leaf.objects.filter(
        leaf__in=Person.objects.filter(id_index=blind_index("id_number", number)).values("id")
    )
    rows = PersonSource.objects.in_scope(scope).visible(hidden)
    condition = Q(pk__in=[])
    for home, leaf, whole in leaves.values_list("home", "leaf", "whole"):
        level = LEVELS[width(home)]
        its_homes = rows.filter(person=leaf, **{level: home}).values("home")
        condition |= Q(person=whole, home__in=its_homes)
    return condition
