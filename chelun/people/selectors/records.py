"""Source records of one subject, opened, and the values that survive among those that the reader may see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.people.models import Card
from chelun.people.rules.facts import Record, Survivor, survivors
from chelun.people.rules.ranks import Ranking
from chelun.people.services.intake.ledger import to_record
from chelun.people.services.intake.ranking import ranking_among
from chelun.people.services.intake.shelf import Shelf
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.batches import hidden_batches

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

    @property
    def homes(self) -> tuple[str, ...]:
        """The places (their own codes) that know the subject."""
        return tuple(dict.fromkeys(card.home for card in self.cards))

    def value(self, name: str) -> Any:
        """The standing value of a fact, None when nobody says anything."""
        found = self.facts.get(name)
        return found.value if found else None


def held(scope: Scope, shelf: Shelf, subject: UUID) -> Held:
    """Everything of a subject in scope; NotFound when no card of it is: absent and foreign are the same."""
    hidden = hidden_batches()
    mine = {shelf.subject: subject}
    cards = shelf.cards.in_scope(scope).visible(hidden).filter(**mine).order_by("-as_of", "home")
    found = tuple(cards)
    if not found:
        raise NotFound
    keys = keys_of([subject])
    rows = shelf.sources.in_scope(scope).visible(hidden).filter(**mine)
    newest = rows.order_by("-as_of", "-known_at")[:MOST_RECORDS]
    records = tuple(to_record(shelf, row, keys) for row in newest)
    ranking = ranking_among(shelf.register, [card.home for card in found], hidden)
    return Held(subject, found, records, survivors(records, ranking), ranking)
