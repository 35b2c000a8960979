"""How true the rows of a source turned out to be: whether others, or somebody who asked the person, said the same. Pure.

Of each source the newest issue is judged, by what other sources said later and by what was checked at a counter, whenever
that was. A fact is *confirmed* where the weightiest of these says the same, *contradicted* where it says otherwise and
stands by the place's rule of sources. What changes by itself (a telephone, an employer) contradicts only within
`CHANGES_AFTER_DAYS`: after that both may have been right in their time. A row of which nobody else spoke is not judged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chelun.engines.tables.columns.own_fields import is_own
from chelun.people.rules.facts import Record, latest_per_source
from chelun.people.rules.ranks import FORM, WORK_FACTS, Ranking, weight

CONFIRMED, CONTRADICTED = "confirmed", "contradicted"
CHANGES_AFTER_DAYS = 90
UNJUDGED = frozenset({"note", "masked_name", "start", "end", "paper", "holder"})
CHANGING = (WORK_FACTS - {"plate_colour"}) | {
    "phones", "address", "township", "status", "staff", "vehicles", "legal_representative", "investors", "presence", "number",
    "grade", "issuer", "valid_from", "valid_to", "paper_status", "trailer_plate",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a row: `verdict` is confirmed or contradicted, `by` the door of the record that decided, `facts` what it is about."""

    record: Record
    verdict: str
    by: str
    facts: tuple[str, ...]


def verdicts(records: Sequence[Record], ranking: Ranking) -> Iterator[Verdict]:
    """The rows about one subject in one place that somebody else spoke of, each judged."""
    if len({record.source for record in records}) < 2:
        return
    for record in latest_per_source(records):
        judges = [other for other in records if _may_judge(other, record)]
        found = {name: _of_fact(name, record, judges, ranking) for name in _judged(record)}
        for verdict in (CONTRADICTED, CONFIRMED):
            deciding = {name: fact[1] for name, fact in found.items() if fact and fact[0] == verdict}
            if deciding:
                by = FORM if any(judge.door == FORM for judge in deciding.values()) else "sheet"
                yield Verdict(record, verdict, by, tuple(sorted(deciding)))
                break


def _may_judge(other: Record, record: Record) -> bool:
    """Whether somebody else said it after the record, or at a counter."""
    if other.source == record.source:
        return False
    return other.door == FORM or (other.known_at > record.known_at and other.as_of >= record.as_of)


def _judged(record: Record) -> list[str]:
    return [
        name
        for name, value in record.facts.items()
        if value not in (None, "", []) and name not in UNJUDGED and not is_own(name)
    ]


def _of_fact(
    name: str, record: Record, judges: Sequence[Record], ranking: Ranking
) -> tuple[str, Record] | None:
    """(verdict, who decided) of one fact; None where nobody spoke of it, or where both may be right."""
    order = ranking.order_of(name)
    speaking = sorted(
        (judge for judge in judges if judge.facts.get(name) not in (None, "", [])),
        key=lambda judge: weight(order, judge), reverse=True,
    )  # fmt: skip
    if not speaking:
        return None
    weightiest, said = speaking[0], record.facts[name]
    agreeing = next((judge for judge in speaking if same(judge.facts[name], said)), None)
    if agreeing is weightiest:
        return CONFIRMED, weightiest
    near = name not in CHANGING or abs((weightiest.as_of - record.as_of).days) <= CHANGES_AFTER_DAYS
    if near and weight(order, weightiest) > weight(order, record):
        return CONTRADICTED, weightiest
    return (CONFIRMED, agreeing) if agreeing else None


def same(one: Any, other: Any) -> bool:
    """Whether two values of a fact say the same; of several telephones or kinds of work one in common is enough."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return not set(map(str, one)).isdisjoint(map(str, other))
    return bool(one == other)
