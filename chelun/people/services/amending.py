"""What a place holds of a file of any register as cells that can be changed, and changing them by the form door."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from chelun.core.actors import Actor, SystemActor
from chelun.core.errors import NotFound
from chelun.people.choices import AT_COUNTER
from chelun.people.rules.facts import Facts, standing_facts
from chelun.people.selectors.records import held
from chelun.people.services import corrections
from chelun.people.services.correcting import correct_file
from chelun.people.services.door import EDIT, Brought
from chelun.people.services.intake import ledger
from chelun.people.services.intake.leaves import joined_in
from chelun.people.services.intake.ranking import ranking_for
from chelun.people.services.intake.shelf import SHELVES
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.registers import Intake

UNCHANGED: Mapping[str, frozenset[str]] = {
    "person": frozenset({"id_number"}),
    "enterprise": frozenset({"uscc"}),
    "vehicle": frozenset({"plate", "plate_colour"}),
}
"""By what a subject is known again: with another it would be another subject."""
_READER = SystemActor("people.standing")


def facts_of(actor: Actor, register: str, subject: UUID, home: str) -> Facts:
    """What a place that the actor may edit holds of a file today; NotFound when it holds nothing."""
    if home not in held(actor.scope_for(EDIT), SHELVES[register], subject).homes:
        raise NotFound
    return standing_in(register, subject, home)


def standing_in(register: str, subject: UUID, home: str) -> Facts:
    """What a place holds of a file today, whoever asks; nothing when it holds nothing or the subject was erased.

    Of a leaf it is what stands on the file on which it is shown.
    """
    shelf, intake, file = SHELVES[register], _intake(_READER, home), _file_of(subject, home)
    records = ledger.records_of(shelf, intake, [file], keys_of([file])).get(file, [])
    return standing_facts(records, ranking_for(register, intake))


def cells_of(register: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """Facts as the cells of a sheet would say them: the way back from the rules of the register's rows."""
    cells = corrections.cells_of(facts)
    if register != "person":
        cells.pop("sex")
    if register == "vehicle":
        cells.pop("name")
        cells.pop("phone")
    return cells


def amend(*, actor: Actor, register: str, subject: UUID, home: str, raw: Mapping[str, str]) -> Brought:
    """Change facts of a file in one place. `raw` holds the cells that should stand; what it leaves out stays.

    Only what differs becomes a new record. RowRefused names the fields that the rules refuse.
    """
    file = _file_of(subject, home)
    if register == "person":
        return corrections.correct_person(actor=actor, person=file, home=home, raw=raw)
    asked = {name: cell for name, cell in raw.items() if name not in UNCHANGED[register]}
    return correct_file(actor=actor, register=register, subject=file, home=home, raw=asked)


def _file_of(subject: UUID, home: str) -> UUID:
    return joined_in(placed(home), [subject]).whole_of(subject)


def _intake(actor: Actor, home: str) -> Intake:
    return Intake(actor, placed(home), AT_COUNTER, timezone.localdate(), "form")
