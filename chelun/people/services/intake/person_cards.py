"""A person's card and ties in one place, computed anew from everything that its sources say."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from chelun.core.bulk import insert_rows
from chelun.core.identifiers import uuid7
from chelun.engines.tables.columns.own_fields import own_facts
from chelun.people.models import Card, DriverTie, Engagement
from chelun.people.rules.cards import person_values
from chelun.people.rules.facts import (
    Facts,
    Record,
    changed_fields,
    latest_per_source,
    speaking_of_work,
    split,
    standing_facts,
)
from chelun.people.rules.ranks import Ranking
from chelun.people.services.intake import ledger, ties
from chelun.people.services.intake.firms import Firms
from chelun.people.services.intake.gathering import NO_LEAF, NOBODY, gather
from chelun.people.services.intake.newcomers import card_secret
from chelun.people.services.intake.plates import Plates
from chelun.people.services.intake.ranking import ranking_for
from chelun.people.services.intake.shelf import PERSONS
from chelun.platform.audit.services import Event
from chelun.platform.sheets.batches import hidden_batches, home_of
from chelun.platform.sheets.registers import Intake


class PersonCards:
    """Renews the cards, engagements and driver ties of persons in the place of one intake."""

    def __init__(self, intake: Intake, firms: Firms, plates: Plates, keys: Mapping[UUID, bytes]) -> None:
        self._intake = intake
        self._firms = firms
        self._plates = plates
        self._keys = keys

    @cached_property
    def _ranking(self) -> Ranking:
        return ranking_for(PERSONS.register, self._intake)

    def renew(self, added: Sequence[Record], new: Collection[UUID]) -> tuple[list[Event], int, int]:
        """Compute the cards of all persons in `added`; (audit events, rows that said something new, persons created)."""
        found = gather(PERSONS, self._intake, added, new, self._keys)
        self._keys = found.keys
        events, created = self.write(found.everything, found.earlier, found.arrived, found.named)
        return events, found.told(added, events, self._ranking), created

    def write(
        self,
        everything: Mapping[UUID, Sequence[Record]],
        earlier: Mapping[UUID, Sequence[Record]],
        arrived: Mapping[UUID, int] = NOBODY,
        named: Mapping[UUID, UUID] = NO_LEAF,
    ) -> tuple[list[Event], int]:
        """Put the cards in place that these records make; (audit events, persons created). `earlier` is what they were made of before.

        `arrived` and `named` say of joined files what `gathering.Gathered` says.
        """
        self._firms.bring(_firms_named(everything))
        self._plates.bring(_plates_named(everything))
        standing = ledger.current_cards(PERSONS, self._intake, list(everything))
        cards: dict[UUID, dict[str, Any]] = {}
        events: list[Event] = []
        for subject, records in everything.items():
            facts = standing_facts(records, self._ranking)
            said = earlier.get(subject, ()) if subject in standing else ()
            before = standing_facts(said, self._ranking)
            fields = changed_fields(before, facts)
            cards[subject] = self._card(subject, records, facts)
            if fields or arrived.get(subject, subject not in standing):
                events.append(self._event(named.get(subject, subject), before, facts, fields))
        ledger.write_cards(PERSONS, self._intake, cards, standing)
        self._write_ties(everything, standing)
        return events, sum(arrived.get(subject, subject not in standing) for subject in everything)

    def _card(self, subject: UUID, records: Sequence[Record], facts: Facts) -> dict[str, Any]:
        firm = self._firms.find(facts.get("enterprise", ""), facts.get("uscc", ""))
        kinds = tuple(kind for record in latest_per_source(records) for kind in record.facts.get("kinds", ()))
        values = person_values(
            facts,
            max(record.as_of for record in records),
            sources=len({record.source for record in records}),
            enterprise=firm.id if firm else None,
            more_kinds=kinds,
        )
        _, secret = split(facts, PERSONS.secret)
        values["sealed"] = ledger.seal_facts(self._keys[subject], card_secret(secret))
        values["own"] = own_facts(facts)
        return values

    def _event(self, subject: UUID, before: Facts, facts: Facts, fields: list[str]) -> Event:
        key, intake = self._keys[subject], self._intake
        old = {name: before[name] for name in fields if name in before}
        return Event(
            "people.person.changed" if before else "people.person.created",
            "person",
            str(subject),
            home_of(intake.place),
            intake.source,
            str(intake.batch or ""),
            ledger.audit_text(key, old) if old else {},
            ledger.audit_text(key, {name: facts[name] for name in fields if name in facts}),
        )

    def _write_ties(self, everything: Mapping[UUID, Sequence[Record]], standing: Mapping[UUID, Card]) -> None:
        again = [subject for subject in everything if subject in standing]
        if again:
            hidden, home = hidden_batches(), home_of(self._intake.place)
            for manager in (Engagement.objects, DriverTie.objects):
                old = manager.standing(self._intake.batch, hidden).filter(person__among=again, home=home)
                ledger.step_aside(old, self._intake.batch)
        place = ties.place_values(self._intake)
        engagements, drivers = [], []
        for subject, records in everything.items():
            telling = speaking_of_work(records, self._ranking)
            working, driving = map(self._working, telling), map(self._driving, telling)
            engagements += [(uuid7(), *place, subject, *row) for row in ties.once(working, 3)]
            drivers += [(uuid7(), *place, subject, *row) for row in ties.once(driving, 1)]
        insert_rows(Engagement, ties.ENGAGEMENT_FIELDS, engagements)
        insert_rows(DriverTie, ties.DRIVER_FIELDS, drivers)

    def _working(self, record: Record) -> ties.Values | None:
        facts = record.facts
        firm = self._firms.find(facts.get("enterprise", ""), facts.get("uscc", ""))
        return ties.work_values(facts, firm.id if firm else None)

    def _driving(self, record: Record) -> ties.Values | None:
        facts = record.facts
        vehicle = self._plates.find(facts.get("plate", ""), facts.get("plate_colour", ""))
        return ties.drive_values(facts, vehicle)


def _firms_named(everything: Mapping[UUID, Sequence[Record]]) -> set[tuple[str, str]]:
    return {
        (record.facts.get("enterprise", ""), record.facts.get("uscc", ""))
        for records in everything.values()
        for record in records
    }


def _plates_named(everything: Mapping[UUID, Sequence[Record]]) -> set[tuple[str, str]]:
    return {
        (record.facts.get("plate", ""), record.facts.get("plate_colour", ""))
        for records in everything.values()
        for record in records
    }
