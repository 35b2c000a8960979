"""Registers that a place keeps by hand (规上企业, 重点企业): which list names a firm, from which day, and who entered it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.locks import wait_for_turn
from chelun.core.reasons import reasoned
from chelun.core.scope import Node, Scope
from chelun.engines.names import normalise_firm
from chelun.firms.choices import Counting
from chelun.firms.models import Stay
from chelun.firms.services.deciding import PERMISSION
from chelun.firms.thresholds import Book, Rule
from chelun.people.models import EnterpriseCard, LeafName
from chelun.people.selectors.joins import Joins, cards_of
from chelun.people.services.intake.shelf import ENTERPRISES
from chelun.platform.audit.services import record
from chelun.platform.regions.models import LEVELS
from chelun.platform.regions.selectors import within
from chelun.platform.sheets.batches import hidden_batches

MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class Listed:
    """What came of a list: firms that are in now, those that were in already, and lines that name no one firm of the place."""

    added: int
    already: int
    unknown: tuple[str, ...]


def list_by_hand(
    *, actor: Actor, register: str, home: str, lines: Iterable[str], from_day: date, ground: str
) -> Listed:
    """Enter the firms that a list names, each by its credit code or its whole name. Doing it again adds nobody.

    NotFound outside the actor's places; Refused for a register that is counted, and without the list as ground.
    """
    rule, why = _kept_by_hand(actor, register, home), _ground(ground)
    if from_day > timezone.localdate():
        raise Refused("firms.list.day", _("日期不能在今天以后。"))
    named = list(dict.fromkeys(text for line in lines if (text := line.strip())))[:MOST_LINES]
    if not named:
        raise Refused("firms.list.empty", _("请写企业名称或统一社会信用代码，每行一家。"))
    with transaction.atomic():
        wait_for_turn("firms.crossing")
        firms, unknown = _found(home, named)
        present = set(
            Stay.objects.filter(register=register, to_day=None).values_list("enterprise_id", "home")
        )
        joins = Joins.around({firm for firm, _home in present})
        inside = set(map(joins.pair, present))
        new = [card for card in firms if (card.enterprise_id, card.home) not in inside]
        Stay.objects.bulk_create(
            Stay(
                **{level: getattr(card, level) for level in LEVELS}, enterprise_id=card.enterprise_id, home=card.home,
                register=register, from_day=from_day, ground=why, listed_by=actor.actor_name, noted_in=True,
            )
            for card in new
        )  # fmt: skip
        if new:
            _note(actor, rule, home, why, {"added": len(new), "since": from_day.isoformat()})
    return Listed(len(new), len(firms) - len(new), tuple(unknown))


def end_by_hand(*, actor: Actor, register: str, stay: UUID, to_day: date, ground: str) -> None:
    """Take a firm off a register that is kept by hand. It stays in the register's past."""
    row = (
        Stay.objects.in_scope(actor.scope_for(PERMISSION))
        .filter(pk=stay, register=register, to_day=None)
        .first()
    )
    if row is None:
        raise NotFound
    rule, why = _kept_by_hand(actor, register, row.home), _ground(ground)
    if not row.from_day <= to_day <= timezone.localdate():
        raise Refused("firms.list.day", _("日期要在列入之后，不能在今天以后。"))
    with transaction.atomic():
        Stay.objects.filter(pk=row.pk).update(to_day=to_day, noted_out=True)
        _note(actor, rule, row.home, why, {"ended": str(row.enterprise_id), "on": to_day.isoformat()})


def _kept_by_hand(actor: Actor, register: str, home: str) -> Rule:
    if not within(home, actor.scope_for(PERMISSION)):
        raise NotFound
    rule = Book.of(timezone.localdate()).rule(register, home)
    if rule is None:
        raise NotFound
    if rule.counting != Counting.HAND:
        raise Refused("firms.list.counted", _("这个名册按数自动进出，不能人工列入。要人工列入，请先改规则。"))
    return rule


def _ground(text: str) -> str:
    sentence = _("请写明依据的名单，例如“县统计局 2026 年规上企业名单”。")
    return reasoned(" ".join(text.split()), "firms.list.ground", sentence)


def _found(home: str, named: Sequence[str]) -> tuple[list[EnterpriseCard], list[str]]:
    """The firms of a place that these lines name, and the lines that name none or several."""
    scope = Scope.of([Node("region", home)])
    by_name: dict[str, list[EnterpriseCard]] = {}
    for card in EnterpriseCard.objects.in_scope(scope).visible(hidden_batches()):
        for key in {normalise_firm(card.name), card.uscc} - {""}:
            by_name.setdefault(key, []).append(card)
    leaves = {
        (row.leaf, row.home): row for row in LeafName.objects.in_scope(scope).filter(register="enterprise")
    }
    for pair, card in cards_of(scope, ENTERPRISES, leaves).items():
        for key in {leaves[pair].key, leaves[pair].code} - {""}:
            by_name.setdefault(key, []).append(card)
    firms: dict[UUID, EnterpriseCard] = {}
    unknown = []
    for line in named:
        meant = by_name.get(line.upper()) or by_name.get(normalise_firm(line)) or []
        if len({card.enterprise_id for card in meant}) == 1:
            firms[meant[0].pk] = meant[0]
        else:
            unknown.append(line)
    return list(firms.values()), unknown


def _note(actor: Actor, rule: Rule, home: str, ground: str, new: dict[str, object]) -> None:
    record(
        actor=actor, action="firms.list.changed", target_kind="rule", target=rule.register, region=home, purpose=ground,
        new={"label": str(rule.label), **new},
    )  # fmt: skip
