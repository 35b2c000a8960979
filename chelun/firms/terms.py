"""For how long facts are fresh in each place: settings that the county, else its city, else its province decides."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Case, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chelun.firms.rules import cutoff
from chelun.platform.regions.models import PlaceSetting
from chelun.platform.regions.place_settings import GROUPS, SETTINGS, Setting, Text
from chelun.platform.regions.rules import city_of, level_of, province_of

GROUP = "firms"
PREFIX = "firms."
SHARE = "firms.staff_share"
TERMS: dict[str, Text] = {
    "30": _("30 天"), "90": _("90 天"), "180": _("180 天"), "365": _("一年"), "730": _("两年"), "1095": _("三年"),
    "0": _("不过期"),
}  # fmt: skip
SHARES: dict[str, Text] = {"100": _("全员"), "90": _("九成"), "80": _("八成"), "50": _("一半")}
FINEST_FIRST = ("county", "city", "province")

GROUPS[GROUP] = (_("企业情况"), _("每项事实多久算过期。过期的事实不再算数，相应的灯自动熄灭。"))
SETTINGS.add(
    SHARE, Setting(SHARE, "choice", _("职工名单算齐的比例"), _("名单人数占填报职工数的比例。"), "100", GROUP, SHARES)
)  # fmt: skip


def term_key(need: str) -> str:
    """The setting that says for how long a fact is fresh."""
    return f"firms.fresh.{need}"


def declare_term(need: str, label: Text, default: str) -> None:
    """Let places decide for how long a fact is fresh; `default` is one of TERMS."""
    key = term_key(need)
    name = format_lazy(_("“{fact}”多久过期"), fact=label)
    SETTINGS.add(key, Setting(key, "choice", name, "", default, GROUP, TERMS))


@dataclass(frozen=True, slots=True)
class Terms:
    """What counts on a day, wherever a firm is. `decided`: setting → place → value, of places that decided otherwise."""

    today: date
    decided: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, today: date | None = None) -> Self:
        """The terms of a day, by default of this one. One query."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for region, key, value in PlaceSetting.objects.filter(key__startswith=PREFIX).values_list(
            "region", "key", "value"
        ):
            if str(value).isdecimal():
                found[key][region] = int(value)
        return cls(today or timezone.localdate(), dict(found))

    def number(self, key: str, home: str) -> int:
        """What a setting comes to in a place."""
        decided = self.decided.get(key, {})
        for region in (home, city_of(home), province_of(home)):
            if region in decided:
                return decided[region]
        return self._default(key)

    def days(self, need: str, home: str) -> int:
        """For how many days a fact is fresh in a place; 0: it does not age."""
        return self.number(term_key(need), home)

    def cutoff(self, need: str) -> Combinable:
        """The oldest day on which a fact of a row may have been said, as an expression on its level columns."""
        return self.expression(term_key(need), lambda days: cutoff(self.today, days))

    def expression(self, key: str, value: Callable[[int], Any]) -> Combinable:
        """What a setting comes to in the place of a row."""
        decided = sorted(
            self.decided.get(key, {}).items(), key=lambda each: FINEST_FIRST.index(level_of(each[0]))
        )
        cases = [When(**{level_of(region): region}, then=Value(value(number))) for region, number in decided]
        default = Value(value(self._default(key)))
        return Case(*cases, default=default) if cases else default

    def _default(self, key: str) -> int:
        return int(str(SETTINGS[key].default))
