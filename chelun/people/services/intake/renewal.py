"""Computing cards anew from the source records that are left, whatever the register."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from chelun.people.models import DriverTie, Engagement
from chelun.people.services.intake import ledger
from chelun.people.services.intake.shelf import PERSONS, Shelf
from chelun.platform.audit.services import Event, record_many
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.batches import hidden_batches, home_of
from chelun.platform.sheets.registers import REGISTERS, Intake


def renew(shelf: Shelf, intake: Intake, subjects: Collection[UUID]) -> None:
    """Compute the cards of these subjects in the intake's place; a subject without records loses his card."""
    keys = keys_of(subjects)
    records = ledger.records_of(shelf, intake, subjects, keys)
    standing = ledger.current_cards(shelf, intake, subjects)
    gone = [subject for subject in subjects if subject not in records]
    events = [_gone_event(shelf, intake, subject) for subject in gone if subject in standing]
    _drop(shelf, intake, gone)
    if records:
        renewed = f"people.{shelf.register}.renewed"
        publisher: Any = REGISTERS[shelf.register].publisher(intake)
        events += [replace(event, action=renewed) for event in publisher.write(records, {}, keys)[0]]
    record_many(actor=intake.actor, events=events)


def _drop(shelf: Shelf, intake: Intake, subjects: Collection[UUID]) -> None:
    if not subjects:
        return
    home, hidden = home_of(intake.place), hidden_batches()
    managers = [shelf.cards]
    if shelf is PERSONS:
        managers += [Engagement.objects, DriverTie.objects]
    for manager in managers:
        rows = manager.standing(intake.batch, hidden).filter(**{f"{shelf.subject}__in": subjects}, home=home)
        ledger.step_aside(rows, intake.batch)


def _gone_event(shelf: Shelf, intake: Intake, subject: UUID) -> Event:
    return Event(
        f"people.{shelf.register}.withdrawn", shelf.register, str(subject), home_of(intake.place),
        intake.source, str(intake.batch or ""),
    )  # fmt: skip
