"""The quality of the data: by source, by place, by firm, and how true the rows turned out to be."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from chelun.cockpit.displays.quality_pages import QualityPages
from chelun.cockpit.workbooks import workbook_response
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address

PERMISSION = "cockpit.view"


@page(PERMISSION)
def quality(request: PageRequest) -> HttpResponse:
    """Sources of a region, the weakest first."""
    return _shown(request, "quality", "sources")


@page(PERMISSION)
def quality_places(request: PageRequest) -> HttpResponse:
    """The places of a region, those whose files lack most first."""
    return _shown(request, "quality_places", "places")


@page(PERMISSION)
def quality_truth(request: PageRequest) -> HttpResponse:
    """Sources and places by how true their rows turned out to be."""
    return _shown(request, "quality_truth", "truth")


@page("people.view")
def quality_firms(request: PageRequest) -> HttpResponse:
    """Firms whose staff's files lack something."""
    return _shown(request, "quality_firms", "firms")


@page(PERMISSION)
def quality_table(request: PageRequest) -> HttpResponse:
    """Sources as .xlsx."""
    return _taken(request, "quality", "sources")


@page(PERMISSION)
def quality_places_table(request: PageRequest) -> HttpResponse:
    """Places as .xlsx."""
    return _taken(request, "quality_places", "places")


@page(PERMISSION)
def quality_truth_table(request: PageRequest) -> HttpResponse:
    """Both tables of truthfulness as .xlsx."""
    return _taken(request, "quality_truth", "truth")


@page("people.export")
def quality_firms_table(request: PageRequest) -> HttpResponse:
    """Firms as .xlsx, for who may take lists away."""
    return _taken(request, "quality_firms", "firms")


def _shown(request: PageRequest, url_name: str, kind: str) -> HttpResponse:
    pages = QualityPages(request.scope, request.actor, request.GET.get("region", ""), url_name)
    address = Address.of(request)
    shown: dict[str, Any] = {"pages": pages, **getattr(pages, kind)(address)}
    return render(request, "cockpit/quality.html", shown)


def _taken(request: PageRequest, url_name: str, kind: str) -> HttpResponse:
    pages = QualityPages(request.scope, request.actor, request.GET.get("region", ""), url_name)
    tables = pages.exports(kind)
    return workbook_response(request.actor, f"{url_name}.xlsx", pages.region, *tables)
