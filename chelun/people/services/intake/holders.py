"""Whose paper a row means: a person by ID number, a firm or a vehicle by the rules of its register; those nobody has named are made."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chelun.people.models import Person
from chelun.people.rules.credentials import HOLDER
from chelun.people.rules.facts import Facts
from chelun.people.rules.papers import ENTERPRISE, PAPERS, PERSON, VEHICLE
from chelun.people.services.intake.enterprises import EnterprisePublisher
from chelun.people.services.intake.firms import Firms
from chelun.people.services.intake.newcomers import id_index_of
from chelun.people.services.intake.persons import PersonPublisher
from chelun.people.services.intake.plates import Plates, vehicles_here
from chelun.platform.sheets.registers import Intake, StagedRow

PERSON_PART = ("name", "masked_name", "id_number", "sex", "birth", "phones")
"""What a row of papers says of the person himself: who he is, never where he works."""
Rows = Sequence[StagedRow]
Holder = tuple[str, UUID]
"""(register, subject)."""


class Holders:
    """The holders of the papers of one intake."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._firms = Firms(intake)
        self._plates = Plates(intake)

    def known(self, rows: Rows) -> list[Holder | None]:
        """Those that are known, None where a row would make somebody new."""
        found: dict[int, UUID | None] = {}
        sorted_ = _by_register(rows)
        persons = _persons([row for _, row in sorted_[PERSON]])
        found |= {place: persons.get(str(id_index_of(row.facts))) for place, row in sorted_[PERSON]}
        firms = [StagedRow("", 0, _firm(row.facts)) for _, row in sorted_[ENTERPRISE]]
        known = EnterprisePublisher(self._intake).known(firms) if firms else []
        found |= {place: firm for (place, _), firm in zip(sorted_[ENTERPRISE], known, strict=True)}
        here = vehicles_here(self._intake, [_plate(row.facts) for _, row in sorted_[VEHICLE]])
        found |= {place: here.get(_plate(row.facts)) for place, row in sorted_[VEHICLE]}
        return [_said(row) or _pair(row, found.get(place)) for place, row in enumerate(rows)]

    def bring(self, rows: Rows) -> list[Holder]:
        """As `known`, and make those that nobody has named yet. What a row says of a person is written down as his."""
        sorted_ = _by_register(rows)
        persons = self._bring_persons([row for _, row in sorted_[PERSON]])
        self._firms.bring(
            (row.facts["enterprise"], row.facts.get("uscc", "")) for _, row in sorted_[ENTERPRISE]
        )
        self._plates.bring(_plate(row.facts) for _, row in sorted_[VEHICLE])
        found: dict[int, UUID | None] = {
            place: persons[str(id_index_of(row.facts))] for place, row in sorted_[PERSON]
        }
        for place, row in sorted_[ENTERPRISE]:
            firm = self._firms.find(row.facts["enterprise"], row.facts.get("uscc", ""))
            found[place] = firm.id if firm else None
        found |= {place: self._plates.find(*_plate(row.facts)) for place, row in sorted_[VEHICLE]}
        brought = [_said(row) or _pair(row, found.get(place)) for place, row in enumerate(rows)]
        return [holder for holder in brought if holder]

    def _bring_persons(self, rows: Rows) -> dict[str, UUID]:
        if rows:
            PersonPublisher(self._intake).apply(
                [StagedRow(row.sheet, row.number, _person(row.facts)) for row in rows]
            )
        return _persons(rows)


def _by_register(rows: Rows) -> "defaultdict[str, list[tuple[int, StagedRow]]]":
    """The rows that must be looked up, by the register of their holders, each with its place."""
    found: defaultdict[str, list[tuple[int, StagedRow]]] = defaultdict(list)
    for place, row in enumerate(rows):
        if HOLDER not in row.facts:
            found[PAPERS[row.facts["paper"]].holder].append((place, row))
    return found


def _said(row: StagedRow) -> Holder | None:
    """The holder of a row that was entered on his file."""
    if HOLDER not in row.facts:
        return None
    register, _, key = row.facts[HOLDER].partition(":")
    return register, UUID(key)


def _pair(row: StagedRow, subject: UUID | None) -> Holder | None:
    return (PAPERS[row.facts["paper"]].holder, subject) if subject else None


def _persons(rows: Rows) -> dict[str, UUID]:
    indexes = {index for row in rows if (index := id_index_of(row.facts))}
    found = Person.objects.filter(id_index__among=indexes).values_list("id_index", "id") if indexes else ()
    return {str(index): person for index, person in found}


def _person(facts: Facts) -> Facts:
    return {name: facts[name] for name in PERSON_PART if name in facts}


def _firm(facts: Facts) -> dict[str, Any]:
    return {"name": facts["enterprise"], "uscc": facts.get("uscc", "")}


def _plate(facts: Facts) -> tuple[str, str]:
    return facts["plate"], facts.get("plate_colour", "")
