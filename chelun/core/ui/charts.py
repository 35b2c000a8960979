"""Charts as values: what is drawn, and the table that says the same in words. Drawing is static/core/charts.js."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from chelun.core.ui.formats import number
from chelun.core.ui.tables import Cell, Column, Row, Table

Text = str | Promise
KINDS = ("bar", "rows", "line", "pie", "map")


@dataclass(frozen=True, slots=True)
class Series:
    """One line, colour or ring of a chart; a value for each label, None where there is none."""

    name: Text
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its table.

    `kind`: bar (upright), rows (lying bars), line, pie, map. `labels` name the points; for a map `keys` are the
    outlines' codes (property `code` of the GeoJSON at `map_url`). `urls` open a point to its rows. `most` ends the
    scale of a map where several are to be compared.
    """

    name: str
    kind: str
    title: Text
    labels: Sequence[Text]
    series: Sequence[Series]
    unit: Text = ""
    note: Text = ""
    first_head: Text = ""
    urls: Sequence[str] = ()
    keys: Sequence[str] = ()
    map_url: str = ""
    digits: int = 0
    stacked: bool = False
    most: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no chart of kind {self.kind!r}")
        if any(len(series.values) != len(self.labels) for series in self.series):
            raise ValueError(f"chart {self.name!r}: a value for each label is needed")

    @property
    def spec(self) -> dict[str, Any]:
        """What the script needs, for `json_script`."""
        return {
            "kind": self.kind,
            "title": str(self.title),
            "unit": str(self.unit),
            "digits": self.digits,
            "stacked": self.stacked,
            "most": self.most,
            "labels": [str(label) for label in self.labels],
            "keys": list(self.keys),
            "urls": list(self.urls),
            "series": [{"name": str(series.name), "values": list(series.values)} for series in self.series],
        }

    @property
    def table(self) -> Table:
        """The same numbers as a table; its first column leads to the rows."""
        urls = list(self.urls) or [""] * len(self.labels)
        columns = [Column("label", self.first_head or self.title)]
        columns += [Column(str(at), series.name, numeric=True) for at, series in enumerate(self.series)]
        rows = [
            Row([Cell(label, urls[at]), *(number(series.values[at], self.digits) for series in self.series)])
            for at, label in enumerate(self.labels)
        ]
        return Table(self.title, columns, rows)
