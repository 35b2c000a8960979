"""Correcting what stands on a file, ending an engagement."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.people.displays.words import place_name
from chelun.people.forms import EndForm, RowForm
from chelun.people.selectors import person_file
from chelun.people.selectors.records import held
from chelun.people.services.correcting import CORRECTABLE, correct_file, facts_here, locked_cells
from chelun.people.services.corrections import correct_person, end_engagement
from chelun.people.services.door import RowRefused
from chelun.people.services.intake.shelf import SHELVES
from chelun.people.views.corrections import correction_form, form_of, shown_cells, wanted_home
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
def file_correct(request: PageRequest, register: str, subject: UUID) -> HttpResponseBase:
    """Correct what one place holds of a firm, a vehicle or a paper."""
    if register not in CORRECTABLE:
        raise Http404
    found = held(request.scope, SHELVES[register], subject)
    home = wanted_home(request, found.homes)
    facts, _told = facts_here(request.actor, register, subject, home)
    form = form_of(request, register, facts, home, locked_cells(register, facts))
    if request.method == "POST" and form.is_valid():
        answer = _corrected(request, form, register, subject, home)
        if answer is not None:
            return answer
    context = {"form": form, "place": place_name(home), **_words_of(register, subject, str(found.cards[0]))}
    return render(request, "people/entry.html", context, status=422 if form.errors else 200)


def _corrected(
    request: PageRequest, form: RowForm, register: str, subject: UUID, home: str
) -> HttpResponseBase | None:
    try:
        raw = shown_cells(form)
        brought = correct_file(actor=request.actor, register=register, subject=subject, home=home, raw=raw)
        return tell(request, register, brought)
    except RowRefused as refusal:
        form.take_problems(refusal.problems)
    except Refused as refusal:
        form.add_error(None, refusal.message)
    return None


def _words_of(register: str, subject: UUID, name: str) -> dict[str, str]:
    leads = {
        "enterprise": _("只保存改动的项，原来的来源记录都保留。已有的统一社会信用代码不能更改。"),
        "vehicle": _("只保存改动的项，原来的来源记录都保留。车牌和车牌颜色不能更改，换了就是另一辆车。"),
        "credential": _(
            "只保存改动的项，原来的来源记录都保留。持证人和证照种类不能更改，登记错了请在正确的档案里另行登记。"
        ),
    }
    back = reverse(f"people:{register}_detail", args=[subject])
    return {"heading": _("更正资料"), "up": name, "up_url": back, "back_url": back, "lead": leads[register]}


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
