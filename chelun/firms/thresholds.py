"""Registers by threshold (门槛名册): which rule holds where and when, and what it makes of a firm. No clock, no writing.

The only rule that stands without anybody's decision is the one that a source gives: firms with 50 vehicles or more
(余杭, 50 辆车以上货运企业). Every other register is a place's own, with the criterion that the place states.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chelun.firms.choices import UNCOUNTED, Counting
from chelun.firms.models import ThresholdRule
from chelun.people.services.intake.ranking import path_of_place
from chelun.platform.regions.selectors import placed

FLEET = "fleet"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as a value; `home` is the place that decided it, '' for the one that stands by itself."""

    register: str
    label: str | Promise
    counting: str
    at_least: int | None
    kinds: tuple[str, ...] = ()
    since: date = date.min
    home: str = ""
    criterion: str | Promise = ""

    @property
    def counts(self) -> bool:
        """Whether the job finds out who is in."""
        return self.counting not in UNCOUNTED and self.at_least is not None

    def count(self, row: Mapping[str, Any]) -> int:
        """What is counted of a firm (a row of FirmStanding).

        Of vehicles those whose use is one of the kinds, and those without a use when the firm is of such a kind; stated
        numbers and staff count as a whole when the firm is of such a kind.
        """
        fits = not self.kinds or row["kind"] in self.kinds
        if self.counting != Counting.VEHICLES or not self.kinds:
            return int(row[self.counting] or 0) if fits else 0
        by_kind = row["vehicle_kinds"]
        total: int = sum(by_kind.get(kind, 0) for kind in self.kinds) + (by_kind.get("", 0) if fits else 0)
        return total

    def holds(self, count: int) -> bool:
        """Whether a firm of which so many are counted is in."""
        return self.at_least is not None and count >= self.at_least


STANDING = (
    Rule(
        FLEET, _("50 辆车以上货运企业"), Counting.VEHICLES, 50, ("truck",),
        criterion=_("余杭区货运行业党建的第一批名册；各地可以改。"),
    ),
)  # fmt: skip
"""The rules that hold where nobody has decided."""


def rule_of(row: ThresholdRule) -> Rule:
    """A place's rule as a value."""
    return Rule(
        row.register, row.label, row.counting, row.at_least, tuple(row.kinds), row.since, row.home, row.criterion
    )  # fmt: skip


class Book:
    """All rules that hold on a day: of each place its newest, looked up from the county over the city to the province."""

    def __init__(self, rules: Iterable[Rule], day: date) -> None:
        self._decided: dict[tuple[str, str], Rule] = {}
        for rule in sorted(rules, key=lambda each: each.since):
            if rule.since <= day:
                self._decided[rule.register, rule.home] = rule
        self._standing = {rule.register: rule for rule in STANDING}
        self._found: dict[str, list[Rule]] = {}

    @classmethod
    def of(cls, day: date) -> "Book":
        """The rules of a day. One query."""
        return cls([rule_of(row) for row in ThresholdRule.objects.all()], day)

    @property
    def registers(self) -> list[str]:
        """Every register that anybody has, by code."""
        return list(dict.fromkeys([*self._standing, *(register for register, _home in self._decided)]))

    def rule(self, register: str, home: str) -> Rule | None:
        """The rule of a register in a place; None where nobody has such a register."""
        return self._first(register, path_of_place(placed(home)))

    def above(self, register: str, home: str) -> Rule | None:
        """The rule that would hold in a place if it had none of its own."""
        return self._first(register, path_of_place(placed(home))[1:])

    def _first(self, register: str, path: Sequence[str]) -> Rule | None:
        found = (self._decided.get((register, code)) for code in path)
        return next(
            (rule for rule in found if rule and rule.counting != Counting.ABOVE), self._standing.get(register)
        )

    def rules(self, home: str) -> list[Rule]:
        """The rules that hold in a place."""
        if home not in self._found:
            rules = [self.rule(register, home) for register in self.registers]
            self._found[home] = [rule for rule in rules if rule and rule.counting != Counting.OFF]
        return self._found[home]


def counted(
    rows: Iterable[Mapping[str, Any]], book: Book
) -> dict[tuple[Any, str, str], tuple[int, Mapping[str, Any]]]:
    """Who is in which register by its rule: (firm, place, register) → (what was counted, the firm's row)."""
    found = {}
    for row in rows:
        for rule in book.rules(row["home"]):
            if rule.counts and rule.holds(n := rule.count(row)):
                found[row["enterprise_id"], row["home"], rule.register] = (n, row)
    return found


ROW: Sequence[str] = (
    "enterprise_id", "home", "province", "city", "county", "township", "kind", "vehicle_kinds", "vehicles",
    "vehicles_stated", "staff", "staff_stated",
)  # fmt: skip
"""What is read of a FirmStanding to count."""
