"""Two dimensions of a register crossed: the table, asking for it, taking it away."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from chelun.cockpit.displays import CrossDisplay
from chelun.cockpit.selectors.crosses import Asked, asked_for, cross_job, cross_of
from chelun.cockpit.services.crosses import ask_for_cross
from chelun.cockpit.workbooks import workbook_response
from chelun.core.pages import PageRequest, page

PERMISSION = "cockpit.view"


@page(PERMISSION)
def cross(request: PageRequest, code: str) -> HttpResponse:
    """The table that is kept, or how far the counting is."""
    asked = _asked(request, code, request.GET)
    display, job = _display(request, asked), cross_job(asked)
    if request.htmx:
        context = {"display": display, "job": job}
        return render(request, "cockpit/cross_progress.html", context) if job else HttpResponseClientRefresh()
    return render(request, "cockpit/cross.html", {"display": display, "job": job})


@page(PERMISSION)
@require_POST
def cross_compute(request: PageRequest, code: str) -> HttpResponse:
    """Ask for the table to be counted."""
    asked = _asked(request, code, request.POST)
    ask_for_cross(actor=request.actor, asked=asked)
    return redirect(_display(request, asked).address())


@page(PERMISSION)
def cross_table(request: PageRequest, code: str) -> HttpResponse:
    """The table as .xlsx; small numbers are hidden unless the reader may open the rows and asks for all. Before it was counted: its page."""
    asked = _asked(request, code, request.GET)
    public = request.GET.get("whole") != "on"
    display = CrossDisplay(asked, cross_of(asked), request.actor, public=public)
    table = display.export
    if table is None:
        return redirect(display.address())
    return workbook_response(request.actor, f"cross-{asked.crossing.name}-{code}.xlsx", code, table)


def _asked(request: PageRequest, code: str, query: Any) -> Asked:
    names = {name: query.get(name, "") for name in ("register", "lines", "columns")}
    return asked_for(scope=request.scope, code=code, **names)


def _display(request: PageRequest, asked: Asked) -> CrossDisplay:
    return CrossDisplay(asked, cross_of(asked), request.actor, public=request.GET.get("public") == "on")
