"""Computing cards anew from the source records that are left, whatever the register."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from chelun.people.models import DriverTie, Engagement
from chelun.people.rules.cards import CALLED_BY
from chelun.people.rules.facts import Record
from chelun.people.rules.merging import NOTHING_JOINED
from chelun.people.services.intake import ledger
from chelun.people.services.intake.leaf_names import NAMED, Mentions, keep_names
from chelun.people.services.intake.leaves import joined_in
from chelun.people.services.intake.shelf import PERSONS, Shelf
from chelun.platform.audit.services import Event, record_many
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.batches import hidden_batches, home_of
from chelun.platform.sheets.registers import REGISTERS, Intake

NAMES = frozenset(name for names in CALLED_BY.values() for name in names)


def renew(shelf: Shelf, intake: Intake, subjects: Collection[UUID]) -> None:
    """Compute the cards of these subjects in the intake's place; a subject without records loses his card.

    So does one of whom only corrections are left: they stay, and count again when a row says who it is.
    Of a joined file there is one card: that of its leaf steps aside. What is only mentioned stays mentioned.
    """
    joined = joined_in(intake.place, subjects)
    wholes = {joined.whole_of(subject) for subject in subjects}
    keys = keys_of(wholes)
    records = {
        whole: said
        for whole, said in ledger.records_of(shelf, intake, wholes, keys, joined).items()
        if _names(said)
    }
    every = wholes.union(subjects)
    mentions = keep_names(shelf, intake, joined, every, records) if shelf in NAMED else Mentions()
    standing = ledger.current_cards(shelf, intake, wholes)
    gone = [each for each in every if each not in records.keys() | mentions.cards.keys() | mentions.kept]
    events = [_gone_event(shelf, intake, subject) for subject in gone if subject in standing]
    _drop(shelf, intake, gone)
    if mentions.cards:
        ledger.write_cards(
            shelf, intake, mentions.cards, ledger.current_cards(shelf, intake, list(mentions.cards))
        )
    if records:
        renewed = f"people.{shelf.register}.renewed"
        publisher: Any = REGISTERS[shelf.register].publisher(intake)
        events += [replace(event, action=renewed) for event in publisher.write(records, {}, keys)[0]]
    record_many(actor=intake.actor, events=events)


def _names(records: Sequence[Record]) -> bool:
    """Whether anything says who or what it is."""
    return any(record.facts.get(name) for record in records for name in NAMES)


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
    if intake.batch is None:
        ledger.overtake(shelf, home, list(subjects))


def _gone_event(shelf: Shelf, intake: Intake, subject: UUID) -> Event:
    return Event(
        f"people.{shelf.register}.withdrawn", shelf.register, str(subject), home_of(intake.place),
        intake.source, str(intake.batch or ""),
    )  # fmt: skip


def join_mentions(shelf: Shelf, intake: Intake, subjects: Collection[UUID]) -> None:
    """Firms or vehicles that are known elsewhere have got a card that mentions them: where they are joined it steps aside."""
    joined = joined_in(intake.place, subjects) if subjects else NOTHING_JOINED
    if joined.whole:
        renew(shelf, intake, joined.whole.keys() & set(subjects))
