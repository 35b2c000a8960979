"""Purposes for everybody inside, the notice for everybody outside, versions of it, and a person's consents."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.errors import NotFound, Refused
from chelun.core.pages import PageRequest, own_page, page, public_page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.platform.privacy import selectors
from chelun.platform.privacy.displays.notices import (
    consent_table,
    handlings,
    notice_table,
    purpose_label,
    purpose_table,
    withdrawable,
)
from chelun.platform.privacy.forms import ConsentForm, NoticeForm
from chelun.platform.privacy.models import Consent
from chelun.platform.privacy.purposes import PURPOSES, asked_of
from chelun.platform.privacy.services import consents as services
from chelun.platform.privacy.services.holds import DECIDE
from chelun.platform.privacy.services.requests import REGISTER
from chelun.platform.regions.selectors import name_of, place
from chelun.platform.regions.words import home_region


@own_page
def purposes(request: PageRequest) -> HttpResponse:
    """What is held, for what and on which ground."""
    return render(request, "privacy/purposes.html", {"table": purpose_table(), "purposes": list(PURPOSES)})


@public_page
def notice_places(request: PageRequest) -> HttpResponse:
    """The places that tell of their handling; without log-in."""
    return render(request, "privacy/notice_places.html", {"places": selectors.notice_places()})


@public_page
def notice(request: PageRequest, region: str) -> HttpResponse:
    """The notice in force in a place; without log-in."""
    if place(region) is None:
        raise NotFound
    context = {
        "notice": services.notice_in_force(region), "place": name_of(region), "handlings": handlings(),
        "purposes": list(PURPOSES),
    }  # fmt: skip
    return render(request, "privacy/notice.html", context)


@page(DECIDE)
def notice_list(request: PageRequest) -> HttpResponse:
    """All versions of the reader's places."""
    address, rows = Address.of(request), selectors.notice_list(request.scope)
    shown = keyset_page(rows, ("-id",), address)
    context = {"page": shown, "table": notice_table(shown.items, address), "count": capped_count(rows)}
    return render(request, "privacy/notice_list.html", context)


@page(DECIDE)
def notice_new(request: PageRequest) -> HttpResponseBase:
    """Publish a version."""
    form = NoticeForm(request.POST or None, initial={"region": home_region(request.scope)})
    if request.method == "POST" and form.is_valid():
        try:
            services.publish_notice(actor=request.actor, **form.cleaned_data)
            return redirect("privacy:notice_list")
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return render(request, "privacy/notice_new.html", {"form": form}, status=422 if form.errors else 200)


@page(REGISTER)
def consents(request: PageRequest, kind: str, subject: UUID) -> HttpResponseBase:
    """A person's consents; a POST writes one down that he gives now."""
    shown = selectors.subject_shown(request.scope, kind, subject)
    in_force = services.notice_in_force(shown.homes[0])
    form = ConsentForm(request.POST or None, kind=kind, initial={"notice": in_force and in_force.pk})
    if request.method == "POST" and form.is_valid():
        try:
            services.give_consent(
                actor=request.actor, subject_kind=kind, subject=subject, **form.cleaned_data
            )
            return redirect("privacy:consents", kind, subject)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    given = selectors.consent_list(request.scope, subject)
    context = {
        "form": form, "shown": shown, "notice": in_force, "purposes": asked_of(kind), "given": given,
        "table": consent_table(given), "open": withdrawable(given),
    }  # fmt: skip
    return render(request, "privacy/consents.html", context, status=422 if form.errors else 200)


@page(REGISTER)
def consent_withdraw(request: PageRequest, consent: UUID) -> HttpResponseBase:
    """Take one back, once it was asked a second time."""
    if request.method != "POST":
        return _asked_once_more(request, selectors.consent_in(request.scope, consent))
    taken = services.withdraw_consent(actor=request.actor, consent=consent)
    messages.success(request, _("已撤回，依靠这项同意的处理已经停止。"))
    try:
        selectors.subject_shown(request.scope, taken.subject_kind, taken.subject)
    except NotFound:
        return redirect("privacy:request_list")
    return redirect("privacy:consents", taken.subject_kind, taken.subject)


def _asked_once_more(request: PageRequest, consent: Consent) -> HttpResponse:
    """What follows when this consent is taken back; the list of consents where it no longer stands."""
    back = reverse("privacy:consents", args=[consent.subject_kind, consent.subject])
    if consent.withdrawn_at:
        return redirect(back)
    purpose = PURPOSES.get(consent.purpose)
    last = purpose.last if purpose and purpose.last and selectors.is_last(consent) else ""
    context = {
        "heading": _("撤回：{purpose}").format(purpose=purpose_label(consent.purpose)),
        "text": last or _("撤回后，依靠这项同意的处理立即停止。"), "button": _("撤回同意"), "cancel_url": back,
        "name": selectors.subject_shown(request.scope, consent.subject_kind, consent.subject).name,
    }  # fmt: skip
    return render(request, "core/confirm.html", context)
