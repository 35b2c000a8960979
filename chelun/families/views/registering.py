"""Registering a relative with a consent, giving it anew, putting values right, taking it back."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chelun.core.errors import NotFound, Refused
from chelun.core.pages import PageRequest, page
from chelun.families import selectors
from chelun.families.choices import Stage
from chelun.families.displays import hidden_value, purpose_word
from chelun.families.forms import (
    ConsentFields,
    CorrectForm,
    Fields,
    GrownConsent,
    GrownForm,
    MinorConsent,
    MinorForm,
    WishForm,
)
from chelun.families.models import Relative
from chelun.families.selectors import EDIT, MINORS
from chelun.families.services import ending
from chelun.families.services import registering as services
from chelun.families.views.lists import family_shown
from chelun.people.views.shared import may
from chelun.platform.privacy.choices import Occasion
from chelun.platform.privacy.services.assessments import is_assessed
from chelun.platform.privacy.services.consents import notice_in_force


@page(EDIT)
def wish_new(request: PageRequest, person: UUID) -> HttpResponseBase:
    """Note that a relative wishes to be served; nothing else."""
    selectors.person_of(request.actor, person, EDIT)
    form = WishForm(request.POST or None, minors=may(request, MINORS))

    def note() -> HttpResponse:
        services.note_wish(actor=request.actor, person=person, **form.cleaned_data)
        messages.success(request, _("已记下。没有同意的，到期自动删除。"))
        return redirect("families:of_person", person)

    return _done(request, form, note) or family_shown(request, person, form)


@page(EDIT)
@require_POST
def wish_drop(request: PageRequest, wish: UUID) -> HttpResponseBase:
    """Not wished any more."""
    gone = services.drop_wish(actor=request.actor, wish=wish)
    return redirect("families:of_person", gone.person_id)


@page(EDIT)
def relative_new(request: PageRequest, person: UUID) -> HttpResponseBase:
    """An adult, who agrees himself."""
    return _new(request, person, GrownForm, EDIT)


@page(MINORS)
def minor_new(request: PageRequest, person: UUID) -> HttpResponseBase:
    """A minor, for whom a guardian agrees, or who agrees from fourteen on."""
    return _new(request, person, MinorForm, MINORS)


def _new(
    request: PageRequest, person: UUID, kind: type[GrownForm | MinorForm], right: str
) -> HttpResponseBase:
    found = selectors.person_of(request.actor, person, right)
    notice = notice_in_force(found.homes[0])
    initial = {"notice": notice and notice.pk, "relation": "child" if right == MINORS else "spouse"}
    form = kind(request.POST or None, initial=initial)

    def keep() -> HttpResponse:
        held = form.cleaned_data
        raw = {name: str(held.get(name) or "") for name in ("name", "phone", "birth")}
        made = services.register_relative(
            actor=request.actor, person=person, relation=held["relation"], raw=raw, minor=right == MINORS,
            agreed=form.agreed(),
        )  # fmt: skip
        return redirect("families:relative_detail", made.pk)

    heading = _("登记未成年家属") if right == MINORS else _("登记成年家属")
    back = reverse("families:of_person", args=[person])
    context = {
        "form": form,
        "notice": notice,
        "heading": heading,
        "name": str(found.cards[0]),
        "back_url": back,
        "unassessed": right == MINORS and not is_assessed(found.homes[0], Occasion.SENSITIVE),
    }
    return _done(request, form, keep) or _asked(request, "families/consent.html", context)


@page(EDIT)
def relative_renew(request: PageRequest, relative: UUID) -> HttpResponseBase:
    """A consent given anew."""
    row = selectors.relative_kept(request.actor, relative)
    notice = notice_in_force(row.home)
    kind: type[ConsentFields] = GrownConsent if row.stage == Stage.ADULT else MinorConsent
    form = kind(request.POST or None, initial={"notice": notice and notice.pk})

    def renew() -> HttpResponse:
        services.renew_consent(
            actor=request.actor, relative=relative, agreed=form.agreed(),
            raw={"phone": str(form.cleaned_data.get("phone") or "")},
        )  # fmt: skip
        return redirect("families:relative_detail", relative)

    context = _context(row) | {"form": form, "notice": notice, "heading": _("重新同意")}
    return _done(request, form, renew) or _asked(request, "families/consent.html", context)


@page(EDIT)
def relative_correct(request: PageRequest, relative: UUID) -> HttpResponseBase:
    """Put values right."""
    row = selectors.relative_kept(request.actor, relative)
    facts = selectors.facts_of([row]).get(row.pk)
    if facts is None:
        raise NotFound
    kept = {name: hidden_value(name, value) for name, value in facts.items()}
    form = CorrectForm(
        request.POST or None, kept=kept, minor=row.stage != Stage.ADULT, initial={"relation": row.relation}
    )

    def correct() -> HttpResponse:
        held = dict(form.cleaned_data)
        services.correct_relative(
            actor=request.actor, relative=relative, relation=held.pop("relation"), raw=held
        )
        return redirect("families:relative_detail", relative)

    context = _context(row) | {"form": form, "heading": _("更正资料")}
    return _done(request, form, correct) or _asked(request, "families/correct.html", context)


@page(EDIT)
def relative_withdraw(request: PageRequest, relative: UUID) -> HttpResponseBase:
    """Take one consent back; with the last one everything that is kept goes at once, so it is asked once more."""
    row = selectors.relative_kept(request.actor, relative)
    consent = request.POST.get("consent") or request.GET.get("consent", "")
    if request.method != "POST":
        return _asked_once_more(request, row, consent)
    left = ending.withdraw(actor=request.actor, relative=relative, consent=consent)
    if left:
        messages.success(request, _("已撤回，这项用途已经停止。"))
        return redirect("families:relative_detail", relative)
    messages.success(request, _("已撤回，资料已抹除，留有凭证。"))
    return (
        redirect("families:of_person", row.person_id) if row.person_id else redirect("families:relative_list")
    )


def _asked_once_more(request: PageRequest, row: Relative, consent: str) -> HttpResponse:
    """What follows when this consent is taken back; the relative's page where it no longer stands."""
    standing, back = selectors.standing_of([row.pk]), reverse("families:relative_detail", args=[row.pk])
    asked = next((each for each in standing if str(each.pk) == consent), None)
    if asked is None:
        return redirect(back)
    last = _("这是最后一项同意。撤回后，这位家属的资料立即抹除，不能恢复，只留凭证。")
    text = last if len(standing) == 1 else _("撤回后，这项用途立即停止；别的同意照旧。")
    context = {
        "heading": _("撤回：{purpose}").format(purpose=purpose_word(asked.purpose)), "text": text, "button": _("撤回同意"),
        "cancel_url": back, "name": _context(row)["name"],
    }  # fmt: skip
    return render(request, "core/confirm.html", context)


def _context(row: Relative) -> dict[str, str]:
    names = selectors.names_of([row])
    name = selectors.called(names.get((row.person_id, row.home), ""), row)
    return {"name": name, "back_url": reverse("families:relative_detail", args=[row.pk])}


def _done(request: PageRequest, form: Fields, act: Callable[[], HttpResponse]) -> HttpResponse | None:
    """What the act answers; None when there is nothing to do yet or the form says what is wrong."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act()
    except Refused as refusal:
        form.take(refusal)
        return None


def _asked(request: PageRequest, template: str, context: Mapping[str, object]) -> HttpResponse:
    form = context["form"]
    assert isinstance(form, Fields)
    return render(request, template, dict(context), status=422 if form.errors else 200)
