"""A region in numbers: tiles, a map, charts, a table of the places in it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chelun.cockpit.displays import RegionDisplay
from chelun.cockpit.selectors import computed_days, day_of, home_codes, region_view
from chelun.cockpit.services import ask_for_computing
from chelun.cockpit.tables import region_export
from chelun.cockpit.workbooks import workbook_response
from chelun.core.pages import PageRequest, page

PERMISSION = "cockpit.view"


@page(PERMISSION)
def own_region(request: PageRequest) -> HttpResponse:
    """The reader's own region, the largest first."""
    return redirect("cockpit:region", code=home_codes(request.scope)[0])


@page(PERMISSION)
def region_page(request: PageRequest, code: str) -> HttpResponse:
    """All indicators of a region and of the places in it."""
    view = region_view(scope=request.scope, code=code, day=day_of(request.GET.get("day", "")))
    display = RegionDisplay(view, request.scope, request.actor, request.GET.get("measure", ""))
    context = {"view": view, "display": display, "days": computed_days()}
    return render(request, "cockpit/region.html", context)


@page(PERMISSION)
def region_table(request: PageRequest, code: str) -> HttpResponse:
    """The table of a region as .xlsx."""
    view = region_view(scope=request.scope, code=code, day=day_of(request.GET.get("day", "")))
    return workbook_response(request.actor, f"cockpit-{code}.xlsx", view.code, region_export(view))


@page(PERMISSION)
@require_POST
def compute(request: PageRequest) -> HttpResponse:
    """Ask for the indicators to be computed anew."""
    ask_for_computing(actor=request.actor)
    messages.success(request, _("已开始重新计算，稍后刷新本页即可看到新数字。"))
    return redirect("cockpit:own_region")
