"""What the indicators mean."""

from django.http import HttpResponse
from django.shortcuts import render

from chelun.cockpit.selectors import known_indicators
from chelun.core.pages import PageRequest, page


@page("cockpit.view")
def indicator_list(request: PageRequest) -> HttpResponse:
    """Every indicator with its definition, region rule, formula and unit."""
    return render(request, "cockpit/indicators.html", {"indicators": known_indicators().values()})
