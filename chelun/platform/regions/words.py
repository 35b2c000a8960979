"""Reads of what places have decided: one query for a place, whatever is asked of it then."""

from collections.abc import Mapping
from dataclasses import dataclass

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
    """A value that some place on the path has set."""

    region: str
    value: Value


@dataclass(frozen=True, slots=True)
class Effective:
    """A setting as one place has it: the value, which place decided it ('' the default), and what its own one replaces."""

    setting: Setting
    value: Value
    source: str
    own: bool
    replaced: Value | None = None
    replaced_source: str = ""


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
            return Effective(setting, nearest.value, nearest.region, False)
        above = decided[1] if len(decided) > 1 else Decision("", self._default(setting))
        return Effective(setting, nearest.value, nearest.region, True, above.value, above.region)

    def _default(self, setting: Setting) -> Value:
        if setting.default is None:
            word = WORDS[setting.key.removeprefix("word.")]
            return str(word.get(str(self.value(PACK)), word[DEFAULT_PACK]))
        return setting.default if isinstance(setting.default, bool) else str(setting.default)


def values_for(region: str) -> PlaceValues:
    """What counts in a region: its own decisions, then its city's, then its province's. One query.

    A township counts as its county; '' and unknown codes have the defaults.
    """
    path = [code for code in placed(region).values() if len(code) == 6]
    chain = list(dict.fromkeys(reversed(path)))
    if not chain:
        return PlaceValues("", {})
    decisions: dict[str, list[Decision]] = {}
    rows = PlaceSetting.objects.filter(region__in=chain).values_list("region", "key", "value")
    for decided_by, key, value in sorted(rows, key=lambda row: chain.index(row[0])):
        decisions.setdefault(key, []).append(Decision(decided_by, value))
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
