"""Facts: what a row said, how two of them are compared, and which value wins when sources differ."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chelun.core.jsontext import to_sorted_json

Facts = dict[str, Any]

DOOR_TRUST = {"form": 2, "sheet": 1}
"""What somebody checked at a counter outweighs what a roster says (survivorship)."""

WORK_FACTS = frozenset(
    {"kinds", "enterprise", "uscc", "platform", "position", "plate", "plate_colour", "start", "end"}
)
"""What belongs to an engagement or a driver's tie. A form that changes one of them says all of them again."""


@dataclass(frozen=True, slots=True)
class Record:
    """A source record as a value: all its facts in the clear, and where they came from."""

    id: UUID
    subject: UUID
    facts: Mapping[str, Any]
    source: str
    as_of: date
    known_at: datetime
    door: str
    sheet: str = ""
    row_number: int | None = None
    batch: UUID | None = None
    digest: str = ""

    @property
    def weight(self) -> tuple[int, date, datetime]:
        """What decides between two records: trust of the door, then the newer date, then the later knowledge."""
        return (DOOR_TRUST.get(self.door, 0), self.as_of, self.known_at)


@dataclass(frozen=True, slots=True)
class Survivor:
    """The value of a field that stands, the record it came from, and whether another source says otherwise."""

    value: Any
    record: Record
    disputed: bool = False
    others: tuple[Record, ...] = field(default=())


def canonical(facts: Mapping[str, Any]) -> str:
    """One text for the same facts, whatever their order."""
    return to_sorted_json(facts)


def split(facts: Mapping[str, Any], secret: frozenset[str]) -> tuple[Facts, Facts]:
    """(what may lie in the clear, what must be sealed)."""
    clear = {name: value for name, value in facts.items() if name not in secret}
    return clear, {name: value for name, value in facts.items() if name in secret}


def survivors(records: Sequence[Record]) -> dict[str, Survivor]:
    """For each field the value of the weightiest record that has one; a later weight wins a tie by knowledge."""
    found: dict[str, Survivor] = {}
    for record in sorted(records, key=lambda each: each.weight, reverse=True):
        for name, value in record.facts.items():
            standing = found.get(name)
            if standing is None:
                found[name] = Survivor(value, record)
            elif standing.value != value:
                found[name] = Survivor(standing.value, standing.record, True, (*standing.others, record))
    return found


def standing_facts(records: Sequence[Record]) -> Facts:
    """The values that stand among some records."""
    if len(records) == 1:
        return dict(records[0].facts)
    return {name: each.value for name, each in survivors(records).items()}


def rows_told(
    added: Sequence[Record], earlier: Mapping[UUID, Sequence[Record]], renewed: Collection[str]
) -> int:
    """How many of the added records said something new, one after the other; `renewed` are the subjects of whom any did."""
    told = 0
    by_subject: dict[UUID, list[Record]] = {}
    for record in added:
        by_subject.setdefault(record.subject, []).append(record)
    for subject, records in by_subject.items():
        if str(subject) in renewed:
            told += 1 if len(records) == 1 else max(1, _news(earlier.get(subject, ()), records))
    return told


def _news(earlier: Sequence[Record], added: Sequence[Record]) -> int:
    so_far, before, count = list(earlier), standing_facts(earlier), 0
    for record in added:
        so_far.append(record)
        after = standing_facts(so_far)
        count += bool(changed_fields(before, after))
        before = after
    return count


def latest_per_source(records: Iterable[Record]) -> list[Record]:
    """What the newest issue of each source says: an older issue of the same roster no longer says who works where.

    Several rows of one import are one issue: a list of telephones on another sheet takes nobody's employment away.
    """
    ordered = sorted(records, key=lambda each: (each.as_of, each.known_at))
    if len(ordered) < 2:
        return ordered
    newest = {record.source: record for record in ordered}
    return [
        record
        for record in ordered
        if record is newest[record.source] or (record.batch and record.batch == newest[record.source].batch)
    ]


def speaking_of_work(records: Iterable[Record]) -> list[Record]:
    """The records that say for whom somebody works today and drives what, the weightiest first.

    Of each source the newest that says anything of it, so that a corrected telephone does not end an employment;
    and every form that states an end, for each of them ends another engagement.
    """
    telling = [record for record in records if not WORK_FACTS.isdisjoint(record.facts)]
    newest = {record.id: record for record in latest_per_source(telling)}
    ended = {record.id: record for record in telling if record.door == "form" and record.facts.get("end")}
    return sorted((newest | ended).values(), key=lambda each: each.weight, reverse=True)


def changed_fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The names of fields whose value differs, in order; absent and empty are the same."""
    return sorted(name for name in {*old, *new} if (old.get(name) or None) != (new.get(name) or None))
