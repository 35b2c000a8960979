"""The quality of the data: what is missing, stale or unresolved, by source."""

from django.http import HttpResponse
from django.shortcuts import render

from chelun.cockpit.quality import quality_rows, quality_table_of
from chelun.cockpit.tables import quality_export
from chelun.cockpit.workbooks import workbook_response
from chelun.core.pages import PageRequest, page


@page("cockpit.view")
def quality(request: PageRequest) -> HttpResponse:
    """Sources of the reader's places, the weakest first."""
    rows = quality_rows(scope=request.scope)
    return render(request, "cockpit/quality.html", {"table": quality_table_of(rows), "rows": rows})


@page("cockpit.view")
def quality_table(request: PageRequest) -> HttpResponse:
    """The same as .xlsx."""
    rows = quality_rows(scope=request.scope)
    return workbook_response(request.actor, quality_export(rows), "quality.xlsx", "")
