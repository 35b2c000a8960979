"""Where a place counts firms into a register otherwise than the place above it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chelun.core.scope import Scope
from chelun.firms.choices import Counting
from chelun.firms.displays.registers import sentence
from chelun.firms.models import ThresholdRule
from chelun.firms.thresholds import Book, Rule, rule_of
from chelun.platform.regions.deviations import DEVIATIONS, Deviation, DeviationSource

_REGISTERS = _("门槛名册")


def _rules(area: Scope) -> Iterator[Deviation]:
    """The rules that hold today in places of an area and say otherwise than those above them."""
    today = timezone.localdate()
    rows = {(row.register, row.home): row for row in _standing(Scope.everything(), today)}
    book = Book([rule_of(row) for row in rows.values()], today)
    for row in _standing(area, today):
        rule, above = rule_of(row), book.above(row.register, row.home)
        if rule.counting == Counting.ABOVE or (above and _same(rule, above)):
            continue
        decided = rows.get((row.register, above.home)) if above else None
        yield Deviation(
            _REGISTERS, row.home, row.label, sentence(rule, {}), sentence(above, {}) if above else "",
            above.home if above else "", row.changed_at, row.changed_by, row.criterion,
            decided is not None and decided.changed_at > row.changed_at,
            reverse("firms:register_detail", args=[row.register]), "people.view",
        )  # fmt: skip


def _standing(area: Scope, today: object) -> list[ThresholdRule]:
    """The newest rule of each register and place that has begun."""
    rows = ThresholdRule.objects.in_scope(area).filter(since__lte=today).order_by("since", "changed_at")
    return list({(row.register, row.home): row for row in rows}.values())


def _same(one: Rule, other: Rule) -> bool:
    return (one.counting, one.at_least, set(one.kinds)) == (other.counting, other.at_least, set(other.kinds))


DEVIATIONS.add("firms.registers", DeviationSource("firms.registers", _REGISTERS, _rules))
