"""One indicator in one region: what it means, what it is, by place, by part, by day."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.cockpit.displays.region import UNPLACED, RegionDisplay
from chelun.cockpit.selectors import trend
from chelun.core.measures import Indicator
from chelun.core.ui import Cell, Column, Fact, Row, Stat, Table, number


class IndicatorDisplay(RegionDisplay):
    """What the page of one indicator shows to a reader; its numbers open to their rows where he may see these."""

    @property
    def one(self) -> list[Stat]:
        """The number itself; its meaning stands beside it."""
        shown = self._stat(self.chosen)
        return [Stat(shown.label, shown.value, shown.url, shown.unit, shown.definition, tone=shown.tone)]

    @property
    def facts(self) -> list[Fact]:
        """What the number means, and how it came about."""
        each = self.chosen
        whole = self.indicators.get(each.share_of)
        told = [
            Fact(_("定义"), each.definition),
            Fact(_("按哪个地区"), each.region),
            Fact(_("算法"), each.formula),
            Fact(_("怎么查出来"), each.query or each.definition),
            Fact(_("单位"), each.unit),
            Fact(_("数据时间"), self.as_of),
        ]
        if whole:
            told.insert(5, Fact(_("占比的整体"), whole.label, url=self._of(whole, self.view.code)))
        return told

    @property
    def rows_url(self) -> str:
        """Where the rows behind the number are; '' for who may not see them."""
        return self.opens(self.chosen, self.view.code)

    @property
    def table(self) -> Table:
        """The indicator in each place, with its share and what changed; in a county also what names no township."""
        columns = [
            Column("place", _("地区"), code=True, fixed=True),
            Column("value", self.chosen.label, numeric=True),
        ]
        if self.chosen.share_of:
            columns.append(Column("share", _("占比 %"), numeric=True))
        columns.append(Column("change", _("变化")))
        rows = [
            Row([Cell(each.name, self._url(each.code)), *self._numbers(each.code)])
            for each in self.view.places
        ]
        if self.unplaced:
            rows.append(self._last_row())
        return Table(_("各地区：{label}").format(label=self.chosen.label), columns, rows)

    @property
    def days(self) -> list[tuple[date, int]]:
        """The values of the last days, oldest first."""
        return trend(scope=self._scope, code=self.view.code, indicator=self.chosen.name)

    @property
    def others(self) -> list[tuple[Indicator, str, bool]]:
        """The pages of all indicators in this region."""
        here = self.view.code
        return [(each, self._of(each, here), each is self.chosen) for each in self.indicators.values()]

    def _numbers(self, code: str) -> Iterator[Cell | str]:
        value, share = self.view.value(self.chosen.name, code), self.view.share(self.chosen, code)
        yield Cell(number(value), self.opens(self.chosen, code) if value else "")
        if self.chosen.share_of:
            yield number(share, 1)
        yield self.change(self.chosen, code)

    def _last_row(self) -> Row:
        url = self.rows_url
        cells: list[str | Cell] = [
            _("没有写明乡镇"),
            Cell(number(self.unplaced), url + UNPLACED if url else ""),
        ]
        return Row([*cells, *([""] if self.chosen.share_of else []), ""], "idle")

    def _address(self, code: str) -> str:
        return self._of(self.chosen, code)

    def _of(self, indicator: Indicator, code: str) -> str:
        return reverse("cockpit:indicator", args=[code, indicator.name])
