"""The page from which a demo's administrator loads example places."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from chelun.core.errors import NotFound
from chelun.core.pages import PageRequest, page
from scenarios.loading import PERMISSION, ask_for_loading, loaded_files, loading_job
from scenarios.places import PLACES


@page(PERMISSION)
def places(request: PageRequest) -> HttpResponse:
    """The example places: which are loaded, which are on their way. Nowhere but in the demo."""
    if not settings.CHELUN_DEMO:
        raise NotFound
    rows = [(place, loaded_files(place), len(place.figures), loading_job(place)) for place in PLACES.values()]
    running = [job for _place, _loaded, _all, job in rows if job]
    context = {"rows": rows, "running": running, "here": reverse("scenarios:places")}
    if request.htmx:
        return render(request, "scenarios/progress.html", context) if running else HttpResponseClientRefresh()
    return render(request, "scenarios/places.html", context)


@page(PERMISSION)
@require_POST
def load(request: PageRequest, name: str) -> HttpResponse:
    """Have a place loaded in the background."""
    ask_for_loading(actor=request.actor, name=name)
    messages.success(request, _("已开始载入，可以离开本页。"))
    return redirect("scenarios:places")
