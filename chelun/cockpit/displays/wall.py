"""What a screen on a wall shows: few numbers, a map, one chart. Never a person, never a link, no number small enough to mean one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.cockpit.models import WallScreen
from chelun.cockpit.rules.suppression import hidden_in_list
from chelun.cockpit.selectors.indicators import View, earlier_view, known_indicators, region_view
from chelun.core.measures import Indicator
from chelun.core.menu import VERSION
from chelun.core.scope import Node, Scope
from chelun.core.ui import Chart, Series, day, minute, number
from chelun.core.ui.values import Text
from chelun.platform.regions.outlines.store import notice
from chelun.platform.regions.selectors import children, place

MAIN = "people.persons"
NUMBERS = (MAIN, "people.enterprises", "people.vehicles")
STALE = "people.persons.stale"


@dataclass(frozen=True, slots=True)
class Figure:
    """A large number with what it counts; `change` says what it was a week ago."""

    name: str
    label: Text
    value: str
    unit: Text
    change: str = ""


class WallDisplay:
    """The page of one screen, from what was computed last."""

    def __init__(self, screen: WallScreen) -> None:
        self.screen = screen
        self._scope = Scope.of([Node("region", screen.region)])
        self.view: View = region_view(scope=self._scope, code=screen.region)
        self._indicators = known_indicators(screen.region)
        self._bound = settings.CHELUN_SMALLEST_SHOWN

    @cached_property
    def stamp(self) -> str:
        """Another one whenever the page would say something else: the screen asks by it, and is answered only then."""
        computation = self.view.computation
        moment = f"{computation.pk} {computation.computed_at.isoformat()}" if computation else ""
        here = f"{self.screen.pk} {self.screen.theme} {self.screen.language} {self._bound}"
        return sha256(f"{VERSION} {moment} {here}".encode()).hexdigest()[:32]

    @property
    def form(self) -> str:
        """Another one whenever the page would have other parts: then it is loaded anew, else only renewed."""
        parts = [*(each.name for each in self.charts), *(each.name for each in self.figures)]
        return " ".join([VERSION, self.screen.theme, self.screen.language, *parts])

    @property
    def title(self) -> str:
        """The region's name."""
        return self.view.name

    @property
    def as_of(self) -> str:
        """When the numbers were computed."""
        return minute(self.view.computation.computed_at) if self.view.computation else ""

    @cached_property
    def figures(self) -> list[Figure]:
        """The large numbers."""
        found = [self._figure(self._indicators[name]) for name in NUMBERS]
        return [*found, *self._updated()]

    @cached_property
    def map(self) -> Chart | None:
        """The persons by place on the outlines of these places; a county on those of its neighbours."""
        main = self._indicators[MAIN]
        title = _("{label}：地图").format(label=main.label)
        places = [each for each in self.view.places if len(each.code) == 6]
        url = reverse("cockpit:wall_outline")
        if places:
            values = self._shown([self.view.value(MAIN, each.code) for each in places], self.view.value(MAIN))
            return Chart(
                "wall-map", "map", title, [each.name for each in places], [Series(main.label, values)], unit=main.unit,
                note=notice(), first_head=_("地区"), keys=[each.code for each in places], map_url=url,
            )  # fmt: skip
        if not outlined(self.screen.region):
            return None
        total = self._shown([self.view.value(MAIN)], self.view.value(MAIN))
        return Chart(
            "wall-map", "map", title, [self.view.name], [Series(main.label, total)], unit=main.unit, note=notice(),
            first_head=_("地区"), keys=[self.screen.region], map_url=url,
        )  # fmt: skip

    @cached_property
    def chart(self) -> Chart | None:
        """The persons by kind of work, the greatest first; None where nobody is on file."""
        main = self._indicators[MAIN]
        parts = sorted(main.parts, key=lambda part: -self.view.value(MAIN, part=part))
        counted = [(part, n) for part in parts if (n := self.view.value(MAIN, part=part))]
        if not counted:
            return None
        # Somebody of two kinds counts in both: the sum is no total that anybody sees, but it may be no more telling than one.
        values = self._shown([n for _part, n in counted], sum(n for _part, n in counted))
        return Chart(
            "wall-kinds", "rows", _("{label}：按工种").format(label=main.label), [main.parts[part] for part, _n in counted],
            [Series(main.label, values)], unit=main.unit, first_head=_("工种"),
        )  # fmt: skip

    @property
    def charts(self) -> list[Chart]:
        """What is drawn."""
        return [each for each in (self.map, self.chart) if each]

    @property
    def note(self) -> str:
        """What a dash means."""
        return _("“–”：人数少于 {bound}，或为防止倒推一并隐去").format(bound=self._bound)

    def _shown(self, values: Sequence[int], total: int) -> list[float | None]:
        """Numbers with the small ones, and those that would give them away, left out."""
        hidden, _total_too = hidden_in_list(values, total, self._bound)
        return [None if at in hidden or 0 < n < self._bound else n for at, n in enumerate(values)]

    def _hides(self, value: int) -> bool:
        return 0 < value < self._bound

    @cached_property
    def _hides_main(self) -> bool:
        """Whether the number of persons must go because those by place would give a small one away."""
        places = [self.view.value(MAIN, each.code) for each in self.view.places if len(each.code) == 6]
        total = self.view.value(MAIN)
        return self._hides(total) or (bool(places) and hidden_in_list(places, total, self._bound)[1])

    def _figure(self, indicator: Indicator) -> Figure:
        value = self.view.value(indicator.name)
        hidden = self._hides_main if indicator.name == MAIN else self._hides(value)
        shown = "–" if hidden else number(value)
        return Figure(
            indicator.name, indicator.label, shown, indicator.unit, "" if hidden else self._change(indicator)
        )

    def _change(self, indicator: Indicator) -> str:
        """What changed in a week, where it is no small number either."""
        before = self._before
        if before is None or before.computation is None:
            return ""
        more = self.view.value(indicator.name) - before.value(indicator.name)
        if self._hides(abs(more)) or self._hides(before.value(indicator.name)):
            return ""
        texts = {1: _("比 {day} 多 {n}"), -1: _("比 {day} 少 {n}"), 0: _("和 {day} 一样")}
        return texts[(more > 0) - (more < 0)].format(day=day(before.computation.day), n=number(abs(more)))

    @cached_property
    def _before(self) -> View | None:
        return earlier_view(self.view, scope=self._scope)

    def _updated(self) -> list[Figure]:
        """Which part of the persons was updated within a year; nothing where the number behind it is small."""
        stale, whole = self.view.value(STALE), self.view.value(MAIN)
        if not whole or self._hides_main or self._hides(stale) or self._hides(whole - stale):
            return []
        return [Figure("fresh", _("一年内更新过的"), number(100 * (whole - stale) // whole), "%")]


def outlined(region: str) -> str:
    """The region whose outlines a screen draws on: its own where it has counties, else the one above; '' where there is none."""
    here = place(region)
    if here is None:
        return ""
    if here.level in ("province", "city") and any(len(code) == 6 for code in _below(region)):
        return region
    above = [code for code in here.path_codes if code != region]
    return above[-1] if above else ""


def _below(region: str) -> list[str]:
    return [each.code for each in children(region)]
