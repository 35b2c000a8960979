"""The cockpit's numbers as tables for a workbook."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from chelun.cockpit.quality import Source, quality_cells, quality_columns
from chelun.cockpit.selectors import View, known_indicators
from chelun.core.measures import Indicator
from chelun.core.ui import aside, minute
from chelun.platform.sheets.writing.export import ExportColumn, ExportTable


def region_export(view: View) -> ExportTable:
    """All indicators of a region and of the places in it; what they mean stands under the table."""
    indicators = known_indicators().values()
    columns = [
        ExportColumn(_("地区")),
        *(ExportColumn(aside(each.label, each.unit), "number") for each in indicators),
    ]
    places = [(view.code, view.name), *((each.code, each.name) for each in view.places)]
    rows = [[name, *(view.value(each.name, code) for each in indicators)] for code, name in places]
    notes = [_note(each) for each in indicators]
    if view.computation:
        notes.append(_("数据时间：{when}").format(when=minute(view.computation.computed_at)))
    return ExportTable(view.name, columns, rows, notes)


def _note(indicator: Indicator) -> str:
    """What an indicator means, in one line."""
    return _("{label}：{definition}。{region}。").format(
        label=indicator.label, definition=indicator.definition, region=indicator.region
    )


def quality_export(rows: Sequence[Source]) -> ExportTable:
    """The quality of the data by source."""
    columns = [
        ExportColumn(str(column.label), "number" if column.numeric else "text")
        for column in quality_columns()
    ]
    return ExportTable(_("数据质量"), columns, [quality_cells(row) for row in rows])
