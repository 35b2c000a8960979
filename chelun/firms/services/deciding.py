"""A place decides by what it puts firms into a register, and somebody looks at who crossed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.identifiers import uuid7
from chelun.firms.choices import UNCOUNTED, Counting
from chelun.firms.models import Stay, ThresholdRule
from chelun.firms.selectors.registers import unnoted
from chelun.firms.services.reviewing import ask_for_review
from chelun.firms.thresholds import Book, Rule
from chelun.platform.audit.services import record
from chelun.platform.regions.place_settings import WORK_KINDS
from chelun.platform.regions.selectors import place, placed, within

PERMISSION = "firms.manage"


def decide_rule(*, actor: Actor, rule: Rule) -> ThresholdRule:
    """Let a place have a rule from a day on; its own rule of the same day is replaced. Who crosses is found by a job.

    NotFound outside the actor's places; Refused for a rule that says nothing.
    """
    checked_rule(actor, rule)
    values = {
        "label": rule.label, "counting": rule.counting, "kinds": list(rule.kinds), "at_least": rule.at_least,
        "criterion": rule.criterion, "changed_by": actor.actor_name,
    }  # fmt: skip
    with transaction.atomic():
        row, _made = ThresholdRule.objects.update_or_create(
            home=rule.home, register=rule.register, since=rule.since, defaults=values | placed(rule.home)
        )
        noted = {name: str(value) for name, value in values.items() if name != "changed_by"}
        record(
            actor=actor, action="firms.rule.changed", target_kind="rule", target=rule.register, region=rule.home,
            purpose=str(rule.criterion), new={**noted, "since": rule.since.isoformat()},
        )  # fmt: skip
        ask_for_review(actor=actor, after=f"rule:{row.pk}:{rule.since}")
    return row


def checked_rule(actor: Actor, rule: Rule) -> None:
    """Whether a rule can be decided by this actor; raises what is wrong with it."""
    found = place(rule.home)
    if found is None or not within(rule.home, actor.scope_for(PERMISSION)):
        raise NotFound
    if found.level == "township":
        raise Refused("firms.rule.place", _("名册按省、市、县设，不能按乡镇设。"))
    if not str(rule.label).strip():
        raise Refused("firms.rule.label", _("请写名册的名称。"))
    if rule.counting not in UNCOUNTED and not rule.at_least:
        raise Refused("firms.rule.number", _("请写从多少起进入名册。"))
    if not set(rule.kinds) <= WORK_KINDS.keys():
        raise Refused("firms.rule.kinds", _("工种请从列出的里面选。"))


def follow_above(*, actor: Actor, register: str, home: str, today: date) -> None:
    """Let a place go by the rule above it again, whatever that becomes. Nothing happens where it has none of its own."""
    book = Book.of(today)
    rule = book.rule(register, home)
    if rule is None or rule.home != home or book.above(register, home) is None:
        return
    back = replace(
        rule, counting=Counting.ABOVE, at_least=None, kinds=(), since=today, criterion=_("恢复上级的规则")
    )
    decide_rule(actor=actor, rule=back)


def new_register() -> str:
    """The code of a register that nobody has yet."""
    return f"r{uuid7().hex}"


def note_crossings(*, actor: Actor, register: str) -> int:
    """Somebody has looked at who came in and who left, as far as he may edit; how many crossings that were."""
    rows = unnoted(actor.scope_for("people.edit")).filter(register=register)
    with transaction.atomic():
        seen: Sequence[tuple[object, date | None]] = list(rows.values_list("pk", "to_day"))
        mine = Stay.objects.filter(pk__among=[key for key, _day in seen])
        mine.update(noted_in=True)
        mine.filter(to_day__isnull=False).update(noted_out=True)
    return len(seen)
