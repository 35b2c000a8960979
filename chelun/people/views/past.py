"""What was known of a person, firm or vehicle: as of a day, at a moment."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from chelun.core.pages import PageRequest, page
from chelun.people.displays.facts import alone_text
from chelun.people.displays.past import past_facts, past_note, past_works, title_of
from chelun.people.displays.ties import source_table
from chelun.people.forms import PastForm
from chelun.people.selectors.past import Then, known_then
from chelun.people.services.intake.shelf import SHELVES
from chelun.people.views.shared import file_tabs, kind_names
from chelun.platform.privacy.services import note_opening


@page("people.view")
def past(request: PageRequest, register: str, subject: UUID) -> HttpResponse:
    """A file as it could be known then. Opening it is written down like the file of today."""
    if register not in SHELVES:
        raise Http404
    form = PastForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    day, moment = asked.get("day") or date.max, asked.get("moment") or timezone.now()
    then = known_then(request.scope, SHELVES[register], subject, day, moment)
    for leaf, homes in (then.held.leaves or {subject: then.homes}).items():
        note_opening(actor=request.actor, subject=leaf, subject_kind=register, regions=homes)
    context = {
        "form": form, "tabs": file_tabs(register, subject, "past", {}), "title": title_of(register, then),
        "note": past_note(register, then, asked.get("day"), moment), **_parts(request, register, then),
    }  # fmt: skip
    return render(request, "people/past.html", context, status=422 if form.errors else 200)


def _parts(request: PageRequest, register: str, then: Then) -> dict[str, object]:
    kinds = kind_names(request.scope)
    return {
        "facts": past_facts(register, then, kinds), "works": past_works(then, kinds),
        "alone": alone_text(then.held),
        "sources": source_table(reversed(then.held.records)),
    }  # fmt: skip
