"""Making, changing and retiring fields of places."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.identifiers import uuid7
from chelun.core.locks import wait_for_turn
from chelun.engines.tables.columns.own_fields import PREFIX, SEALED_PREFIX, is_own_sealed
from chelun.platform.audit.services import record
from chelun.platform.fields.choices import FieldType
from chelun.platform.fields.models import OwnField
from chelun.platform.fields.rules import MOST_FIELDS, Draft, judge, taken_heads, tidy
from chelun.platform.fields.selectors import field_get, overlapping
from chelun.platform.regions.selectors import name_of, place, placed, within
from chelun.platform.sheets.registers import REGISTERS

PERMISSION = "fields.manage"
CLEAR_PREFIX = f"{PREFIX}c"


def add_field(
    *, actor: Actor, region: str, register: str, type_: str, sealed: bool, draft: Draft
) -> OwnField:
    """Add a field to a register for a place and all below it. NotFound outside the actor's places; Refused with a
    sentence for a name, an option or a use that may not be."""
    levels = _managed(actor, region)
    if type_ not in FieldType.values or not _takes_own(register):
        raise NotFound
    with transaction.atomic():
        wait_for_turn("fields")
        beside = overlapping(levels, register)
        if len(beside) >= MOST_FIELDS:
            sentence = _("这里已有 {most} 个自定字段，请先停用不再需要的。")
            raise Refused("fields.most", sentence.format(most=MOST_FIELDS))
        wanted = _tidied(draft, register, beside)
        judge(wanted, type_, sealed=sealed)
        made = uuid7()
        row = OwnField(
            id=made, **{**levels, "township": ""}, home=region, register=register, type=type_, created_by=actor.actor_name,
            key=f"{SEALED_PREFIX if sealed else CLEAR_PREFIX}{made.hex[-12:]}",
        )  # fmt: skip
        _fill(row, wanted)
        row.save(force_insert=True)
        _note(actor, row, "created", {}, _told(row))
    return row


def change_field(*, actor: Actor, field: UUID, draft: Draft) -> OwnField:
    """Change everything of a field but what its values rest on: register, type, and whether they lie sealed."""
    with transaction.atomic():
        wait_for_turn("fields")
        row = _locked(actor, field)
        beside = [other for other in overlapping(placed(row.home), row.register) if other.pk != row.pk]
        wanted = _tidied(draft, row.register, beside)
        judge(wanted, row.type, sealed=is_own_sealed(row.key))
        old = _told(row)
        _fill(row, wanted)
        if _told(row) != old:
            row.save()
            _note(actor, row, "changed", old, _told(row))
    return row


def retire_field(*, actor: Actor, field: UUID) -> None:
    """Let a field rest: no form and no sheet brings it any more, lists and cockpit leave it out; files keep its values."""
    with transaction.atomic():
        row = _locked(actor, field)
        if row.retired_at is None:
            row.retired_at = timezone.now()
            row.save(update_fields=["retired_at"])
            _note(actor, row, "disabled", {}, {})


def revive_field(*, actor: Actor, field: UUID) -> None:
    """Take a retired field into use again. Refused when another field bears its name meanwhile."""
    with transaction.atomic():
        wait_for_turn("fields")
        row = _locked(actor, field)
        if row.retired_at is None:
            return
        beside = overlapping(placed(row.home), row.register)
        if len(beside) >= MOST_FIELDS:
            sentence = _("这里已有 {most} 个自定字段，请先停用不再需要的。")
            raise Refused("fields.most", sentence.format(most=MOST_FIELDS))
        judge(_tidied(draft_of(row), row.register, beside), row.type, sealed=is_own_sealed(row.key))
        row.retired_at = None
        row.save(update_fields=["retired_at"])
        _note(actor, row, "enabled", {}, {})


def draft_of(row: OwnField) -> Draft:
    """A field as a draft of itself."""
    options = tuple((each["code"], each["label"]) for each in row.options if not each.get("off"))
    return Draft(
        row.label,
        row.help,
        row.unit,
        row.low,
        row.high,
        options,
        tuple(row.heads),
        row.shown,
        row.filtered,
        row.counted,
    )


def _managed(actor: Actor, region: str) -> dict[str, str]:
    found = place(region)
    if found is None or not within(found.code, actor.scope_for(PERMISSION)):
        raise NotFound
    if found.level == "township" or not found.in_force:
        sentence = _("“{name}”不能单独设字段：只有现行的省、市、县可以。请到它所在的县去建。")
        raise Refused("fields.place", sentence.format(name=found.name))
    return placed(found.code)


def _takes_own(register: str) -> bool:
    found = REGISTERS.get(register)
    return found is not None and found.takes_own


def _locked(actor: Actor, field: UUID) -> OwnField:
    found = field_get(actor.scope_for(PERMISSION), field)
    return OwnField.objects.select_for_update().get(pk=found.pk)


def _tidied(draft: Draft, register: str, beside: Sequence[OwnField]) -> Draft:
    """The draft in one spelling, with the heads that are taken in its place."""
    named = [(_whose(other), [other.label, *other.heads]) for other in beside]
    return replace(
        draft,
        label=tidy(draft.label), help=tidy(draft.help), unit=tidy(draft.unit),
        options=tuple((code, tidy(label)) for code, label in draft.options),
        heads=tuple(dict.fromkeys(head for text in draft.heads if (head := tidy(text)) and head != tidy(draft.label))),
        taken=taken_heads(REGISTERS[register].fields, named),
    )  # fmt: skip


def _whose(row: OwnField) -> str:
    return _("{place}的自定字段：{label}").format(place=name_of(row.home), label=row.label)


def _fill(row: OwnField, draft: Draft) -> None:
    for name in ("label", "help", "unit", "low", "high", "shown", "filtered", "counted"):
        setattr(row, name, getattr(draft, name))
    row.heads = list(draft.heads)
    row.options = _options(row.options, draft.options)


def _options(old: Sequence[Mapping[str, Any]], wanted: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """The options that are wanted, in their order, then those that are no longer offered: values keep their code.

    One that was off and is written again is the same option again.
    """
    codes = {each["code"]: each for each in old}
    labels = {each["label"]: each["code"] for each in old}
    found: dict[str, dict[str, Any]] = {}
    for code, label in wanted:
        code = code if code in codes else labels.get(label, "")
        if not code or code in found:
            code = f"opt{len(codes | found) + 1}"
        found[code] = {"code": code, "label": label}
    rest = [{**each, "off": True} for code, each in codes.items() if code not in found]
    return [*found.values(), *rest]


def _told(row: OwnField) -> dict[str, Any]:
    """A field as the audit trail tells of it."""
    return {
        "label": row.label, "help": row.help, "unit": row.unit, "low": None if row.low is None else str(row.low),
        "high": None if row.high is None else str(row.high), "options": row.options, "heads": row.heads,
        "shown": row.shown, "filtered": row.filtered, "counted": row.counted,
    }  # fmt: skip


def _note(actor: Actor, row: OwnField, verb: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    record(
        actor=actor, action=f"fields.field.{verb}", target_kind="own_field", target=row.pk, region=row.home,
        old=old, new={"register": row.register, "key": row.key, "type": row.type, **new},
    )  # fmt: skip
