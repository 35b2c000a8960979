"""How the installation is: a page for its administrator, numbers for machines."""

from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from chelun.core.health import HEALTH
from chelun.core.pages import PageRequest, page, public_page
from chelun.platform.jobs.metrics import metrics_text
from chelun.platform.jobs.showing import health_tables


@page("jobs.manage")
def health(request: PageRequest) -> HttpResponse:
    """Every check with what to do; it names nobody."""
    readings = [(check, check.look()) for check in HEALTH]
    return render(request, "jobs/health.html", {"tables": health_tables(readings)})


@public_page
def metrics(request: HttpRequest) -> HttpResponse:
    """The readings for Prometheus; found only with the token of CHELUN_METRICS_TOKEN."""
    token = settings.CHELUN_METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not compare_digest(given.encode(), token.encode()):
        raise Http404
    return HttpResponse(metrics_text(), content_type="text/plain; version=0.0.4")
