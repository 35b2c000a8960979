"""By which names and telephones a person is known, who may be a leaf of a joined file."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from chelun.people.rules.cards import name_phone_index
from chelun.people.rules.facts import Record, standing_facts
from chelun.people.rules.joining import Candidate
from chelun.people.rules.ranks import DEFAULT
from chelun.people.services.intake import ledger
from chelun.people.services.intake.leaves import joined_in
from chelun.people.services.intake.ranking import ranking_for
from chelun.people.services.intake.shelf import PERSONS
from chelun.platform.sheets.registers import Intake

Known = dict[str, list[tuple[str, Candidate]]]
"""For each name: (digest of name and telephone, candidate)."""


def may_be(facts: Mapping[str, Any], person: UUID, leaf: UUID) -> list[tuple[str, Candidate]]:
    """A candidate for each telephone that some facts say; one without a telephone when they say none."""
    birth = str(facts.get("birth", ""))[:4]
    candidate = Candidate(person, False, facts.get("sex", ""), int(birth) if birth else None, leaf)
    return [(name_phone_index(facts["name"], phone), candidate) for phone in facts.get("phones") or [""]]


def known_by_leaf(
    intake: Intake, persons: Collection[UUID]
) -> dict[tuple[UUID, str], list[tuple[str, Candidate]]]:
    """For those of some files that are joined: what each leaf says of itself, by file and name."""
    joined = joined_in(intake.place, persons)
    wholes = set(joined.whole.values()) & set(persons)
    found: dict[tuple[UUID, str], list[tuple[str, Candidate]]] = defaultdict(list)
    records = ledger.records_of(PERSONS, intake, wholes, {}, joined) if wholes else {}
    ranking = ranking_for(PERSONS.register, intake) if records else DEFAULT
    for whole, said in records.items():
        for leaf, own in _by_leaf(said).items():
            facts = standing_facts(own, ranking)
            if facts.get("name"):
                found[whole, facts["name"]] += may_be(facts, whole, leaf)
    return found


def _by_leaf(records: Collection[Record]) -> dict[UUID, list[Record]]:
    found: dict[UUID, list[Record]] = defaultdict(list)
    for record in records:
        found[record.subject].append(record)
    return found
