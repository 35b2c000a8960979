"""The cockpit's numbers as tables for a workbook."""

from django.utils.translation import gettext as _

from chelun.cockpit.displays import IndicatorDisplay
from chelun.cockpit.selectors import View, known_indicators
from chelun.core.measures import Indicator
from chelun.core.ui import aside, day, minute
from chelun.platform.sheets.writing.export import ExportColumn, ExportTable


def region_export(view: View) -> ExportTable:
    """All indicators of a region and of the places in it; what they mean stands under the table."""
    indicators = known_indicators(view.code).values()
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


def indicator_exports(display: IndicatorDisplay) -> list[ExportTable]:
    """One indicator by place, by part (where it has parts) and by day; what it means stands under each."""
    view, chosen = display.view, display.chosen
    notes = [f"{fact.label}{_('：')}{fact.value}" for fact in display.facts]
    head = ExportColumn(aside(chosen.label, chosen.unit), "number")
    places = [(view.code, view.name), *((each.code, each.name) for each in view.places)]
    kinds = chosen.parts_head or _("工种")
    parts = [[label, view.value(chosen.name, part=part)] for part, label in chosen.parts.items()]
    tables = [
        ExportTable(
            _("按地区"),
            [ExportColumn(_("地区")), head, *_share_heads(chosen)],
            [[name, view.value(chosen.name, code), *_shares(view, chosen, code)] for code, name in places],
            notes,
        ),
        ExportTable(_("按{head}").format(head=kinds), [ExportColumn(str(kinds)), head], parts, notes),
        ExportTable(
            _("逐日"), [ExportColumn(_("日期")), head], [[day(at), n] for at, n in display.days], notes
        ),
    ]
    return [table for table in tables if table.rows]


def _share_heads(indicator: Indicator) -> list[ExportColumn]:
    return [ExportColumn(_("占比"), "percent")] if indicator.share_of else []


def _shares(view: View, indicator: Indicator, code: str) -> list[float | None]:
    share = view.share(indicator, code)
    return [None if share is None else share / 100] if indicator.share_of else []


def _note(indicator: Indicator) -> str:
    """What an indicator means, in one line."""
    return _("{label}：{definition}。{region}。").format(
        label=indicator.label, definition=indicator.definition, region=indicator.region
    )
