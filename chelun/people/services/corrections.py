"""Changing what is on file: a correction and the end of an engagement are source records of the form door like any other."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor, SystemActor
from chelun.core.errors import NotFound, Refused
from chelun.core.locks import again
from chelun.engines.ids import COLOURS
from chelun.people.choices import AT_COUNTER
from chelun.people.models import Engagement, EnterpriseCard, LeafName
from chelun.people.rules.cells import BETWEEN, KIND_WORDS, SEX_WORDS
from chelun.people.rules.facts import Facts, changed_fields, standing_facts
from chelun.people.rules.ranks import WORK_FACTS
from chelun.people.selectors.records import held
from chelun.people.services.door import EDIT, Brought, checked_row
from chelun.people.services.intake import ledger
from chelun.people.services.intake.firms import Firms
from chelun.people.services.intake.person_cards import PersonCards
from chelun.people.services.intake.plates import Plates
from chelun.people.services.intake.ranking import ranking_for
from chelun.people.services.intake.shelf import PERSONS
from chelun.platform.audit.services import Event, record_many
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.batches import hidden_batches, home_of, write_by_hand
from chelun.platform.sheets.registers import Intake, StagedRow


def correct_person(*, actor: Actor, person: UUID, home: str, raw: Mapping[str, str]) -> Brought:
    """Correct facts of a person in one place. `raw` holds the cells that the form showed; what it leaves out stays.

    Only what differs becomes a new record. RowRefused names the fields; the ID number cannot be changed here.
    """
    if raw.get("id_number"):
        sentence = _("身份证号不能在这里更改：换了号码就是另一个人。请用正确的号码另行登记。")
        raise Refused("people.correct.id_number", sentence)

    def correct() -> Brought:
        write_by_hand(placed(home))
        facts = facts_of(actor, person, home)
        checked = checked_row("person", {**cells_of(facts), **raw}, placed(home))
        changes = _changes(facts, checked.facts, raw)
        if changes:
            _append(actor, person, home, changes, "corrected")
        return Brought(person, "changed" if changes else "unchanged", warnings=tuple(checked.warnings))

    return again(correct)


def end_engagement(*, actor: Actor, person: UUID, engagement: UUID, to_date: date) -> None:
    """Write down that somebody left a firm or platform on a day. NotFound when the engagement is not in scope."""
    if to_date > timezone.localdate():
        raise Refused("people.engagement.future", _("离岗日期在今天之后，请核对日期。"))

    def end() -> None:
        tie = _tie(actor, person, engagement)
        write_by_hand(placed(tie.home))
        tie = _tie(actor, person, engagement)
        if tie.from_date and to_date < tie.from_date:
            raise Refused("people.engagement.order", _("离岗日期早于开始日期，请核对这两个日期。"))
        _append(actor, person, tie.home, {**_engaged(tie), "end": to_date.isoformat()}, "engagement_ended")

    again(end)


def _tie(actor: Actor, person: UUID, engagement: UUID) -> Engagement:
    rows = Engagement.objects.in_scope(actor.scope_for(EDIT)).visible(hidden_batches())
    tie = rows.filter(pk=engagement, person=person).first()
    if tie is None:
        raise NotFound
    return tie


def facts_of(actor: Actor, person: UUID, home: str) -> Facts:
    """What a place that the actor may edit holds of a person today; NotFound when it holds nothing."""
    found = held(actor.scope_for(EDIT), PERSONS, person)
    if home not in found.homes:
        raise NotFound
    return standing_in(person, home)


def standing_in(person: UUID, home: str) -> Facts:
    """What a place holds of a person today, whoever asks; nothing when it holds nothing or he was erased."""
    intake = _intake(SystemActor("people.standing"), home, AT_COUNTER)
    records = ledger.records_of(PERSONS, intake, [person], keys_of([person])).get(person, [])
    return standing_facts(records, ranking_for(PERSONS.register, intake))


def cells_of(facts: Mapping[str, Any]) -> dict[str, str]:
    """Facts as the cells of a sheet would say them: the way back from the rules of a row."""
    cells = {
        name: str(value) for name, value in facts.items() if isinstance(value, str | int) and value != ""
    }
    cells["name"] = facts.get("name") or facts.get("masked_name", "")
    cells["phone"] = BETWEEN.join(facts.get("phones") or ())
    cells["kinds"] = BETWEEN.join(KIND_WORDS[kind][0] for kind in facts.get("kinds") or ())
    cells["sex"] = SEX_WORDS.get(facts.get("sex", ""), "")
    if facts.get("plate_colour"):
        cells["plate_colour"] = COLOURS[int(facts["plate_colour"])]
    return cells


def _changes(old: Facts, new: Facts, raw: Mapping[str, str]) -> Facts:
    """The facts that the form changed, emptied ones as '' or []; what belongs to an engagement goes together."""
    asked = {*raw, "phones"} - {"phone", "phone2"} if {"phone", "phone2"} & raw.keys() else set(raw)
    changed = [name for name in changed_fields(old, new) if name in asked or name == "township"]
    facts = {name: new.get(name, [] if isinstance(old.get(name), list) else "") for name in changed}
    if WORK_FACTS.isdisjoint(facts):
        return facts
    same = {name: new[name] for name in WORK_FACTS - facts.keys() if name in new}
    if "enterprise" in facts and old.get("enterprise"):
        # Code, post and dates were those of the other firm.
        same |= {name: "" for name in ("uscc", "position", "start", "end") if name in same}
    return facts | same


def _engaged(tie: Engagement) -> Facts:
    """The facts that mean the same engagement again."""
    firm, code = _firm_of(tie)
    facts: Facts = {
        "kinds": [tie.kind] if tie.kind else [], "enterprise": firm, "uscc": code,
        "platform": tie.platform, "position": tie.position,
        "start": tie.from_date.isoformat() if tie.from_date else "",
    }  # fmt: skip
    return {name: value for name, value in facts.items() if value}


def _firm_of(tie: Engagement) -> tuple[str, str]:
    """(name, credit code) by which a row names the firm of a tie in its place, be it a leaf of a joined one."""
    if tie.enterprise_id is None:
        return "", ""
    leaf = LeafName.objects.filter(leaf=tie.enterprise_id, home=tie.home).first()
    if leaf is not None:
        return leaf.name, leaf.code
    cards = EnterpriseCard.objects.visible(hidden_batches())
    firm = cards.filter(enterprise=tie.enterprise_id, home=tie.home).first()
    return (firm.name, firm.uscc) if firm else ("", "")


def _intake(actor: Actor, home: str, source: str) -> Intake:
    return Intake(actor, placed(home), source, timezone.localdate(), "form")


def _append(actor: Actor, person: UUID, home: str, facts: Facts, verb: str) -> None:
    """A new record of the form door, the card computed anew, and what was done in the trail.

    On a joined file it belongs to the file as a whole: which of the leaves is meant, nobody said.
    """
    intake = _intake(actor, home, AT_COUNTER)
    row = StagedRow("", 0, facts)
    write_one(intake, ledger.leaf_here(PERSONS, intake, person), row, verb)


def write_one(
    intake: Intake, person: UUID, row: StagedRow, verb: str, kept_under: UUID | None = None
) -> None:
    """One more record of somebody who is on file. `kept_under` is the batch with which the record goes if that is undone."""
    keys = keys_of([person])
    record = ledger.new_record(intake, person, row, ledger.digest_of(row.facts))
    cards = PersonCards(intake, Firms(intake), Plates(intake), keys)
    events, _changed, _created = cards.renew([record], ())
    stored = intake if kept_under is None else _under(intake, kept_under)
    ledger.write_records(PERSONS, stored, [record], keys)
    done = Event(
        f"people.person.{verb}", "person", str(person), home_of(intake.place), intake.source,
        new={"fields": sorted(row.facts)},
    )  # fmt: skip
    record_many(actor=intake.actor, events=[*events, done])


def _under(intake: Intake, batch: UUID) -> Intake:
    return Intake(intake.actor, intake.place, intake.source, intake.as_of, intake.door, batch)
