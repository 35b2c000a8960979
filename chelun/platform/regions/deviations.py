"""Where a place differs from those above it: what each room tells of its rules, in one form. Declarations and the settings' own part.

Settings, rules and thresholds are looked up from the county over its city to its province, the nearest wins. Whoever
decides otherwise says why; what stands above meanwhile may change, and then the decision stays and is marked.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chelun.core.registries import Registry
from chelun.core.scope import Scope
from chelun.platform.regions.selectors import within
from chelun.platform.regions.words import all_values, shown

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing that a place (`region`) has decided otherwise than `above` ('' the standard of the system).

    `here` and `there` are both values in words. `overtaken` says when what stands above was changed after the place
    had decided; None where it was not. `url` is where it is decided, `permission` what opens that.
    """

    kind: Text
    region: str
    what: Text
    here: str
    there: str
    above: str
    since: datetime | None
    by: str
    reason: Text
    overtaken: bool
    url: str
    permission: str


@dataclass(frozen=True, slots=True)
class DeviationSource:
    """What one room knows: the deviations of all places in an area, in any order."""

    name: str
    label: Text
    rows: Callable[[Scope], Iterable[Deviation]]


DEVIATIONS: Registry[DeviationSource] = Registry("deviations")


def deviations_in(area: Scope) -> list[Deviation]:
    """Every deviation of every place in an area: by place, then in the order of the rooms."""
    found = [(each.region, at, each) for at, source in enumerate(DEVIATIONS) for each in source.rows(area)]
    return [each for _region, _at, each in sorted(found, key=lambda row: row[:2])]


def _settings(area: Scope) -> Iterator[Deviation]:
    """The settings of places that differ from what counts above them."""
    for region, values in all_values().items():
        if not within(region, area):
            continue
        for key in values.decisions:
            effective = values.effective(key)
            if effective.decision is None or not effective.own or effective.value == effective.replaced:
                continue
            yield Deviation(
                _SETTINGS, region, effective.setting.label, shown(effective.value, effective.setting),
                shown(effective.replaced if effective.replaced is not None else "", effective.setting),
                effective.replaced_source, effective.decision.changed_at, effective.decision.changed_by,
                effective.decision.reason, effective.overtaken,
                f"{reverse('regions:settings_of', args=[region])}#{key}", "regions.manage",
            )  # fmt: skip


_SETTINGS = _("地方设置")
DEVIATIONS.add("regions.settings", DeviationSource("regions.settings", _SETTINGS, _settings))
