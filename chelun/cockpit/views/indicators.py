"""What the indicators mean."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chelun.cockpit.selectors import known_indicators
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Column, Row, Table


@page("cockpit.view")
def indicator_list(request: PageRequest) -> HttpResponse:
    """Every indicator with its definition, region rule, formula and unit."""
    columns = [
        Column("label", _("指标")), Column("definition", _("定义"), wide=True), Column("region", _("按哪个地区"), wide=True),
        Column("formula", _("算法"), wide=True), Column("unit", _("单位")),
    ]  # fmt: skip
    rows = [
        Row([str(text) for text in (each.label, each.definition, each.region, each.formula, each.unit)], key=each.name)
        for each in known_indicators().values()
    ]  # fmt: skip
    return render(request, "cockpit/indicators.html", {"table": Table(_("指标说明"), columns, rows)})
