"""Source records of one subject, opened, and the values that survive among those that the reader may see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from chelun.core.errors import NotFound
from chelun.core.scope import Node, Scope
from chelun.people.models import Card, LeafName, PersonCard
from chelun.people.rules.facts import Record, Survivor, survivors
from chelun.people.rules.merging import Joined, joined_at
from chelun.people.rules.ranks import Ranking
from chelun.people.services.intake.leaf_names import NAMED
from chelun.people.services.intake.leaves import counted_around
from chelun.people.services.intake.ledger import to_record
from chelun.people.services.intake.ranking import ranking_among
from chelun.people.services.intake.shelf import Shelf
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.batches import hidden_batches, place_of

LEVELS = ("province", "city", "county")
MOST_RECORDS = 500
"""A firm that hundreds of rosters name: the newest are shown."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the places in scope hold of one subject: their cards, newest first, their records, the standing values."""

    subject: UUID
    cards: tuple[Card, ...]
    records: tuple[Record, ...]
    facts: dict[str, Survivor]
    ranking: Ranking
    leaves: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    """Of a joined file: each leaf that somebody here said something of, with the places that did."""

    @property
    def homes(self) -> tuple[str, ...]:
        """The places (their own codes) that know the subject."""
        return tuple(dict.fromkeys(card.home for card in self.cards))

    @property
    def parts(self) -> Mapping[UUID, tuple[str, ...]]:
        """The subjects under which something of this file is written down, each with its places: mostly one."""
        return self.leaves or {self.subject: self.homes}

    @property
    def joined(self) -> bool:
        """Whether what is seen here comes from several files that were joined."""
        return len(self.leaves) > 1

    def value(self, name: str) -> Any:
        """The standing value of a fact, None when nobody says anything."""
        found = self.facts.get(name)
        return found.value if found else None


def has_persons(region: str) -> bool:
    """Whether a region, or any place below it, has anybody on file."""
    return PersonCard.objects.in_scope(Scope.of([Node("region", region)])).exists()


def held(scope: Scope, shelf: Shelf, subject: UUID) -> Held:
    """Everything of a subject in scope; NotFound when no card of it is: absent and foreign are the same."""
    hidden = hidden_batches()
    mine = {shelf.subject: subject}
    cards = shelf.cards.in_scope(scope).visible(hidden).filter(**mine).order_by("-as_of", "home")
    found = tuple(cards)
    if not found:
        raise NotFound
    joined = _joined(found, subject)
    leaves = {subject}.union(*(each.leaves_of(subject) for each in joined.values()))
    keys = keys_of(leaves)
    rows = shelf.sources.in_scope(scope).visible(hidden).filter(_told(shelf, subject, joined))
    records = []
    for row in rows.order_by("-as_of", "-known_at")[:MOST_RECORDS]:
        record = to_record(shelf, row, keys)
        records.append(joined[row.home].heard(record) if joined else record)
    parts = _parts(shelf, rows, _named(scope, shelf, subject, joined)) if joined else {}
    ranking = ranking_among(shelf.register, [card.home for card in found], hidden)
    return Held(subject, found, tuple(records), survivors(records, ranking), ranking, parts)


def _joined(cards: Sequence[Card], subject: UUID) -> dict[str, Joined]:
    """Who is one with a subject in each place that has a card of it; empty for whom nobody joined to anything."""
    counted = counted_around([subject])
    if not counted:
        return {}
    return {card.home: joined_at(counted, place_of(card)) for card in cards}


def _told(shelf: Shelf, subject: UUID, joined: Mapping[str, Joined]) -> Q:
    """The records of a file: in each place those of the leaves that count to it there."""
    if not joined:
        return Q(**{shelf.subject: subject})
    homes: dict[UUID, list[str]] = defaultdict(list)
    for home, each in joined.items():
        for leaf in each.leaves_of(subject):
            homes[leaf].append(home)
    condition = Q(pk__in=[])
    for leaf, its in homes.items():
        condition |= Q(**{shelf.subject: leaf}, home__in=its)
    return condition


def _named(scope: Scope, shelf: Shelf, subject: UUID, joined: Mapping[str, Joined]) -> list[tuple[UUID, str]]:
    """The leaves of a firm or vehicle that places in scope know by name, whether a record or a mention tells of them."""
    if shelf not in NAMED:
        return []
    leaves = {leaf for each in joined.values() for leaf in each.leaves_of(subject)}
    rows = LeafName.objects.in_scope(scope).filter(leaf__in=leaves, home__in=list(joined))
    named = rows.values_list("leaf", "home")
    return [(leaf, home) for leaf, home in named if joined[home].whole_of(leaf) == subject]


def _parts(shelf: Shelf, rows: Any, names: Iterable[tuple[UUID, str]]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    for leaf, home in (*rows.order_by().values_list(shelf.subject, "home").distinct(), *names):
        found[leaf].add(home)
    return {leaf: tuple(sorted(homes)) for leaf, homes in sorted(found.items())}


def moved_to(scope: Scope, shelf: Shelf, subject: UUID) -> UUID | None:
    """The file on which a leaf without a card of its own is shown; None unless a place in scope has records of the leaf (knows the firm or vehicle by name)."""
    if shelf in NAMED:
        rows: Any = LeafName.objects.in_scope(scope).filter(leaf=subject)
    else:
        rows = shelf.sources.in_scope(scope).visible(hidden_batches()).filter(**{shelf.subject: subject})
    places = [
        dict(zip(LEVELS, levels, strict=True)) for levels in rows.order_by().values_list(*LEVELS).distinct()
    ]
    counted = counted_around([subject]) if places else ()
    wholes = [joined_at(counted, place).whole_of(subject) for place in places]
    return next((whole for whole in wholes if whole != subject), None)


def journal_of(scope: Scope, shelf: Shelf, subject: UUID) -> tuple[list[Any], Mapping[str, Joined]]:
    """(every record of a file in scope that was ever written, taken back and hidden ones as well; who is one in each place).

    Of a file that is joined today in a place these are the records of all its leaves there.
    """
    counted = counted_around([subject])
    leaves = {subject, *(each.leaf for each in counted)}
    rows = shelf.sources.in_scope(scope).filter(**{f"{shelf.subject}__in": leaves}).order_by("known_at", "id")
    joined: dict[str, Joined] = {}
    found = []
    for row in rows:
        here = joined.setdefault(row.home, joined_at(counted, place_of(row)))
        if getattr(row, shelf.subject) in here.leaves_of(subject):
            found.append(row)
    return found, joined
