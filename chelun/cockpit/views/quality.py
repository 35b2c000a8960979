"""The quality of the data: what is missing, stale or unresolved, by source."""

from django.http import HttpResponse
from django.shortcuts import render

from chelun.cockpit.quality import quality_rows, quality_table_of
from chelun.cockpit.selectors import computation_of
from chelun.cockpit.tables import quality_export
from chelun.cockpit.workbooks import workbook_response
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, minute


@page("cockpit.view")
def quality(request: PageRequest) -> HttpResponse:
    """Sources of the reader's places, the weakest first."""
    rows = quality_rows(scope=request.scope)
    computation = computation_of(None)
    context = {
        "table": quality_table_of(rows, request.actor, Address.of(request)), "rows": rows,
        "as_of": minute(computation.computed_at) if computation else "",
    }  # fmt: skip
    return render(request, "cockpit/quality.html", context)


@page("cockpit.view")
def quality_table(request: PageRequest) -> HttpResponse:
    """The same as .xlsx."""
    rows = quality_rows(scope=request.scope)
    return workbook_response(request.actor, "quality.xlsx", "", quality_export(rows))
