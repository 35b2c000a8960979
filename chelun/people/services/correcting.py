"""Correcting a firm, a vehicle or a paper: what differs from what stands becomes a record of the form door (persons: corrections.py)."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.locks import again
from chelun.people.choices import AT_COUNTER, Presence
from chelun.people.models import EnterpriseCard
from chelun.people.rules.credentials import HOLDER_FACTS, NUMBER_IS_KEY
from chelun.people.rules.facts import Facts, changed_fields, standing_facts
from chelun.people.selectors.records import held
from chelun.people.services.corrections import cells_of
from chelun.people.services.door import EDIT, Brought, checked_row
from chelun.people.services.intake import ledger
from chelun.people.services.intake.enterprises import take_code
from chelun.people.services.intake.ranking import ranking_for
from chelun.people.services.intake.shelf import SHELVES, Shelf
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.batches import hidden_batches, write_by_hand
from chelun.platform.sheets.registers import REGISTERS, Intake, StagedRow

CORRECTABLE = ("enterprise", "vehicle", "credential")
SAYS_OF_A_PAPER = ("number", "valid_from", "valid_to", "long_term", "paper_status")
"""What nobody can say of a paper that there is not."""


def locked_cells(register: str, facts: Facts) -> tuple[str, ...]:
    """The cells that say which one it is: another value would be another firm, vehicle or paper."""
    match register:
        case "enterprise":
            return ("uscc",) if facts.get("uscc") else ()
        case "vehicle":
            return ("plate", "plate_colour")
    number = ("number",) if facts.get("paper") in NUMBER_IS_KEY else ()
    return ("paper", "phone", *HOLDER_FACTS, *number)


def correct_file(*, actor: Actor, register: str, subject: UUID, home: str, raw: Mapping[str, str]) -> Brought:
    """Correct facts of a firm, vehicle or paper in one place. `raw` holds the cells that the form showed; what it leaves out stays.

    Only what differs becomes a new record. NotFound where the actor may not edit it there; RowRefused names the fields.
    """
    if register not in CORRECTABLE:
        raise NotFound
    return again(lambda: _correct(actor, SHELVES[register], subject, home, raw))


def _correct(actor: Actor, shelf: Shelf, subject: UUID, home: str, raw: Mapping[str, str]) -> Brought:
    write_by_hand(placed(home))
    facts, told = facts_here(actor, shelf.register, subject, home)
    _refuse_locked(shelf.register, facts, raw)
    _refuse_code_of_another(shelf, subject, home, raw)
    given = {**_emptied(shelf.register, raw), **raw}
    checked = checked_row(shelf.register, {**cells_of(facts), **given}, placed(home))
    changes = _changes(facts, checked.facts, given)
    if changes:
        _append(actor, shelf, subject, home, changes if told else {**facts, **changes})
    return Brought(subject, "changed" if changes else "unchanged", warnings=tuple(checked.warnings))


def facts_here(actor: Actor, register: str, subject: UUID, home: str) -> tuple[Facts, bool]:
    """(what a place that the actor may edit holds today, whether a record says it rather than a mere mention)."""
    shelf = SHELVES[register]
    found = held(actor.scope_for(EDIT), shelf, subject)
    card: Any = next((card for card in found.cards if card.home == home), None)
    if card is None:
        raise NotFound
    intake = _intake(actor, home)
    records = ledger.records_of(shelf, intake, [subject], keys_of([subject])).get(subject, [])
    if records:
        return standing_facts(records, ranking_for(register, intake)), True
    if register == "enterprise":
        mentioned = {"name": card.name, "uscc": card.uscc}
    else:
        mentioned = {"plate": card.plate, "plate_colour": card.colour}
    return {name: value for name, value in mentioned.items() if value}, False


def _refuse_locked(register: str, facts: Facts, raw: Mapping[str, str]) -> None:
    if any(raw.get(name) for name in locked_cells(register, facts)):
        sentence = _(
            "认定是哪一家企业、哪一辆车、哪一本证照的内容不能在这里更改：换了就是另一份档案，请另行登记。"
        )
        raise Refused("people.correct.locked", sentence)


def _refuse_code_of_another(shelf: Shelf, subject: UUID, home: str, raw: Mapping[str, str]) -> None:
    code = raw.get("uscc", "") if shelf.register == "enterprise" else ""
    cards = EnterpriseCard.objects.visible(hidden_batches()).filter(home=home, uscc=code)
    if code and cards.exclude(enterprise=subject).exists():
        raise Refused(
            "people.correct.code", _("这个统一社会信用代码在本地已登记给另一家企业，请先核对是不是同一家。")
        )


def _emptied(register: str, raw: Mapping[str, str]) -> dict[str, str]:
    """Where it is said now that there is no paper, its number and dates go with it."""
    gone = register == "credential" and raw.get("presence") not in (None, "", Presence.HELD.value)
    return dict.fromkeys(SAYS_OF_A_PAPER, "") if gone else {}


def _changes(old: Facts, new: Facts, given: Iterable[str]) -> Facts:
    """The facts that the form changed, emptied ones as '' or []."""
    along = {"phone": "phones", "address": "township", "long_term": "valid_to"}
    asked = {*given, *(along[name] for name in given if name in along)}
    changed = [name for name in changed_fields(old, new) if name in asked]
    facts: Facts = {name: new.get(name, [] if isinstance(old.get(name), list) else "") for name in changed}
    if "enterprise" in facts and old.get("enterprise") and new.get("uscc") == old.get("uscc"):
        facts["uscc"] = ""  # The code was that of the other firm.
    return facts


def _intake(actor: Actor, home: str) -> Intake:
    return Intake(actor, placed(home), AT_COUNTER, timezone.localdate(), "form")


def _append(actor: Actor, shelf: Shelf, subject: UUID, home: str, facts: Facts) -> None:
    """A new record of the form door, the card computed anew, and what was done in the trail."""
    intake = _intake(actor, home)
    leaf = ledger.leaf_here(shelf, intake, subject)
    publisher: Any = REGISTERS[shelf.register].publisher(intake)
    publisher.add(leaf, StagedRow("", 0, facts), "corrected")
    if shelf.register == "enterprise" and facts.get("uscc"):
        take_code(subject, facts["uscc"])
