"""Reads of what places have decided: one query for a place, whatever is asked of it then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chelun.core.scope import Scope
from chelun.platform.regions.models import PlaceSetting
from chelun.platform.regions.place_settings import (
    DEFAULT_PACK,
    PACK,
    SETTINGS,
    WORDS,
    WORK_KINDS,
    Setting,
    Value,
    kind_key,
    kind_switch,
    word_key,
)
from chelun.platform.regions.selectors import place, placed


@dataclass(frozen=True, slots=True)
class Decision:
    """A value that some place on the path has set; why, when and by whom, and what counted above it then."""

    region: str
    value: Value
    reason: str = ""
    changed_at: datetime | None = None
    changed_by: str = ""
    above: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Effective:
    """A setting as one place has it: the value, which place decided it ('' the default), and what its own one replaces.

    `overtaken`: what the own value replaces is another than when the place decided.
    """

    setting: Setting
    value: Value
    source: str
    own: bool
    replaced: Value | None = None
    replaced_source: str = ""
    decision: Decision | None = None

    @property
    def overtaken(self) -> bool:
        """Whether what stands above has changed since the place decided; never said where nobody wrote down what stood there."""
        known = self.decision.above if self.decision and self.own else {}
        return "value" in known and known["value"] != self.replaced


@dataclass(frozen=True, slots=True)
class PlaceValues:
    """All that counts in one place. `decisions` are in order of nearness, the place's own first."""

    region: str
    decisions: Mapping[str, tuple[Decision, ...]]

    def value(self, key: str) -> Value:
        """The value of a setting; KeyError for one that nobody declared."""
        setting = SETTINGS[key]
        decided = self.decisions.get(key)
        return decided[0].value if decided else self._default(setting)

    def word(self, name: str) -> str:
        """What this place calls a station, a committee, a unit."""
        return str(self.value(word_key(name)))

    def flag(self, key: str) -> bool:
        """Whether something is switched on."""
        return bool(self.value(key))

    def kinds(self) -> dict[str, str]:
        """Kinds of work in use here: code → name."""
        return {code: self.kind(code) for code in WORK_KINDS if self.flag(kind_switch(code))}

    def kind(self, code: str) -> str:
        """The name of a kind of work here, also of one that is switched off; the code itself when it is unknown."""
        return str(self.value(kind_key(code))) if code in WORK_KINDS else code

    def effective(self, key: str) -> Effective:
        """The value with its origin."""
        setting, decided = SETTINGS[key], self.decisions.get(key, ())
        if not decided:
            return Effective(setting, self._default(setting), "", False)
        nearest = decided[0]
        if nearest.region != self.region:
            return Effective(setting, nearest.value, nearest.region, False, decision=nearest)
        above = self.above(key)
        return Effective(setting, nearest.value, nearest.region, True, above.value, above.region, nearest)

    def above(self, key: str) -> Decision:
        """What would count here if the place had not decided itself."""
        decided = [each for each in self.decisions.get(key, ()) if each.region != self.region]
        return decided[0] if decided else Decision("", self._default(SETTINGS[key]))

    def _default(self, setting: Setting) -> Value:
        if setting.default is None:
            word = WORDS[setting.key.removeprefix("word.")]
            return str(word.get(str(self.value(PACK)), word[DEFAULT_PACK]))
        return setting.default if isinstance(setting.default, bool) else str(setting.default)


def values_for(region: str) -> PlaceValues:
    """What counts in a region: its own decisions, then its city's, then its province's. One query.

    A township counts as its county; '' and unknown codes have the defaults.
    """
    chain = _chain(region)
    if not chain:
        return PlaceValues("", {})
    rows = PlaceSetting.objects.filter(region__in=chain)
    return _values(chain, [(row.region, row.key, _decision(row)) for row in rows])


def all_values() -> dict[str, PlaceValues]:
    """What counts in each place that has decided anything. One query."""
    made: dict[str, list[tuple[str, str, Decision]]] = {}
    for row in PlaceSetting.objects.order_by("region", "key"):
        made.setdefault(row.region, []).append((row.region, row.key, _decision(row)))
    found = {}
    for region in made:
        chain = _chain(region)
        found[region] = _values(chain, [each for code in chain for each in made.get(code, ())])
    return found


def _chain(region: str) -> list[str]:
    """A place and those above it, the place first."""
    path = [code for code in placed(region).values() if len(code) == 6]
    return list(dict.fromkeys(reversed(path)))


def _decision(row: PlaceSetting) -> Decision:
    return Decision(row.region, row.value, row.reason, row.changed_at, row.changed_by, row.above)


def _values(chain: list[str], rows: list[tuple[str, str, Decision]]) -> PlaceValues:
    decisions: dict[str, list[Decision]] = {}
    for region, key, decision in sorted(rows, key=lambda row: chain.index(row[0])):
        if SETTINGS.get(key) is not None and region in chain:
            decisions.setdefault(key, []).append(decision)
    return PlaceValues(chain[0], {key: tuple(found) for key, found in decisions.items()})


def word(name: str, region: str) -> str:
    """What a region calls something: word('station', '513436') → 暖心之家."""
    return values_for(region).word(name)


def home_region(scope: Scope) -> str:
    """The finest region that holds all regions of a scope: the county of a county's clerk; '' when there is none."""
    paths = [found.path_codes for key in scope.keys("region") if (found := place(key))]
    if not paths:
        return ""
    shared = set(paths[0]).intersection(*paths)
    return next((code for code in reversed(paths[0]) if code in shared), "")


def shown(value: Value, setting: Setting) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return _("启用") if value else _("停用")
    return str(setting.choices.get(value, value))
