"""Deletion by term: what is beyond it is counted every day; two officers switch deletion on for a region, either stops it at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.platform.audit.services import record
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import enqueue
from chelun.platform.privacy.choices import SwitchState
from chelun.platform.privacy.models import RetentionCount, RetentionSwitch
from chelun.platform.privacy.services.holds import DECIDE
from chelun.platform.privacy.terms import GROUP, longer
from chelun.platform.regions.place_settings import SETTINGS
from chelun.platform.regions.selectors import place, placed, within
from chelun.platform.regions.words import values_for

COUNT, DELETE = "privacy.count", "privacy.lapse"
ALL = "*"
"""The row that says when everything was counted, whether anything was found or not."""
FRESH = timedelta(days=3)
"""A preview older than this is no preview."""


def terms_in(region: str) -> dict[str, str]:
    """Every term as a place has it, by its setting."""
    values = values_for(region)
    return {setting.key: str(values.value(setting.key)) for setting in SETTINGS if setting.group == GROUP}


@dataclass(frozen=True, slots=True)
class Terms:
    """What counts in one place: the decision under which rows go there (None: they are only counted), and its terms."""

    switch: RetentionSwitch | None
    terms: Mapping[str, str]

    def term(self, key: str) -> str:
        """The code of a term: never shorter than what the two officers saw."""
        agreed = self.switch.terms.get(key) if self.switch else None
        return longer(self.terms[key], agreed) if agreed else self.terms[key]

    def may_delete(self, key: str) -> bool:
        """Whether the two officers saw this term at all: one that was declared since then waits for the next decision."""
        return self.switch is not None and key in self.switch.terms


class TermsOfPlaces:
    """The terms of places, looked up once each."""

    def __init__(self) -> None:
        on = RetentionSwitch.objects.filter(state=SwitchState.ON)
        self._on = {switch.region: switch for switch in on}
        self._known: dict[str, Terms] = {}

    def of(self, home: str) -> Terms:
        """Those of one place; the nearest decision on the way up counts."""
        if home not in self._known:
            path = [code for code in reversed(list(placed(home).values())) if code]
            switch = next((self._on[code] for code in path if code in self._on), None)
            self._known[home] = Terms(switch, terms_in(home))
        return self._known[home]

    @property
    def any_on(self) -> bool:
        """Whether deletion is switched on anywhere."""
        return bool(self._on)


def ask_for_count(*, actor: Actor) -> Job:
    """Count now what is beyond its term, as the daily work does."""
    if not actor.has(DECIDE):
        raise NotFound
    return enqueue(actor=actor, kind=COUNT, title=_("测算超过保存期限的内容"), dedupe="all")


def propose_switch(*, actor: Actor, region: str) -> RetentionSwitch:
    """Say that what is beyond its term should go by itself in a region. Refused without a preview of these days."""
    found = place(region)
    if found is None or found.level == "township" or not within(region, actor.scope_for(DECIDE)):
        raise NotFound
    counts, newest = counts_of(region), counted_at()
    if newest is None or newest < timezone.now() - FRESH:
        raise Refused("privacy.retention.preview", _("先点“现在测算”，看清会删去什么，再提出开启。"))
    try:
        with transaction.atomic():
            switch = RetentionSwitch.objects.create(
                region=found.code, terms=terms_in(found.code), preview=preview_of(counts), counted_at=newest,
                proposed_by=actor.actor_name, **placed(found.code),
            )  # fmt: skip
            _noted(actor, switch, "proposed")
    except IntegrityError as error:
        raise Refused(
            "privacy.retention.twice", _("这个地区已经开启，或已有人提出、正在等第二人批准。")
        ) from error
    return switch


def approve_switch(*, actor: Actor, switch: UUID) -> RetentionSwitch:
    """The second officer agrees: the next daily work deletes. Refused for the first, and when the terms are others by now."""
    with transaction.atomic():
        present = _present(actor, switch, SwitchState.PROPOSED)
        if present.proposed_by == actor.actor_name:
            raise Refused(
                "privacy.retention.second", _("到期删除要由提出人以外的第二位个人信息保护专员批准。")
            )
        if present.terms != terms_in(present.region):
            raise Refused("privacy.retention.changed", _("提出之后期限改过了，请不批准这一次，重新提出。"))
        present.state, present.approved_by = SwitchState.ON, actor.actor_name
        present.approved_at = datetime.now(UTC)
        present.save(update_fields=["state", "approved_by", "approved_at"])
        _noted(actor, present, "approved")
    return present


def end_switch(*, actor: Actor, switch: UUID) -> RetentionSwitch:
    """Stop: one officer is enough. A proposal is declined or taken back; a run on its way stops at its next step."""
    with transaction.atomic():
        present = _present(actor, switch, SwitchState.PROPOSED, SwitchState.ON)
        was_on = present.state == SwitchState.ON
        present.state = SwitchState.OFF if was_on else SwitchState.DECLINED
        present.ended_by, present.ended_at = actor.actor_name, datetime.now(UTC)
        present.save(update_fields=["state", "ended_by", "ended_at"])
        _noted(actor, present, "closed" if was_on else "declined")
    return present


def pause_after_restore(actor: Actor) -> str:
    """What a restored backup says of decisions is old: deletion is off until two officers look again. A sentence, or ''."""
    with transaction.atomic():
        standing = list(RetentionSwitch.objects.select_for_update().filter(state=SwitchState.ON))
        for switch in standing:
            switch.state, switch.ended_by = SwitchState.OFF, actor.actor_name
            switch.ended_at = datetime.now(UTC)
            switch.save(update_fields=["state", "ended_by", "ended_at"])
            _noted(actor, switch, "closed")
    return _("到期删除已停，请个人信息保护专员重新开启") if standing else ""


def counts_of(region: str) -> list[RetentionCount]:
    """What was counted in a region and all below it."""
    level = {key: code for key, code in placed(region).items() if code and key != "township"}
    return list(RetentionCount.objects.filter(**level))


def counted_at() -> datetime | None:
    """When all was last counted; None before the first time."""
    return RetentionCount.objects.filter(label=ALL).values_list("counted_at", flat=True).first()


def preview_of(counts: Iterable[RetentionCount]) -> dict[str, list[int]]:
    """Rows due and held, by table."""
    found: dict[str, list[int]] = {}
    for each in counts:
        so_far = found.setdefault(each.label, [0, 0])
        so_far[0], so_far[1] = so_far[0] + each.due, so_far[1] + each.held
    return found


def _present(actor: Actor, pk: UUID, *states: str) -> RetentionSwitch:
    rows = RetentionSwitch.objects.select_for_update().in_scope(actor.scope_for(DECIDE))
    present = rows.filter(pk=pk).first()
    if present is None or not within(present.region, actor.scope_for(DECIDE)):
        raise NotFound
    if present.state not in states:
        raise Refused("privacy.retention.decided", _("这一次已经有人决定了。"))
    return present


def _noted(actor: Actor, switch: RetentionSwitch, verb: str) -> None:
    new: dict[str, Any] = {"terms": switch.terms, "preview": switch.preview}
    record(
        actor=actor, action=f"privacy.retention.{verb}", target_kind="retention", target=switch.pk,
        region=switch.region, new=new,
    )  # fmt: skip
