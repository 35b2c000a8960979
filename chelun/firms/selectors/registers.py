"""Registers by threshold as a reader sees them: which there are, who is in as of a day, who crossed in its month."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.firms.models import FirmStanding, Stay, ThresholdRule
from chelun.firms.thresholds import ROW, Book, Rule, counted, rule_of
from chelun.people.selectors.joins import Joins, leaves_called
from chelun.people.selectors.lists import narrowed, region_scope

ORDER = ("-from_day", "id")
MOST_CROSSINGS = 200


@dataclass(frozen=True, slots=True)
class Register:
    """A register as a place has it, with how many firms are in and how many crossed in the month of the day."""

    rule: Rule
    inside: int
    came: int
    left: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would change in a place: firms that would come in and those that would leave, with what is counted."""

    inside: int
    came: list[tuple[UUID, str, int]]
    left: list[tuple[UUID, str, int]]


def registers_of(scope: Scope, home: str, day: date) -> list[Register]:
    """The registers that hold in a place, or were kept in the scope. A constant number of queries."""
    numbers = _numbers(scope, day)
    found = [Register(rule, *numbers.get(rule.register, (0, 0, 0))) for rule in Book.of(day).rules(home)]
    known = {each.rule.register for each in found}
    return found + [
        Register(rule, *numbers[rule.register]) for rule in _below(scope, known) if rule.register in numbers
    ]


def register_rule(scope: Scope, register: str, home: str, day: date) -> Rule:
    """The rule of a register for a reader: that of his place, else one that a place in his scope has; else NotFound."""
    rule = Book.of(day).rule(register, home)
    rule = rule or next((each for each in _below(scope, set()) if each.register == register), None)
    if rule is None:
        raise NotFound
    return rule


def stays_as_of(scope: Scope, register: str, day: date, region: str = "") -> QuerySet[Stay]:
    """The firms that were in a register at the end of a day, those that came last first."""
    rows = _stays(region_scope(scope, region)).filter(narrowed(scope, region))
    rows = rows.filter(register=register, from_day__lte=day)
    return rows.filter(Q(to_day=None) | Q(to_day__gt=day)).order_by(*ORDER)


def standing_in(scope: Scope, leaves: Collection[UUID], homes: Collection[str], day: date) -> list[Stay]:
    """In which registers of some places a firm stands on a day, each once; of a joined one those of all its leaves."""
    rows = Stay.objects.in_scope(scope).filter(enterprise__in=list(leaves), home__in=list(homes))
    rows = rows.filter(Q(to_day=None) | Q(to_day__gt=day), from_day__lte=day)
    first: dict[tuple[str, str], Stay] = {}
    for stay in rows.order_by("from_day", "id"):
        first.setdefault((stay.home, stay.register), stay)
    return list(first.values())


def crossings(scope: Scope, register: str, day: date, region: str = "") -> list[tuple[date, bool, Stay]]:
    """Who came in and who left in the month of a day, the newest first: (day, whether he came in, the stay)."""
    rows = _stays(region_scope(scope, region)).filter(narrowed(scope, region))
    first, last = month_of(day)
    rows = rows.filter(
        Q(from_day__range=(first, last)) | Q(to_day__range=(first, last)), register=register
    ).order_by(*ORDER)
    found = []
    for stay in rows[:MOST_CROSSINGS]:
        found += [(stay.from_day, True, stay)] if first <= stay.from_day <= last else []
        found += [(stay.to_day, False, stay)] if stay.to_day and first <= stay.to_day <= last else []
    return sorted(found, key=lambda each: (each[0], each[1]), reverse=True)


def unnoted(scope: Scope) -> QuerySet[Stay]:
    """Crossings that nobody has looked at yet."""
    return Stay.objects.in_scope(scope).filter(Q(noted_in=False) | Q(to_day__isnull=False, noted_out=False))


def rules_in_time(register: str, homes: Iterable[str]) -> list[ThresholdRule]:
    """What places have decided about a register, the newest first."""
    return list(ThresholdRule.objects.filter(register=register, home__in=list(homes)).order_by("-since"))


def preview_of(scope: Scope, rule: Rule, home: str, day: date) -> Preview:
    """What would change today in the places that a rule of `home` would hold for. Nothing is written."""
    rows = {
        (row["enterprise_id"], row["home"]): row
        for row in FirmStanding.objects.in_scope(scope).filter(narrowed(scope, home)).values(*ROW)
    }
    others = [rule_of(row) for row in ThresholdRule.objects.exclude(home=rule.home, register=rule.register)]
    inside = counted(rows.values(), Book([*others, rule], day))
    would = {
        (firm, place): n for (firm, place, register), (n, _row) in inside.items() if register == rule.register
    }
    open_ = Stay.objects.in_scope(scope).filter(narrowed(scope, home), register=rule.register, to_day=None)
    present = set(open_.values_list("enterprise_id", "home"))
    came = [(*pair, n) for pair, n in would.items() if pair not in present]
    left = [
        (*pair, rule.count(rows[pair]) if pair in rows and rule.counts else 0)
        for pair in present - would.keys()
    ]
    return Preview(
        len(would), sorted(came, key=lambda each: -each[2]), sorted(left, key=lambda each: -each[2])
    )


def names_of(pairs: Iterable[tuple[UUID, str]]) -> dict[tuple[UUID, str], Any]:
    """The rows of firms by (firm, place): their names and numbers today, of a leaf those of the file on which it is shown.

    Of pairs that the reader may see. Two queries.
    """
    wanted = set(pairs)
    joins = Joins.around({firm for firm, _home in wanted})
    shown = {pair: joins.pair(pair) for pair in wanted}
    rows = FirmStanding.objects.filter(enterprise__in={firm for firm, _home in shown.values()})
    found = {(row.enterprise_id, row.home): row for row in rows}
    return {pair: found[file] for pair, file in shown.items() if file in found}


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _numbers(scope: Scope, day: date) -> dict[str, tuple[int, int, int]]:
    month = month_of(day)
    rows = _stays(scope).order_by().values("register")
    found = rows.annotate(
        inside=Count("id", filter=Q(from_day__lte=day) & (Q(to_day=None) | Q(to_day__gt=day))),
        came=Count("id", filter=Q(from_day__range=month)),
        left=Count("id", filter=Q(to_day__range=month)),
    )
    return {row["register"]: (row["inside"], row["came"], row["left"]) for row in found}


def _stays(scope: Scope) -> QuerySet[Stay]:
    """The stays in scope, each firm once: of a joined one no stay that lies within that of another leaf."""
    rows = Stay.objects.in_scope(scope)
    leaves = leaves_called(scope, "enterprise", Q())
    if not leaves:
        return rows
    joins, until = Joins.around(leaves), dict[tuple[UUID, str, str], date]()
    repeated = []
    for stay in rows.filter(enterprise__in=leaves).order_by("from_day", "id"):
        key = (*joins.pair((stay.enterprise_id, stay.home)), stay.register)
        end = stay.to_day or date.max
        if end <= until.get(key, date.min):
            repeated.append(stay.pk)
        until[key] = max(until.get(key, date.min), end)
    return rows.exclude(pk__in=repeated)


def _below(scope: Scope, known: set[str]) -> list[Rule]:
    """The newest rule of each further register that places in scope have decided on."""
    rows = ThresholdRule.objects.in_scope(scope).exclude(register__in=known).order_by("since", "id")
    return list({row.register: rule_of(row) for row in rows}.values())
