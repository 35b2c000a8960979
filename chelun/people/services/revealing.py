"""Showing one sensitive value in the clear, once, for a reason."""

from typing import Any
from uuid import UUID

from chelun.core.actors import Actor
from chelun.core.errors import NotFound
from chelun.people.selectors.records import Held, held
from chelun.people.services.intake.credentials import holder_of
from chelun.people.services.intake.shelf import CREDENTIALS, SHELVES
from chelun.platform.privacy.services import spend_reveal

REVEAL = "secrets.reveal"
WHOLE = "whole"


def reveal_value(*, actor: Actor, register: str, subject: UUID, field: str, reason: str) -> Any:
    """The value of one fact. NotFound outside the scope in which the actor may reveal; Refused without a reason."""
    found = revealable(actor, register, subject)
    value = found.value(field)
    if not value or not SHELVES[register].hides(field):
        raise NotFound
    kind, leaf = register, found.facts[field].record.subject
    if register == CREDENTIALS.register:
        kind, leaf = holder_of(found.cards[0])
    _spend(actor, kind, found, field, reason, leaf)
    return value


def reveal_whole(*, actor: Actor, register: str, subject: UUID, reason: str) -> Held:
    """Everything of a subject, for the copy that the person takes home. Counts as one value."""
    found = revealable(actor, register, subject)
    _spend(actor, register, found, WHOLE, reason, found.subject)
    return found


def revealable(actor: Actor, register: str, subject: UUID) -> Held:
    """What the places hold in which the actor may reveal; NotFound when none knows the subject."""
    return held(actor.scope_for(REVEAL), SHELVES[register], subject)


def _spend(actor: Actor, register: str, found: Held, field: str, reason: str, leaf: UUID) -> None:
    spend_reveal(
        actor=actor,
        subject=leaf,
        subject_kind=register,
        field=field,
        reason=reason,
        region=found.homes[0],
    )
