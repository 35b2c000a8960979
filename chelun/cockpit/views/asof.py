"""The map of a day, and the days to which it can be turned."""

from django.http import HttpResponse
from django.shortcuts import render

from chelun.cockpit.displays import AsOfDisplay
from chelun.cockpit.selectors import computed_days, day_of, region_view
from chelun.core.pages import PageRequest, page


@page("cockpit.view")
def map_of_day(request: PageRequest, code: str) -> HttpResponse:
    """The map of a region on a day; for htmx only what another day changes."""
    view = region_view(scope=request.scope, code=code, day=day_of(request.GET.get("day", "")))
    display = AsOfDisplay(view, request.scope, request.actor, request.GET.get("measure", ""), computed_days())
    template = "cockpit/map_day.html" if request.htmx else "cockpit/map.html"
    return render(request, template, {"view": view, "display": display, "chart": display.map})
