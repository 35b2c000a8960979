"""The single door: one row by hand, through the same rules and the same publisher as a sheet, shown at once.

It answers exactly alike whether or not another place knows the subject already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.core.locks import again
from chelun.engines.tables.columns.asides import scrub_name
from chelun.people.choices import AT_COUNTER
from chelun.people.models import UnresolvedRow
from chelun.people.rules.cells import ASIDE_DROPPED
from chelun.platform.regions.selectors import placed, within
from chelun.platform.sheets.batches import home_of, write_by_hand
from chelun.platform.sheets.registers import REGISTERS, Checked, Intake, Problem, StagedRow, with_own
from chelun.platform.sheets.services.checking import context_for
from chelun.platform.sheets.services.tables import FREE_KINDS

EDIT = "people.edit"


class RowRefused(Refused):
    """The rules refuse the row; `problems` say which fields and why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("people.row.refused", _("有填写不对的地方，请改正后再保存。"))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Brought:
    """What the single door did: the subject, None where the row waits for a clerk or says nothing new."""

    subject: UUID | None
    outcome: str
    waiting: UUID | None = None
    warnings: tuple[Problem, ...] = ()


def register_person(
    *, actor: Actor, region: str, raw: Mapping[str, str], as_of: date | None = None
) -> Brought:
    """Enter a person. RowRefused names the fields; a row that may mean somebody on file waits for a clerk."""
    return bring("person", actor=actor, region=region, raw=raw, as_of=as_of)


def register_enterprise(
    *, actor: Actor, region: str, raw: Mapping[str, str], as_of: date | None = None
) -> Brought:
    """Enter a firm. RowRefused names the fields."""
    return bring("enterprise", actor=actor, region=region, raw=raw, as_of=as_of)


def register_vehicle(
    *, actor: Actor, region: str, raw: Mapping[str, str], as_of: date | None = None
) -> Brought:
    """Enter a vehicle. RowRefused names the fields."""
    return bring("vehicle", actor=actor, region=region, raw=raw, as_of=as_of)


def bring(
    register: str,
    *,
    actor: Actor,
    region: str,
    raw: Mapping[str, str],
    as_of: date | None = None,
    source: str = AT_COUNTER,
) -> Brought:
    """One row into a register by the single door, of any register that sheets can fill as well."""
    place = _place(actor, region)
    checked = checked_row(register, raw, place)
    intake = Intake(actor, place, source, as_of or timezone.localdate(), "form")
    return again(lambda: _apply(register, intake, checked))


def _apply(register: str, intake: Intake, checked: Checked) -> Brought:
    write_by_hand(intake.place)
    publisher: Any = REGISTERS[register].publisher(intake)
    counts = publisher.apply([StagedRow("", 0, checked.facts)])
    if counts["barred"]:
        sentence = _(
            "此人已按本人的反对意见抹除，不再收录。法律、法规要求登记的，请个人信息保护专员写明依据，先解除限制。"
        )
        raise Refused("people.barred", sentence)
    outcome = next((name for name, count in counts.items() if count), "unchanged")
    subject = publisher.brought[0] if publisher.brought else None
    waiting = _waiting(intake) if outcome == "unresolved" else None
    return Brought(subject, outcome, waiting, tuple(checked.warnings))


def checked_row(register: str, raw: Mapping[str, str], place: Mapping[str, str]) -> Checked:
    """The row after the register's rules; RowRefused when they refuse it."""
    clean, warnings = _scrubbed(register, raw)
    context = context_for(place)
    checked = with_own(REGISTERS[register], context.own).check(clean, context)
    if checked.problems:
        refused = {problem.field for problem in checked.problems}
        raise RowRefused([*checked.problems, *(each for each in warnings if each.field in refused)])
    return replace(checked, warnings=[*warnings, *checked.warnings])


def _scrubbed(register: str, raw: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """Names, firms and numbers without what no roster may say beside them, as a sheet is staged; free texts the rules judge."""
    kinds = {spec.name: spec.kind for spec in REGISTERS[register].fields}
    clean, warnings = dict(raw), []
    for name, cell in raw.items():
        if not cell or kinds.get(name, "text") in FREE_KINDS:
            continue
        clean[name], found = scrub_name(cell, person=kinds[name] == "person_name")
        if found:
            warnings.append(Problem(name, ASIDE_DROPPED()))
    return clean, warnings


def _place(actor: Actor, region: str) -> dict[str, str]:
    if not within(region, actor.scope_for(EDIT)):
        raise Refused("people.region.out_of_scope", _("您不能在这个地区登记，请选择自己负责的地区。"))
    return placed(region)


def _waiting(intake: Intake) -> UUID | None:
    rows = UnresolvedRow.objects.filter(home=home_of(intake.place), source=intake.source, settled_as="")
    return rows.order_by("-id").values_list("id", flat=True).first()
