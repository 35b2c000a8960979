"""Correcting a person's facts, ending an engagement."""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.people.displays.words import place_name
from chelun.people.forms import EndForm
from chelun.people.selectors import person_file
from chelun.people.services.corrections import correct_person, end_engagement
from chelun.people.services.door import RowRefused
from chelun.people.views.corrections import correction_form, shown_cells, wanted_home
from chelun.people.views.entry import tell


@page("people.edit")
def person_correct(request: PageRequest, person: UUID) -> HttpResponseBase:
    """Correct what one place holds of a person. What stands masked is left as it is unless something is written."""
    found = person_file(request.scope, person)
    home = wanted_home(request, found.held.homes)
    form = correction_form(request, person, home)
    if request.method == "POST" and form.is_valid():
        try:
            raw = shown_cells(form)
            brought = correct_person(actor=request.actor, person=person, home=home, raw=raw)
            return tell(request, "person", brought)
        except RowRefused as refusal:
            form.take_problems(refusal.problems)
    context = {"form": form, "place": place_name(home), **_words(person, found.card.name)}
    return render(request, "people/entry.html", context, status=422 if form.errors else 200)


def _words(person: UUID, name: str) -> dict[str, str]:
    back = reverse("people:person_detail", args=[person])
    return {
        "heading": _("更正资料"), "up": name, "up_url": back, "back_url": back,
        "lead": _("只保存改动的项，原来的来源记录都保留。身份证号不能更改，号码不对请另行登记。"),
    }  # fmt: skip


@page("people.edit")
def engagement_end(request: PageRequest, person: UUID, engagement: UUID) -> HttpResponseBase:
    """Write down that somebody left."""
    found = person_file(request.scope, person)
    form = EndForm(request.POST or None, initial={"to_date": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        to_date = form.cleaned_data["to_date"]
        try:
            end_engagement(actor=request.actor, person=person, engagement=engagement, to_date=to_date)
            return redirect("people:person_detail", person)
        except Refused as refusal:
            form.add_error("to_date", refusal.message)
    back = reverse("people:person_detail", args=[person])
    context = {
        "heading": _("登记离岗"), "button": _("保存"), "harmless": True, "form": form, "cancel_url": back,
        "facts": (), "name": found.card.name,
    }  # fmt: skip
    return render(request, "core/confirm.html", context, status=422 if form.errors else 200)
