"""Facts: what a row said, how two of them are compared, and which value wins when sources differ."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chelun.core.jsontext import to_sorted_json
from chelun.engines.tables.columns.own_fields import is_own_sealed
from chelun.people.rules.ranks import WORK_FACTS, Ranking, place_in, weight

Facts = dict[str, Any]


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


@dataclass(frozen=True, slots=True)
class Survivor:
    """The value of a field that stands and the record it came from.

    `others` are the records that say otherwise, the weightiest first; `seconded` how many more say the same.
    """

    value: Any
    record: Record
    others: tuple[Record, ...] = field(default=())
    seconded: int = 0

    @property
    def disputed(self) -> bool:
        """Whether another record says otherwise."""
        return bool(self.others)


def canonical(facts: Mapping[str, Any]) -> str:
    """One text for the same facts, whatever their order."""
    return to_sorted_json(facts)


def split(facts: Mapping[str, Any], secret: frozenset[str]) -> tuple[Facts, Facts]:
    """(what may lie in the clear, what must be sealed)."""
    sealed = {name: value for name, value in facts.items() if name in secret or is_own_sealed(name)}
    return {name: value for name, value in facts.items() if name not in sealed}, sealed


def survivors(records: Sequence[Record], ranking: Ranking) -> dict[str, Survivor]:
    """For each field the value of the weightiest record that has one."""
    found: dict[str, Survivor] = {}
    for order, share in ranking.shares():
        for record in sorted(records, key=lambda each: weight(order, each), reverse=True):
            for name, value in record.facts.items():
                if name in share if share is not None else name not in ranking.by_fact:
                    found[name] = _met(found.get(name), value, record)
    return found


def _met(standing: Survivor | None, value: Any, record: Record) -> Survivor:
    if standing is None:
        return Survivor(value, record)
    if standing.value == value:
        return replace(standing, seconded=standing.seconded + 1)
    return replace(standing, others=(*standing.others, record))


def standing_facts(records: Sequence[Record], ranking: Ranking) -> Facts:
    """The values that stand among some records: those of `survivors`, without what speaks for and against them."""
    if len(records) == 1:
        return dict(records[0].facts)
    found: Facts = {}
    for order, share in ranking.shares():
        for record in sorted(records, key=lambda each: weight(order, each), reverse=True):
            for name, value in record.facts.items():
                if name not in found and (
                    name in share if share is not None else name not in ranking.by_fact
                ):
                    found[name] = value
    return found


@dataclass(frozen=True, slots=True)
class Why:
    """Why a value stands: `only` one record has the field, all have `agreed`, or what decided: `rank`, `date`, `known`.

    `before` is the weightiest record that says otherwise.
    """

    kind: str
    before: Record | None = None


def reason(name: str, survivor: Survivor, ranking: Ranking) -> Why:
    """Why a value stands rather than what the weightiest other record says."""
    if not survivor.others:
        return Why("agreed" if survivor.seconded else "only")
    order, record, rival = ranking.order_of(name), survivor.record, survivor.others[0]
    if place_in(order, record) != place_in(order, rival):
        return Why("rank", rival)
    return Why("date" if record.as_of != rival.as_of else "known", rival)


def decided_otherwise(records: Sequence[Record], one: Ranking, other: Ranking) -> bool:
    """Whether a card made of these records by one ranking may differ from what it is by another."""
    if len(records) < 2:
        return False
    works = [[each.id for each in speaking_of_work(records, ranking)] for ranking in (one, other)]
    return works[0] != works[1] or standing_facts(records, one) != standing_facts(records, other)


def rows_told(
    added: Sequence[Record],
    earlier: Mapping[UUID, Sequence[Record]],
    renewed: Collection[str],
    ranking: Ranking,
) -> int:
    """How many of the added records said something new, one after the other; `renewed` are the subjects of whom any did."""
    told = 0
    by_subject: dict[UUID, list[Record]] = {}
    for record in added:
        by_subject.setdefault(record.subject, []).append(record)
    for subject, records in by_subject.items():
        if str(subject) in renewed:
            told += 1 if len(records) == 1 else max(1, _news(earlier.get(subject, ()), records, ranking))
    return told


def _news(earlier: Sequence[Record], added: Sequence[Record], ranking: Ranking) -> int:
    so_far, before, count = list(earlier), standing_facts(earlier, ranking), 0
    for record in added:
        so_far.append(record)
        after = standing_facts(so_far, ranking)
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


def speaking_of_work(records: Iterable[Record], ranking: Ranking) -> list[Record]:
    """The records that say for whom somebody works today and drives what, the weightiest first.

    Of each source the newest that says anything of it, so that a corrected telephone does not end an employment;
    and every form that states an end, for each of them ends another engagement.
    """
    telling = [record for record in records if not WORK_FACTS.isdisjoint(record.facts)]
    newest = {record.id: record for record in latest_per_source(telling)}
    ended = {record.id: record for record in telling if record.door == "form" and record.facts.get("end")}
    order = ranking.order_of("enterprise")
    return sorted((newest | ended).values(), key=lambda each: weight(order, each), reverse=True)


def changed_fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The names of fields whose value differs, in order; absent and empty are the same."""
    return sorted(name for name in {*old, *new} if (old.get(name) or None) != (new.get(name) or None))
