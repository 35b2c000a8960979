"""The map of one day: the same scale on every day, so that a day can be compared with another by looking."""

from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chelun.cockpit.displays.region import RegionDisplay
from chelun.cockpit.selectors import View, most_of_days
from chelun.core.actors import Actor
from chelun.core.measures import Indicator
from chelun.core.scope import Scope
from chelun.core.ui import Chart, clauses, day, number


class AsOfDisplay(RegionDisplay):
    """A region's map on a day, and the days to which the reader may turn it."""

    def __init__(self, view: View, scope: Scope, actor: Actor, chosen: str, days: list[date]) -> None:
        super().__init__(view, scope, actor, chosen)
        self._days = days

    @property
    def here(self) -> date | None:
        """The day of the map."""
        return self.view.computation.day if self.view.computation else None

    @property
    def map(self) -> Chart | None:
        """The outlines, coloured by a scale that holds for all days."""
        drawn = super().map
        codes = drawn.keys if drawn else ()
        most = most_of_days(codes=codes, indicator=self.chosen.name, days=self._days)
        return replace(drawn, most=most) if drawn else None

    @property
    def said(self) -> str:
        """The day in a sentence, for those who do not see the map change."""
        value = self.view.value(self.chosen.name)
        sentence = _("{day}：{label} {n} {unit}").format(
            day=day(self.here), label=self.chosen.label, n=number(value), unit=self.chosen.unit
        )
        return clauses(filter(None, [sentence, self.change(self.chosen)]))

    @property
    def choices(self) -> list[tuple[Indicator, str, bool]]:
        """The indicators that the map can show on this day, with addresses."""
        shown = {"day": self.here.isoformat()} if self.here else {}
        address = self._address(self.view.code)
        return [
            (each, f"{address}?{urlencode({'measure': each.name, **shown})}", each is self.chosen)
            for each in self.indicators.values()
        ]

    @property
    def choices_of_days(self) -> list[tuple[str, bool]]:
        """The days, the oldest first, and which of them is shown."""
        return [(day(each), each == self.here) for each in reversed(self._days)]

    def _place_url(self, code: str) -> str:
        return super()._place_url(code) if len(code) == 9 else self._url(code, self.here)

    def _url(self, code: str, day: date | None = None) -> str:
        asked = {"measure": self.chosen.name, "day": day.isoformat() if day else ""}
        return f"{self._address(code)}?{urlencode({key: text for key, text in asked.items() if text})}"

    def _address(self, code: str) -> str:
        return reverse("cockpit:map", args=[code])
