"""One relative: what is kept, masked; one value for a reason; the copy that the relative takes home."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.errors import NotFound, Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import minute
from chelun.families import selectors
from chelun.families.displays import (
    LABELS,
    consent_lines,
    copy_lines,
    fact_lines,
    hidden_value,
    look_moments,
    purpose_word,
    state_cell,
)
from chelun.families.forms import ReasonForm
from chelun.families.models import Relative
from chelun.families.selectors import KIND, REVEAL, VIEW, is_open, write_right
from chelun.families.services.looking import copy_facts, reveal_fact, revealable
from chelun.people.views.shared import may
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.privacy.selectors import access_list
from chelun.platform.privacy.services import note_opening
from chelun.platform.privacy.subjects import SUBJECT_TABLES

MOST_LOOKS = 100


@page(VIEW)
def relative_detail(request: PageRequest, relative: UUID) -> HttpResponse:
    """What is kept of a relative; nothing but the tie where no consent counts. Opening it is written down."""
    row = selectors.relative_seen(request.actor, relative)
    note_opening(actor=request.actor, subject=row.pk, subject_kind=KIND, regions=[row.home])
    facts = selectors.facts_of([row]).get(row.pk, {})
    consents = selectors.consents_of(row)
    context = {
        "row": row, "called": _called(row), "open": is_open(row), "state": state_cell(row, timezone.localdate()),
        "facts": fact_lines(row, facts, may_reveal=may(request, REVEAL)), "consents": consent_lines(consents),
        "standing": [(each.pk, purpose_word(each.purpose)) for each in selectors.standing_of([row.pk])],
        "moments": look_moments(access_list(subject=row.pk, regions=[row.home])[:MOST_LOOKS]),
        "may_keep": may(request, write_right(row.stage)), "may_register": may(request, "privacy.register"),
        "may_reveal": may(request, REVEAL) and is_open(row),
    }  # fmt: skip
    return render(request, "families/relative_detail.html", context)


def _called(row: Relative) -> str:
    names = selectors.names_of([row])
    return selectors.called(names.get((row.person_id, row.home), ""), row)


@page(REVEAL)
def reveal(request: PageRequest, relative: UUID, field: str) -> HttpResponse:
    """Ask for the reason; with one, show the value, once."""
    row, form = revealable(request.actor, relative), ReasonForm(request.POST or None)
    facts = selectors.facts_of([row]).get(row.pk, {})
    if field not in facts:
        raise NotFound
    context = {
        "label": _(LABELS[field]), "masked": hidden_value(field, facts[field]), "form": form,
        "here": request.path, "file_url": reverse("families:relative_detail", args=[relative]), "name": _called(row),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        asked = {"relative": relative, "field": field, "reason": form.cleaned_data["reason"]}
        try:
            context["value"] = reveal_fact(actor=request.actor, **asked)
        except Refused as refusal:
            form.add_error("reason", refusal.message)
    template = "people/reveal.html#piece" if request.htmx else "people/reveal.html"
    return render(request, template, context, status=422 if form.errors else 200)


@page(REVEAL)
def relative_copy(request: PageRequest, relative: UUID) -> HttpResponse:
    """Ask why it is printed; then show everything, once, ready to print."""
    row, form = revealable(request.actor, relative), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row, facts = copy_facts(actor=request.actor, relative=relative, **form.cleaned_data)
            return _copy(request, row, facts)
        except Refused as refusal:
            form.add_error("reason", refusal.message)
    context = {
        "form": form, "heading": _("打印给本人或监护人"), "harmless": True, "button": _("生成副本"), "name": _called(row),
        "cancel_url": reverse("families:relative_detail", args=[relative]),
    }  # fmt: skip
    return render(request, "core/confirm.html", context, status=422 if form.errors else 200)


def _copy(request: PageRequest, row: Relative, facts: dict[str, str]) -> HttpResponse:
    looks, by = access_list(subject=row.pk, regions=[row.home])[:MOST_LOOKS], request.actor.actor_name
    context = {
        "row": row, "called": _called(row), "facts": copy_lines(row, facts), "moments": look_moments(looks),
        "consents": consent_lines(selectors.consents_of(row), masked=False), "made": minute(timezone.now()),
        "by": person_names([by])[by], "why": SUBJECT_TABLES[Relative._meta.label],
    }  # fmt: skip
    return render(request, "families/relative_copy.html", context)
