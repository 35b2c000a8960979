"""A region's values as tiles, charts and tables, formatted for the page."""

from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chelun.cockpit.selectors import View, earlier_view, known_indicators, trend
from chelun.core.actors import Actor
from chelun.core.measures import Indicator
from chelun.core.scope import Scope
from chelun.core.ui import Cell, Chart, Column, Row, Series, Stat, Table, day, minute, number
from chelun.platform.regions.outlines.store import notice
from chelun.platform.regions.selectors import name_of, path_of, place, within

MAIN = "people.persons"
UNPLACED = "&unplaced=on"


class RegionDisplay:
    """What the page of a region shows to a reader. Numbers open to their rows where he may see these."""

    def __init__(self, view: View, scope: Scope, actor: Actor, chosen: str = "") -> None:
        self.view = view
        self._scope = scope
        self._actor = actor
        self.indicators = known_indicators(view.code)
        self.chosen = self.indicators.get(chosen, self.indicators[MAIN])
        self.before = earlier_view(view, scope=scope)

    @property
    def as_of(self) -> str:
        """When the numbers were computed."""
        computation = self.view.computation
        return minute(computation.computed_at) if computation else ""

    @property
    def stats(self) -> list[Stat]:
        """A tile for each indicator."""
        return [self._stat(indicator) for indicator in self.indicators.values()]

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The places above that the reader may open, with their addresses."""
        names = path_of(self.view.code)
        return [
            (name, self._url(code))
            for name, code in zip(names, self._above, strict=False)
            if within(code, self._scope)
        ]

    @property
    def map(self) -> Chart | None:
        """The chosen indicator on the outlines of the places in the region; a county on those of its neighbours."""
        places = self.view.places
        if places and len(places[0].code) == 6:
            return self._by_place("map", _("{label}：地图").format(label=self.chosen.label))
        if len(self.view.code) == 9 or not self._above:
            return None
        return self._among_neighbours(self._above[-1])

    @property
    def bars(self) -> Chart | None:
        """The chosen indicator by place, the greatest first; None where the region has no places."""
        if not self.view.places:
            return None
        return self._by_place("rows", _("{label}：按地区").format(label=self.chosen.label))

    @property
    def parts(self) -> Chart | None:
        """The chosen indicator by kind; None where it has none."""
        parts = [
            (part, label)
            for part, label in self.chosen.parts.items()
            if self.view.value(self.chosen.name, part=part)
        ]
        if not parts:
            return None
        values = [self.view.value(self.chosen.name, part=part) for part, _label in parts]
        head = self.chosen.parts_head or _("工种")
        return Chart(
            "parts", "bar", _("{label}：按{head}").format(label=self.chosen.label, head=head), [label for _part, label in parts],
            [Series(self.chosen.label, values)], unit=self.chosen.unit, first_head=head,
            urls=[self.opens(self.chosen, self.view.code, part) for part, _label in parts],
        )  # fmt: skip

    @property
    def trend(self) -> Chart | None:
        """The chosen indicator day by day; None before there are two days."""
        points = trend(scope=self._scope, code=self.view.code, indicator=self.chosen.name)
        if len(points) < 2:
            return None
        return Chart(
            "trend", "line", _("{label}：逐日").format(label=self.chosen.label), [day(when) for when, _value in points],
            [Series(self.chosen.label, [value for _when, value in points])], unit=self.chosen.unit, first_head=_("日期"),
            urls=[self._url(self.view.code, day=when) for when, _value in points],
        )  # fmt: skip

    @property
    def table(self) -> Table:
        """All indicators of all places; in a county also what names no township, so that the lines add up."""
        columns = [Column("place", _("地区"), code=True, fixed=True)]
        columns += [Column(each.name, each.label, numeric=True) for each in self.indicators.values()]
        rows = [self._row(each.code, each.name) for each in self.view.places]
        if self._is_county:
            rows.append(self._unplaced_row())
        return Table(_("各地区指标"), columns, rows)

    @property
    def choices(self) -> list[tuple[Indicator, str, bool]]:
        """The indicators that the charts can show, with addresses."""
        here = self._url(self.view.code)
        return [
            (each, f"{here}?{urlencode({'measure': each.name})}#charts", each.name == self.chosen.name)
            for each in self.indicators.values()
        ]

    @property
    def unplaced(self) -> int:
        """How many of the chosen indicator name no township; 0 above the county."""
        return self.unplaced_of(self.chosen)

    def unplaced_of(self, indicator: Indicator) -> int:
        """How many of an indicator name no township; 0 above the county."""
        return self._unplaced(indicator) if self._is_county else 0

    def opens(self, indicator: Indicator, code: str, part: str = "") -> str:
        """The address of the rows behind a number; '' for who may not see them."""
        return indicator.rows(code, part) if self._actor.has(indicator.permission) else ""

    def change(self, indicator: Indicator, code: str = "") -> str:
        """«比 11-14 多 12» or ''."""
        if self.before is None or self.before.computation is None:
            return ""
        more = self.view.value(indicator.name, code) - self.before.value(indicator.name, code)
        texts = {1: _("比 {day} 多 {n}"), -1: _("比 {day} 少 {n}"), 0: _("和 {day} 一样")}
        since = day(self.before.computation.day)
        return texts[(more > 0) - (more < 0)].format(day=since, n=number(abs(more)))

    @property
    def _above(self) -> list[str]:
        here = place(self.view.code)
        return [code for code in (here.path_codes if here else ()) if code != self.view.code]

    @property
    def _is_county(self) -> bool:
        return bool(self.view.places) and len(self.view.places[0].code) == 9

    def _stat(self, indicator: Indicator) -> Stat:
        about = _("{definition}。{region}。").format(definition=indicator.definition, region=indicator.region)
        share = self.view.share(indicator)
        said = [] if share is None else [_("占 {share}%").format(share=number(share, 1))]
        value = self.view.value(indicator.name)
        tone = "warn" if indicator.good == "less" and value else ""
        return Stat(
            indicator.label, number(value), self.opens(indicator, self.view.code), indicator.unit,
            " · ".join([*said, *filter(None, [self.change(indicator)])]), tone=tone, about=about,
        )  # fmt: skip

    def _by_place(self, kind: str, title: str) -> Chart:
        places = self.view.places
        if kind == "rows":
            places = tuple(sorted(places, key=lambda each: -self.view.value(self.chosen.name, each.code)))
            places = (
                tuple(each for each in places if self.view.value(self.chosen.name, each.code))[:30]
                or places[:5]
            )
        values = [self.view.value(self.chosen.name, each.code) for each in places]
        is_map = kind == "map"
        return Chart(
            kind, kind, title, [each.name for each in places], [Series(self.chosen.label, values)],
            unit=self.chosen.unit, note=notice() if is_map else self._unplaced_note, first_head=_("地区"),
            urls=[self._place_url(each.code) for each in places], keys=[each.code for each in places] if is_map else (),
            map_url=reverse("regions:outline", args=[self.view.code]) if is_map else "",
        )  # fmt: skip

    def _among_neighbours(self, above: str) -> Chart:
        """A county where it lies; what the neighbours count is not the reader's business."""
        code, name = self.view.code, self.view.name
        title = _("{label}：{place}在{above}").format(
            label=self.chosen.label, place=name, above=name_of(above)
        )
        return Chart(
            "map", "map", title, [name], [Series(self.chosen.label, [self.view.value(self.chosen.name)])],
            unit=self.chosen.unit, note=notice(), first_head=_("地区"), keys=[code],
            urls=[self.opens(self.chosen, code)], map_url=reverse("regions:outline", args=[above]),
        )  # fmt: skip

    def _place_url(self, code: str) -> str:
        return self.opens(self.chosen, code) if len(code) == 9 else self._url(code)

    def _row(self, code: str, name: str) -> Row:
        cells: list[str | Cell] = [Cell(name, self._url(code))]
        for indicator in self.indicators.values():
            value = self.view.value(indicator.name, code)
            cells.append(Cell(number(value), self.opens(indicator, code) if value else ""))
        return Row(cells)

    @property
    def _unplaced_note(self) -> str:
        value = self.unplaced
        return _("另有 {n} 没有写明乡镇").format(n=number(value)) if value else ""

    def _unplaced(self, indicator: Indicator) -> int:
        placed = sum(self.view.value(indicator.name, each.code) for each in self.view.places)
        return self.view.value(indicator.name) - placed

    def _unplaced_row(self) -> Row:
        cells: list[str | Cell] = [_("没有写明乡镇")]
        for indicator in self.indicators.values():
            value = self._unplaced(indicator)
            url = self.opens(indicator, self.view.code) if value else ""
            cells.append(Cell(number(value), url + UNPLACED if url else ""))
        return Row(cells, "idle")

    def _url(self, code: str, day: date | None = None) -> str:
        address = self._address(code)
        return f"{address}?{urlencode({'day': day.isoformat()})}" if day else address

    def _address(self, code: str) -> str:
        """The page of this kind for a region."""
        return reverse("cockpit:region", args=[code])
