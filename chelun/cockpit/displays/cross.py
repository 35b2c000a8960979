"""A cross table for the page and for a workbook. Where the reader may not open the rows, small numbers are hidden."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chelun.cockpit.selectors.crosses import Asked, Cross, title_of
from chelun.core.actors import Actor
from chelun.core.crossings import ALL, CROSSINGS, Dimension
from chelun.core.ui import Cell, Column, Row, Tab, Table, aside, minute, number
from chelun.core.ui.values import Text
from chelun.platform.regions.selectors import name_of, path_of, place, within
from chelun.platform.sheets.writing.export import ExportColumn, ExportTable

HIDDEN = "*"
MOST_LINES, MOST_COLUMNS = 200, 30


class CrossDisplay:
    """What the page of a cross table shows; `public` hides small numbers whoever looks."""

    def __init__(self, asked: Asked, cross: Cross | None, actor: Actor, *, public: bool) -> None:
        self.asked = asked
        self.cross = cross
        self._actor = actor
        self.may_open = actor.has(asked.crossing.permission)
        self.public = public or not self.may_open

    @property
    def title(self) -> str:
        """What the table is called."""
        return title_of(self.asked)

    @property
    def tabs(self) -> list[Tab]:
        """The registers that can be crossed."""
        here = reverse("cockpit:cross", args=[self.asked.code])
        return [
            Tab(each.label, f"{here}?{urlencode({'register': each.name})}", each is self.asked.crossing)
            for each in CROSSINGS
        ]

    @property
    def choices(self) -> list[tuple[str, Text, bool, bool]]:
        """The dimensions: name, label, chosen for the lines, chosen for the columns."""
        return [
            (each.name, each.label, each is self.asked.lines, each is self.asked.columns)
            for each in self.asked.crossing.dimensions
        ]

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The same table of the places above that the reader may open, and of this one's page."""
        here = place(self.asked.code)
        scope = self._actor.scope_for("cockpit.view")
        codes = [code for code in (here.path_codes if here else ()) if within(code, scope)]
        names = dict(zip(here.path_codes, path_of(self.asked.code), strict=False)) if here else {}
        return [(names.get(code, code), reverse("cockpit:region", args=[code])) for code in codes]

    @property
    def place(self) -> str:
        """The region's name."""
        return name_of(self.asked.code)

    @property
    def notes(self) -> list[str]:
        """What is to be known of the numbers."""
        told = [_("单位：{unit}").format(unit=self.asked.crossing.unit)]
        told += [str(each.note) for each in (self.asked.lines, self.asked.columns) if each.note]
        if self.public:
            told.append(
                _("小于 {bound} 的数用“{sign}”代替；为了不让人由合计倒推，另有一些数也用“{sign}”代替").format(
                    bound=settings.CHELUN_SMALLEST_SHOWN, sign=HIDDEN
                )
            )
        if self.cross and self.is_cut:
            told.append(_("表太大，这里只显示一部分，下载的表格是全的"))
        return told

    @property
    def as_of(self) -> str:
        """When it was counted."""
        return minute(self.cross.table.computed_at) if self.cross else ""

    @property
    def is_cut(self) -> bool:
        """Whether the page shows a part only."""
        return bool(
            self.cross and (len(self.cross.lines) > MOST_LINES or len(self.cross.columns) > MOST_COLUMNS)
        )

    @property
    def table(self) -> Table | None:
        """The table as the page shows it; None before it was counted."""
        if self.cross is None:
            return None
        lines, columns = self.cross.lines[:MOST_LINES], self.cross.columns[:MOST_COLUMNS]
        heads = [
            Column("line", self.asked.lines.label, code=True, fixed=True),
            *(
                Column(f"c{at}", self._words(self.asked.columns, each), numeric=True)
                for at, each in enumerate(columns)
            ),
            Column("total", _("合计"), numeric=True),
        ]
        rows = [self._row(line, [*columns, ALL]) for line in lines]
        return Table(self.title, heads, [*rows, self._row(ALL, [*columns, ALL], "info")])

    @property
    def export(self) -> ExportTable | None:
        """The whole table for a workbook."""
        if self.cross is None:
            return None
        columns = [*self.cross.columns, ALL]
        heads = [
            ExportColumn(str(aside(self.asked.lines.label, self.asked.columns.label))),
            *(ExportColumn(str(self._words(self.asked.columns, each)), "number") for each in columns),
        ]
        rows = [
            [str(self._words(self.asked.lines, line)), *(self._bare(line, each) for each in columns)]
            for line in [*self.cross.lines, ALL]
        ]
        when = _("数据时间：{when}").format(when=self.as_of)
        return ExportTable(self.title, heads, rows, [*self.notes, when])

    def address(self, **more: str) -> str:
        """This table's address."""
        asked = {
            "register": self.asked.crossing.name, "lines": self.asked.lines.name, "columns": self.asked.columns.name,
            **more,
        }  # fmt: skip
        return f"{reverse('cockpit:cross', args=[self.asked.code])}?{urlencode(asked)}"

    @property
    def query(self) -> str:
        """What names the table, for links and forms."""
        return self.address().partition("?")[2]

    def _row(self, line: str, columns: list[str], tone: str = "") -> Row:
        return Row([str(self._words(self.asked.lines, line)), *self._cells(line, columns)], tone)

    def _cells(self, line: str, columns: list[str]) -> Iterator[Cell]:
        for column in columns:
            value = self._bare(line, column)
            if isinstance(value, str):
                yield Cell(value)
            else:
                yield Cell(number(value), self._rows(line, column) if value else "")

    def _bare(self, line: str, column: str) -> int | str:
        assert self.cross is not None
        if self.public and (line, column) in self.cross.hidden:
            return HIDDEN
        return self.cross.number(line, column)

    def _rows(self, line: str, column: str) -> str:
        if self.public or not self.may_open:
            return ""
        values = {self.asked.lines.name: line, self.asked.columns.name: column}
        return self.asked.crossing.rows(self.asked.code, values)

    def _words(self, dimension: Dimension, value: str) -> Text:
        return _("合计") if value == ALL else dimension.words(value)
