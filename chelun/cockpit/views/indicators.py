"""What the indicators mean, and one of them in a region."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.cockpit.displays import IndicatorDisplay
from chelun.cockpit.selectors import (
    computed_days,
    day_of,
    home_codes,
    indicator_named,
    known_indicators,
    region_view,
)
from chelun.cockpit.tables import indicator_exports
from chelun.cockpit.workbooks import workbook_response
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Cell, Column, Row, Table

PERMISSION = "cockpit.view"


@page(PERMISSION)
def indicator_list(request: PageRequest) -> HttpResponse:
    """Every indicator with its definition, region rule, formula and unit; its name opens it where the reader begins."""
    columns = [
        Column("label", _("指标")), Column("definition", _("定义"), wide=True), Column("region", _("按哪个地区"), wide=True),
        Column("formula", _("算法"), wide=True), Column("unit", _("单位")),
    ]  # fmt: skip
    home = home_codes(request.scope)[0]
    rows = [
        Row([
            Cell(each.label, reverse("cockpit:indicator", args=[home, each.name])),
            *(str(text) for text in (each.definition, each.region, each.formula, each.unit)),
        ], key=each.name)
        for each in known_indicators(home).values()
    ]  # fmt: skip
    return render(request, "cockpit/indicators.html", {"table": Table(_("指标说明"), columns, rows)})


@page(PERMISSION)
def indicator(request: PageRequest, code: str, indicator: str) -> HttpResponse:
    """One indicator in a region: meaning, value, map, parts, days, places."""
    display = _display(request, code, indicator)
    context = {"display": display, "view": display.view, "days": computed_days()}
    return render(request, "cockpit/indicator.html", context)


@page(PERMISSION)
def indicator_table(request: PageRequest, code: str, indicator: str) -> HttpResponse:
    """The same as .xlsx: by place, by part, by day."""
    display = _display(request, code, indicator)
    name = f"{indicator}-{display.view.code}.xlsx"
    return workbook_response(request.actor, name, display.view.code, *indicator_exports(display))


def _display(request: PageRequest, code: str, name: str) -> IndicatorDisplay:
    view = region_view(scope=request.scope, code=code, day=day_of(request.GET.get("day", "")))
    return IndicatorDisplay(view, request.scope, request.actor, indicator_named(name, code).name)
