"""The list of jobs."""

from django.http import HttpResponse
from django.shortcuts import render

from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.platform.jobs.forms import JobFilter
from chelun.platform.jobs.selectors import job_list as select_jobs
from chelun.platform.jobs.showing import job_table


@page("jobs.view")
def job_list(request: PageRequest) -> HttpResponse:
    """Jobs that concern the reader's places and those he asked for, newest first."""
    address, form = Address.of(request), JobFilter(request.GET or None)
    rows = select_jobs(scope=request.scope, reader=request.actor, state=form.chosen_state())
    shown = keyset_page(rows, ["-id"], address)
    context = {
        "address": address,
        "form": form,
        "page": shown,
        "table": job_table(shown.items, address),
        "count": capped_count(rows),
    }
    return render(request, "jobs/job_list.html", context)
