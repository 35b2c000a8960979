"""One sensitive value in the clear: asked for with a reason, shown once, kept nowhere."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.engines.tables.columns.own_fields import is_own
from chelun.people.displays.facts import shown
from chelun.people.displays.words import FACTS, fact_label, fact_text
from chelun.people.forms import ReasonForm
from chelun.people.services.revealing import REVEAL, reveal_value, revealable
from chelun.platform.fields.selectors import columns_named


@page(REVEAL)
def reveal(request: PageRequest, register: str, subject: UUID, field: str) -> HttpResponse:
    """Ask for the reason; with one, show the value. htmx gets a piece that stands where the masked value stood."""
    if field not in FACTS.get(register, ()) and not (register in FACTS and is_own(field)):
        raise Http404
    form = ReasonForm(request.POST or None)
    context = _context(request, register, subject, field) | {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            value = _revealed(request, register, subject, field, form)
            context["value"] = fact_text(field, value, {}, columns_named([field]))
        except Refused as refusal:
            form.add_error("reason", refusal.message)
    template = "people/reveal.html#piece" if request.htmx else "people/reveal.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _revealed(request: PageRequest, register: str, subject: UUID, field: str, form: ReasonForm) -> Any:
    return reveal_value(
        actor=request.actor,
        register=register,
        subject=subject,
        field=field,
        reason=form.cleaned_data["reason"],
    )


def _context(request: PageRequest, register: str, subject: UUID, field: str) -> dict[str, Any]:
    found = revealable(request.actor, register, subject)
    return {
        "label": fact_label(register, field, columns_named([field])),
        "masked": shown(register, field, found.value(field), {}),
        "here": reverse("people:reveal", args=[register, subject, field]),
        "file_url": reverse(f"people:{register}_detail", args=[subject]),
        "name": str(found.cards[0]),
    }
