"""What a place holds of a file of any register as cells that can be changed, and changing them by the form door."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from chelun.core.actors import Actor, SystemActor
from chelun.core.errors import NotFound
from chelun.core.locks import again
from chelun.people.choices import AT_COUNTER
from chelun.people.rules.facts import Facts, changed_fields, standing_facts
from chelun.people.selectors.records import held
from chelun.people.services import corrections
from chelun.people.services.door import EDIT, Brought, checked_row
from chelun.people.services.intake import ledger
from chelun.people.services.intake.enterprises import EnterprisePublisher
from chelun.people.services.intake.ranking import ranking_for
from chelun.people.services.intake.shelf import SHELVES
from chelun.people.services.intake.things import ThingPublisher
from chelun.people.services.intake.vehicles import VehiclePublisher
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.batches import hold_place
from chelun.platform.sheets.registers import Intake, StagedRow

UNCHANGED: Mapping[str, frozenset[str]] = {
    "person": frozenset({"id_number"}),
    "enterprise": frozenset({"uscc"}),
    "vehicle": frozenset({"plate", "plate_colour"}),
}
"""By what a subject is known again: with another it would be another subject."""
_PUBLISHERS: Mapping[str, type[ThingPublisher]] = {
    "enterprise": EnterprisePublisher,
    "vehicle": VehiclePublisher,
}
_READER = SystemActor("people.standing")


def facts_of(actor: Actor, register: str, subject: UUID, home: str) -> Facts:
    """What a place that the actor may edit holds of a file today; NotFound when it holds nothing."""
    if home not in held(actor.scope_for(EDIT), SHELVES[register], subject).homes:
        raise NotFound
    return standing_in(register, subject, home)


def standing_in(register: str, subject: UUID, home: str) -> Facts:
    """What a place holds of a file today, whoever asks; nothing when it holds nothing or the subject was erased."""
    shelf, intake = SHELVES[register], _intake(_READER, home)
    records = ledger.records_of(shelf, intake, [subject], keys_of([subject])).get(subject, [])
    return standing_facts(records, ranking_for(register, intake))


def cells_of(register: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """Facts as the cells of a sheet would say them: the way back from the rules of the register's rows."""
    cells = corrections.cells_of(facts)
    if register != "person":
        cells.pop("sex")
        cells |= {name: str(value) for name, value in facts.items() if isinstance(value, int)}
    if register == "vehicle":
        cells.pop("name")
        cells.pop("phone")
    return cells


def amend(*, actor: Actor, register: str, subject: UUID, home: str, raw: Mapping[str, str]) -> Brought:
    """Change facts of a file in one place. `raw` holds the cells that should stand; what it leaves out stays.

    Only what differs becomes a new record. RowRefused names the fields that the rules refuse.
    """
    if register == "person":
        return corrections.correct_person(actor=actor, person=subject, home=home, raw=raw)
    asked = {name: cell for name, cell in raw.items() if name not in UNCHANGED[register]}

    def change() -> Brought:
        hold_place(placed(home))
        facts = facts_of(actor, register, subject, home)
        checked = checked_row(register, {**cells_of(register, facts), **asked}, placed(home))
        changes = _changes(facts, checked.facts, asked)
        if changes:
            shelf, intake = SHELVES[register], _intake(actor, home)
            leaf = ledger.leaf_here(shelf, intake, subject)
            _PUBLISHERS[register](intake).add(leaf, StagedRow("", 0, changes), "corrected")
        return Brought(subject, "changed" if changes else "unchanged", warnings=tuple(checked.warnings))

    return again(change)


def _changes(old: Facts, new: Facts, raw: Mapping[str, str]) -> Facts:
    """The facts that were asked to change, emptied ones as '' or []."""
    asked = {*raw, "phones"} - {"phone"} if "phone" in raw else set(raw)
    changed = [name for name in changed_fields(old, new) if name in asked or name == "township"]
    return {name: new.get(name, [] if isinstance(old.get(name), list) else "") for name in changed}


def _intake(actor: Actor, home: str) -> Intake:
    return Intake(actor, placed(home), AT_COUNTER, timezone.localdate(), "form")
