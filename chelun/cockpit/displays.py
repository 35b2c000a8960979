"""A region's values as tiles, charts and tables, formatted for the page."""

from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chelun.cockpit.selectors import View, known_indicators, trend
from chelun.core.measures import Indicator
from chelun.core.scope import Scope
from chelun.core.ui import Cell, Chart, Column, Row, Series, Stat, Table, day, minute, number
from chelun.platform.regions.outlines.store import notice
from chelun.platform.regions.selectors import path_of, place, within

MAIN = "people.persons"


class RegionDisplay:
    """What the page of a region shows."""

    def __init__(self, view: View, scope: Scope, chosen: str) -> None:
        self._view = view
        self._scope = scope
        self._indicators = known_indicators()
        self.chosen = self._indicators.get(chosen, self._indicators[MAIN])

    @property
    def as_of(self) -> str:
        """When the numbers were computed."""
        computation = self._view.computation
        return minute(computation.computed_at) if computation else ""

    @property
    def stats(self) -> list[Stat]:
        """A tile for each indicator."""
        return [self._stat(indicator) for indicator in self._indicators.values()]

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The places above that the reader may open, with their addresses."""
        here = place(self._view.code)
        above = [code for code in (here.path_codes if here else ()) if code != self._view.code]
        names = path_of(self._view.code)
        return [
            (name, self._url(code))
            for name, code in zip(names, above, strict=False)
            if within(code, self._scope)
        ]

    @property
    def map(self) -> Chart | None:
        """The chosen indicator on the outlines of the places in the region; None where there are none."""
        places = self._view.places
        if not places or self._view.code.rstrip("0") == "" or len(places[0].code) == 9:
            return None
        return self._by_place("map", _("{label}：地图").format(label=self.chosen.label))

    @property
    def bars(self) -> Chart | None:
        """The chosen indicator by place, the greatest first; None where the region has no places."""
        return (
            self._by_place("rows", _("{label}：按地区").format(label=self.chosen.label))
            if self._view.places
            else None
        )

    @property
    def parts(self) -> Chart | None:
        """The chosen indicator by kind; None where it has none."""
        parts = [
            (part, label)
            for part, label in self.chosen.parts.items()
            if self._view.value(self.chosen.name, part=part)
        ]
        if not parts:
            return None
        values = [self._view.value(self.chosen.name, part=part) for part, _label in parts]
        return Chart(
            "parts", "bar", _("{label}：按工种").format(label=self.chosen.label), [label for _part, label in parts],
            [Series(self.chosen.label, values)], unit=self.chosen.unit, first_head=_("工种"),
            urls=[self.chosen.rows(self._view.code, part) for part, _label in parts],
        )  # fmt: skip

    @property
    def trend(self) -> Chart | None:
        """The chosen indicator day by day; None before there are two days."""
        points = trend(scope=self._scope, code=self._view.code, indicator=self.chosen.name)
        if len(points) < 2:
            return None
        return Chart(
            "trend", "line", _("{label}：逐日").format(label=self.chosen.label), [day(when) for when, _value in points],
            [Series(self.chosen.label, [value for _when, value in points])], unit=self.chosen.unit, first_head=_("日期"),
            urls=[self._url(self._view.code, day=when) for when, _value in points],
        )  # fmt: skip

    @property
    def table(self) -> Table:
        """All indicators of all places."""
        columns = [Column("place", _("地区"), fixed=True)]
        columns += [Column(each.name, each.label, numeric=True) for each in self._indicators.values()]
        rows = [self._row(each.code, each.name) for each in self._view.places]
        return Table(_("各地区指标"), columns, rows)

    @property
    def choices(self) -> list[tuple[Indicator, str, bool]]:
        """The indicators that the charts can show, with addresses."""
        here = self._url(self._view.code)
        return [
            (each, f"{here}?{urlencode({'measure': each.name})}#charts", each.name == self.chosen.name)
            for each in self._indicators.values()
        ]

    def _stat(self, indicator: Indicator) -> Stat:
        share = self._view.share(indicator)
        definition = _("{definition}。{region}。").format(
            definition=indicator.definition, region=indicator.region
        )
        if share is not None:
            definition += _("占{whole}的 {share}%。").format(
                whole=self._indicators[indicator.share_of].label, share=number(share, 1)
            )
        value = self._view.value(indicator.name)
        tone = "warn" if indicator.good == "less" and value else ""
        rows = indicator.rows(self._view.code, "")
        return Stat(indicator.label, number(value), rows, indicator.unit, definition, self.as_of, tone)

    def _by_place(self, kind: str, title: str) -> Chart:
        places = self._view.places
        if kind == "rows":
            places = tuple(sorted(places, key=lambda each: -self._view.value(self.chosen.name, each.code)))
            places = (
                tuple(each for each in places if self._view.value(self.chosen.name, each.code))[:30]
                or places[:5]
            )
        values = [self._view.value(self.chosen.name, each.code) for each in places]
        is_map = kind == "map"
        return Chart(
            kind, kind, title, [each.name for each in places], [Series(self.chosen.label, values)],
            unit=self.chosen.unit, note=notice() if is_map else "", first_head=_("地区"),
            urls=[self._place_url(each.code) for each in places], keys=[each.code for each in places] if is_map else (),
            map_url=reverse("regions:outline", args=[self._view.code]) if is_map else "",
        )  # fmt: skip

    def _place_url(self, code: str) -> str:
        return self.chosen.rows(code, "") if len(code) == 9 else self._url(code)

    def _row(self, code: str, name: str) -> Row:
        cells: list[str | Cell] = [Cell(name, self._place_url(code))]
        for indicator in self._indicators.values():
            value = self._view.value(indicator.name, code)
            cells.append(Cell(number(value), indicator.rows(code, "") if value else ""))
        return Row(cells)

    def _url(self, code: str, day: date | None = None) -> str:
        address = reverse("cockpit:region", args=[code])
        return f"{address}?{urlencode({'day': day.isoformat()})}" if day else address
