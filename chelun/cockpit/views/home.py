"""The start page: the work of today, by what the reader may do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chelun.cockpit.duties import duties_of
from chelun.core.pages import PageRequest, own_page, public_page


@public_page
def root(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the start page."""
    return redirect("cockpit:start")


@own_page
def start(request: PageRequest) -> HttpResponse:
    """What waits for the reader."""
    return render(request, "cockpit/start.html", {"duties": duties_of(request.actor)})
