"""Impact assessments: the list with what is missing, recording one, the sheet to print."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.platform.privacy.displays.assessments import assessment_facts, assessment_table
from chelun.platform.privacy.forms_assessments import AssessmentForm
from chelun.platform.privacy.selectors import assessments as reads
from chelun.platform.privacy.services.assessments import record_assessment
from chelun.platform.privacy.services.holds import DECIDE
from chelun.platform.regions.words import home_region


@page(DECIDE)
def assessment_list_page(request: PageRequest) -> HttpResponse:
    """What was assessed, and what goes on without."""
    address, rows = Address.of(request), reads.assessment_list(request.scope)
    shown = keyset_page(rows, ("-id",), address)
    context = {
        "page": shown, "table": assessment_table(shown.items, address), "count": capped_count(rows),
        "missing": reads.unassessed(home_region(request.scope)),
    }  # fmt: skip
    return render(request, "privacy/assessment_list.html", context)


@page(DECIDE)
def assessment_new(request: PageRequest) -> HttpResponseBase:
    """Record one."""
    form = AssessmentForm(request.POST or None, initial={"region": home_region(request.scope)})
    if request.method == "POST" and form.is_valid():
        try:
            made = record_assessment(actor=request.actor, **form.cleaned_data)
            return redirect("privacy:assessment_detail", made.pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return render(request, "privacy/assessment_new.html", {"form": form}, status=422 if form.errors else 200)


@page(DECIDE)
def assessment_detail(request: PageRequest, assessment: UUID) -> HttpResponse:
    """One, ready to print."""
    found = reads.assessment_one(request.scope, assessment)
    context = {"assessment": found, "facts": assessment_facts(found)}
    return render(request, "privacy/assessment_detail.html", context)
