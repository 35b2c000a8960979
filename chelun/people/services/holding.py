"""The papers of somebody, for privacy and for whoever writes down that they were looked at: they are his matter, wherever they lie."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from chelun.people.models import Credential, CredentialCard, CredentialPast, CredentialSource
from chelun.people.rules.facts import Facts
from chelun.people.services.intake.credentials import holder_of
from chelun.people.services.intake.ledger import open_facts
from chelun.people.services.intake.shelf import CREDENTIALS, HOLDERS, SHELVES
from chelun.platform.privacy.keys import keys_of

Subjects = Collection[UUID]


def _held_by(subjects: Subjects, path: str = "") -> Q:
    condition = Q(**{f"{path}pk__in": list(subjects)})
    for shelf in HOLDERS.values():
        condition |= Q(**{f"{path}{shelf.subject}__in": list(subjects)})
    return condition


def papers_held(subjects: Subjects) -> QuerySet[Credential]:
    """The papers of these persons, firms or vehicles, or these papers themselves."""
    return Credential.objects.filter(_held_by(subjects))


def records_held(subjects: Subjects) -> QuerySet[CredentialSource]:
    """All that was ever said of them."""
    return CredentialSource.objects.filter(_held_by(subjects, "credential__"))


def cards_held(subjects: Subjects) -> QuerySet[CredentialCard]:
    """Their cards, in every place."""
    return CredentialCard.objects.filter(_held_by(subjects, "credential__"))


def past_held(subjects: Subjects) -> QuerySet[CredentialPast]:
    """Their cards of earlier, in every place."""
    return CredentialPast.objects.filter(_held_by(subjects, "credential__"))


def same_matter(kind: str, subjects: Subjects) -> set[UUID]:
    """The papers that go when their holder does: their keys, who looked at them, what fields of places say of them."""
    return set(papers_held(subjects).values_list("pk", flat=True)) if kind in HOLDERS else set()


def facts_of_papers(subjects: Subjects) -> list[Facts]:
    """What any source ever said of the papers of these subjects, opened."""
    rows = list(records_held(subjects))
    keys = keys_of({row.credential_id for row in rows})
    return [{**row.facts, **open_facts(keys.get(row.credential_id), bytes(row.sealed))} for row in rows]


def looked_at(register: str, cards: Iterable[Any]) -> dict[str, list[tuple[UUID, str]]]:
    """Under whom a look at these cards is written down: register → (subject, place). Of papers that is their holders."""
    found: dict[str, list[tuple[UUID, str]]] = {}
    for card in cards:
        mine = (register, getattr(card, SHELVES[register].subject))
        holder, subject = holder_of(card) if register == CREDENTIALS.register else mine
        found.setdefault(holder, []).append((subject, card.home))
    return found
