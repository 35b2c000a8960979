"""What enterprises, vehicles and papers have in common on their way in: a key that says which one a row means."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from chelun.engines.tables.columns.own_fields import own_facts
from chelun.people.models import Card
from chelun.people.rules.facts import Facts, Record, changed_fields, split, standing_facts
from chelun.people.rules.ranks import Ranking
from chelun.people.services.intake import ledger
from chelun.people.services.intake.gathering import NO_LEAF, NOBODY, Gathered, foretell, gather
from chelun.people.services.intake.leaf_names import NAMED, learn_names
from chelun.people.services.intake.ranking import ranking_for
from chelun.people.services.intake.shelf import Shelf
from chelun.platform.audit.services import Event, record_many
from chelun.platform.privacy.keys import keys_of, make_keys
from chelun.platform.sheets.batches import home_of
from chelun.platform.sheets.registers import Intake, StagedRow


class ThingPublisher(ABC):
    """Brings rows of a register whose subjects are not persons into it (a Publisher of chelun.platform.sheets)."""

    shelf: ClassVar[Shelf]

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self.brought: list[UUID] = []
        """The subjects of the last `apply`, in the order of its rows; for the single door."""

    @cached_property
    def _ranking(self) -> Ranking:
        return ranking_for(self.shelf.register, self._intake)

    @abstractmethod
    def known(self, rows: Sequence[StagedRow]) -> list[UUID | None]:
        """The subject that each row means, None where nobody has named it yet."""

    @abstractmethod
    def identify(self, rows: Sequence[StagedRow]) -> list[UUID]:
        """As `known`, and make those that nobody has named yet, with their keys."""

    @abstractmethod
    def values(self, subject: UUID, facts: Facts, records: Sequence[Record]) -> dict[str, Any]:
        """The columns of the subject's card."""

    def preview(self, rows: Sequence[StagedRow]) -> Counter[str]:
        """What `apply` would do."""
        fresh, unchanged = self._fresh(rows)
        subjects = self.known([row for row, _ in fresh])
        on_file = ledger.on_file(self.shelf, self._intake, [each for each in subjects if each])
        known = [(row, each) for (row, _), each in zip(fresh, subjects, strict=True) if each in on_file]
        changed = foretell(self.shelf, self._intake, known, on_file, self._ranking)["changed"]
        created, unchanged = len(fresh) - len(known), unchanged + len(known) - changed
        return Counter(created=created, changed=changed, unchanged=unchanged, unresolved=0)

    def meant(self, rows: Sequence[StagedRow]) -> list[tuple[StagedRow, UUID | None]]:
        """What each row means that says something new; None for what nobody has named yet."""
        fresh = [row for row, _ in self._fresh(rows)[0]]
        return list(zip(fresh, self.known(fresh), strict=True))

    def apply(self, rows: Sequence[StagedRow]) -> Counter[str]:
        """Bring the rows in: subjects, source records, cards, audit rows."""
        fresh, unchanged = self._fresh(rows)
        self.brought = self.identify([row for row, _ in fresh])
        keys = self._keys(fresh)
        records = [
            ledger.new_record(self._intake, subject, row, digest)
            for subject, (row, digest) in zip(self.brought, fresh, strict=True)
        ]
        found = gather(self.shelf, self._intake, records, (), keys)
        events, created = self.write(found.everything, found.earlier, found.keys, found.arrived, found.named)
        ledger.write_records(self.shelf, self._intake, records, keys)
        self._learn(found)
        record_many(actor=self._intake.actor, events=events)
        told = found.told(records, events, self._ranking)
        unchanged += len(fresh) - told
        return Counter(created=created, changed=told - created, unchanged=unchanged, unresolved=0)

    def add(self, subject: UUID, row: StagedRow, verb: str) -> None:
        """One more record of something that is on file, the card computed anew, and what was done in the trail."""
        keys = self._keyed({subject}, [row])
        record = ledger.new_record(self._intake, subject, row, ledger.digest_of(row.facts))
        found = gather(self.shelf, self._intake, [record], (), keys)
        events, _created = self.write(found.everything, found.earlier, found.keys, found.arrived, found.named)
        ledger.write_records(self.shelf, self._intake, [record], keys)
        self._learn(found)
        done = Event(
            f"people.{self.shelf.register}.{verb}", self.shelf.register, str(subject), home_of(self._intake.place),
            self._intake.source, new={"fields": sorted(row.facts)},
        )  # fmt: skip
        record_many(actor=self._intake.actor, events=[*events, done])

    def _learn(self, found: Gathered) -> None:
        if found.leaves and self.shelf in NAMED:
            learn_names(self.shelf, self._intake, found.everything, found.leaves)

    def write(
        self,
        everything: Mapping[UUID, Sequence[Record]],
        earlier: Mapping[UUID, Sequence[Record]],
        keys: Mapping[UUID, bytes],
        arrived: Mapping[UUID, int] = NOBODY,
        named: Mapping[UUID, UUID] = NO_LEAF,
    ) -> tuple[list[Event], int]:
        """Put the cards in place that these records make; (audit events, how many were created).

        `arrived` and `named` say of joined files what `gathering.Gathered` says.
        """
        standing = ledger.current_cards(self.shelf, self._intake, list(everything))
        cards, events = {}, []
        for subject, records in everything.items():
            facts = standing_facts(records, self._ranking)
            before = standing_facts(earlier.get(subject, ()), self._ranking)
            cards[subject] = self._card(subject, facts, records, keys.get(subject))
            fields = changed_fields(before, facts)
            if fields or arrived.get(subject, subject not in standing):
                told = self._event(named.get(subject, subject), before, facts, fields, keys.get(subject))
                events.append(told)
        ledger.write_cards(self.shelf, self._intake, cards, standing)
        return events, sum(arrived.get(subject, _is_new(subject, standing)) for subject in everything)

    def _fresh(self, rows: Sequence[StagedRow]) -> tuple[list[tuple[StagedRow, str]], int]:
        digests = [ledger.digest_of(row.facts) for row in rows]
        seen = ledger.known_digests(self.shelf, self._intake, digests)
        fresh = []
        for row, digest in zip(rows, digests, strict=True):
            if digest not in seen:
                seen.add(digest)
                fresh.append((row, digest))
        return fresh, len(rows) - len(fresh)

    def _keys(self, fresh: Sequence[tuple[StagedRow, str]]) -> dict[UUID, bytes]:
        """The keys of the subjects; one that has nothing secret to keep has none."""
        rows = zip(self.brought, fresh, strict=True)
        secret = {subject for subject, (row, _) in rows if any(map(self.shelf.hides, row.facts))}
        keys = keys_of(set(self.brought))
        return {**keys, **make_keys(secret - keys.keys())}

    def _keyed(self, subjects: set[UUID], rows: Sequence[StagedRow]) -> dict[UUID, bytes]:
        """The keys of some subjects; each gets its first where a row has something secret to keep."""
        keys = keys_of(subjects)
        secret = any(self.shelf.hides(name) for row in rows for name in row.facts)
        return {**keys, **make_keys(subjects - keys.keys())} if secret else keys

    def _card(
        self, subject: UUID, facts: Facts, records: Sequence[Record], key: bytes | None
    ) -> dict[str, Any]:
        values = self.values(subject, facts, records)
        _, secret = split(facts, self.shelf.card_secret)
        values["sealed"] = ledger.seal_facts(key, secret) if key else b""
        values["own"] = own_facts(facts)
        return values

    def _event(
        self, subject: UUID, before: Facts, facts: Facts, fields: list[str], key: bytes | None
    ) -> Event:
        """What the trail says. Of a subject that may be a person's matter the publisher seals it under `key`."""
        register, intake = self.shelf.register, self._intake
        clear = {
            name: value for name, value in facts.items() if name in fields and not self.shelf.hides(name)
        }
        old = {name: value for name, value in before.items() if name in fields and not self.shelf.hides(name)}
        verb = "changed" if before else "created"
        return Event(
            f"people.{register}.{verb}", register, str(subject), home_of(intake.place), intake.source,
            str(intake.batch or ""), old, {"fields": fields, **clear},
        )  # fmt: skip


def _is_new(subject: UUID, standing: Mapping[UUID, Card]) -> bool:
    card = standing.get(subject)
    return card is None or bool(getattr(card, "mentioned_only", False))
