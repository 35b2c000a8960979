"""Where the places of a region differ from what stands above them."""

from django.http import HttpResponse
from django.shortcuts import render

from chelun.cockpit.displays.deviations import deviation_listing, kind_tabs
from chelun.cockpit.selectors.quality import quality_area
from chelun.cockpit.workbooks import workbook_response
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address
from chelun.platform.regions.deviations import Deviation, deviations_in
from chelun.platform.regions.selectors import name_of

PERMISSION = "cockpit.view"


@page(PERMISSION)
def deviations(request: PageRequest, code: str) -> HttpResponse:
    """Settings, rules, thresholds and fields in which the region and all below it differ, with the reasons."""
    rows, kind = _rows(request, code), request.GET.get("kind", "")
    chosen = [row for row in rows if kind in ("", str(row.kind))]
    context = {
        "place": name_of(code), "code": code, "kinds": kind_tabs(rows, code, kind), "rows": chosen,
        "table": deviation_listing(chosen, request.actor).table(Address.of(request)),
    }  # fmt: skip
    return render(request, "cockpit/deviations.html", context)


@page(PERMISSION)
def deviations_table(request: PageRequest, code: str) -> HttpResponse:
    """The same as .xlsx."""
    table = deviation_listing(_rows(request, code), request.actor).export
    return workbook_response(request.actor, f"deviations-{code}.xlsx", code, table)


def _rows(request: PageRequest, code: str) -> list[Deviation]:
    return deviations_in(quality_area(request.scope, code))
