"""Rows that wait for a clerk: the queue, and one row beside the persons whom it may mean."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chelun.core.crypto import open_sealed
from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.people.models import PersonCard, UnresolvedRow, VersionedQuerySet
from chelun.people.rules.facts import Facts
from chelun.people.selectors.lists import Filters, narrowed
from chelun.people.services.intake.leaves import joined_in
from chelun.people.services.intake.ledger import open_facts
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.batches import hidden_batches, place_of

NARROWED_BY_NOTHING = Filters()


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """A person whom a waiting row may mean: his card in the row's place, and its facts."""

    card: PersonCard
    facts: Facts


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A waiting row with its facts opened, and its candidates."""

    row: UnresolvedRow
    facts: Facts
    candidates: tuple[CandidateFacts, ...]

    @property
    def named(self) -> bool:
        """Whether it says a name: without one it can be nobody new."""
        return bool(self.facts.get("name") or self.facts.get("masked_name"))


def unresolved_list(scope: Scope, filters: Filters = NARROWED_BY_NOTHING) -> Any:
    """Rows that wait, oldest first, by region, township, source and import."""
    rows = _waiting(scope).filter(narrowed(scope, filters.region))
    if filters.unplaced:
        rows = rows.filter(township="")
    if filters.source:
        rows = rows.filter(source=filters.source)
    return (rows.filter(batch=filters.batch) if filters.batch else rows).order_by("id")


def unresolved_sources(scope: Scope) -> list[str]:
    """The sources of the rows that wait."""
    return list(_waiting(scope).order_by("source").values_list("source", flat=True).distinct())


def unresolved_count(scope: Scope) -> int:
    """How many rows wait."""
    return _waiting(scope).count()


def waiting_row(scope: Scope, row_id: UUID) -> WaitingRow:
    """One row that waits; NotFound when it is out of scope or settled already."""
    row = _waiting(scope).filter(pk=row_id).first()
    if row is None:
        raise NotFound
    return WaitingRow(row, facts_of(row), _candidates(scope, row))


def facts_of(row: UnresolvedRow) -> Facts:
    """The facts of a waiting row."""
    facts: Facts = json.loads(open_sealed(bytes(row.sealed), f"unresolved:{row.pk}"))
    return facts


def card_facts(card: PersonCard, keys: dict[UUID, bytes]) -> Facts:
    """What a card says, its sealed facts opened."""
    clear = {
        "name": card.name, "sex": card.sex, "birth": str(card.birth_year or ""), "platform": card.platform,
        "enterprise": card.enterprise_name, "plate": card.plate, "kinds": [card.kind] if card.kind else [],
    }  # fmt: skip
    return {**clear, **open_facts(keys.get(card.person_id), bytes(card.sealed))}


def _waiting(scope: Scope) -> VersionedQuerySet[UnresolvedRow]:
    return UnresolvedRow.objects.in_scope(scope).visible(hidden_batches()).filter(settled_as="")


def _candidates(scope: Scope, row: UnresolvedRow) -> tuple[CandidateFacts, ...]:
    """Only persons of the row's own place: the row was compared with nobody else. Who is joined to another is that one."""
    candidates = [UUID(person) for person in row.candidates]
    joined = joined_in(place_of(row), candidates)
    persons = {joined.whole_of(person) for person in candidates}
    cards = (
        PersonCard.objects.in_scope(scope).visible(hidden_batches()).filter(home=row.home, person__in=persons)
    )
    keys = keys_of(persons)
    return tuple(CandidateFacts(card, card_facts(card, keys)) for card in cards.order_by("pinyin", "id"))
