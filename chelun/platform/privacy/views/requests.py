"""Requests of persons: registering one at the counter, doing it, answering it, and the sheet to take home."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chelun.core.errors import NotFound, Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.platform.privacy import selectors
from chelun.platform.privacy.acts import act_for
from chelun.platform.privacy.choices import OPEN_REQUESTS, RequestKind
from chelun.platform.privacy.displays.requests import number_of, request_facts, request_table
from chelun.platform.privacy.forms import AnswerForm, DeletionForm, RefusalForm, RequestFilter, RequestForm
from chelun.platform.privacy.parts import parts_of
from chelun.platform.privacy.services import requests as services
from chelun.platform.privacy.services.holds import DECIDE
from chelun.platform.privacy.services.requests import REGISTER


@page(REGISTER)
def request_list(request: PageRequest) -> HttpResponse:
    """Requests by their day."""
    address = Address.of(request)
    rows = selectors.request_list(request.scope, state=address.get("state"), kind=address.get("kind"))
    shown = keyset_page(rows, ("due_on", "id"), address)
    context = {
        "page": shown, "table": request_table(shown.items, address), "count": capped_count(rows), "address": address,
        "form": RequestFilter(request.GET), "narrowed": bool(address.others(("after", "before"))),
    }  # fmt: skip
    return render(request, "privacy/request_list.html", context)


@page(REGISTER)
def request_choose(request: PageRequest, kind: str, subject: UUID) -> HttpResponse:
    """What somebody may ask for."""
    shown = selectors.subject_shown(request.scope, kind, subject)
    lines = [
        (label, reverse("privacy:request_new", args=[kind, subject, what]))
        for what, label in RequestKind.choices
    ]
    return render(
        request,
        "privacy/request_choose.html",
        {"shown": shown, "lines": lines, "consents_url": reverse("privacy:consents", args=[kind, subject])},
    )


@page(REGISTER)
def request_new(request: PageRequest, kind: str, subject: UUID, what: str) -> HttpResponseBase:
    """Write down what the person at the counter asks for."""
    shown = selectors.subject_shown(request.scope, kind, subject)
    if what not in RequestKind.values:
        raise NotFound
    asks = act_for(kind, what).asks(request.scope, subject, shown.homes[0])
    form = RequestForm(request.POST or None, asks=asks)
    if request.method == "POST" and form.is_valid():
        try:
            made = _registered(request, kind, subject, what, form)
            return redirect("privacy:request_detail", made)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {"form": form, "shown": shown, "heading": RequestKind(what).label}
    return render(request, "privacy/request_new.html", context, status=422 if form.errors else 200)


def _registered(request: PageRequest, kind: str, subject: UUID, what: str, form: RequestForm) -> UUID:
    said = {name: form.cleaned_data[name] for name in ("on_behalf", "identity", "words")}
    made = services.register_request(
        actor=request.actor, subject_kind=kind, subject=subject, kind=what, asked=form.asked(), **said
    )
    messages.success(request, _("已受理。请把受理单打印给申请人。"))
    return made.pk


@page(REGISTER)
def request_detail(request: PageRequest, asking: UUID) -> HttpResponse:
    """One request: the sheet for the person, and what may be done with it."""
    asked = selectors.request_asked(request.scope, asking)
    act = act_for(asked.request.subject_kind, asked.request.kind)
    context = {
        "asked": asked, "facts": request_facts(asked.request, asked.content, asked.asks),
        "number": number_of(asked.request), "is_open": asked.request.state in OPEN_REQUESTS,
        "may_decide": request.actor.has(DECIDE), "deletion": asked.request.kind == RequestKind.DELETE,
        "answer_url": act.url(asked.request.subject) if act.url and asked.shown else "",
        "parts": parts_of(request.actor, asked.request),
    }  # fmt: skip
    return render(request, "privacy/request_detail.html", context)


@page(DECIDE)
@require_POST
def request_take(request: PageRequest, asking: UUID) -> HttpResponseBase:
    """Work on it oneself."""
    services.take_request(actor=request.actor, request=asking)
    return redirect("privacy:request_detail", asking)


@page(DECIDE)
def request_grant(request: PageRequest, asking: UUID) -> HttpResponseBase:
    """Do what was asked, and answer."""

    def act(answer: str) -> None:
        services.grant_request(actor=request.actor, request=asking, answer=answer)

    return _decided(request, asking, AnswerForm(request.POST or None), act, _("照办并答复"))


@page(DECIDE)
def request_delete(request: PageRequest, asking: UUID) -> HttpResponseBase:
    """Agree to a deletion; a second person approves the erasure."""

    def act(answer: str, ground: str) -> None:
        services.grant_deletion(actor=request.actor, request=asking, ground=ground, answer=answer)

    return _decided(request, asking, DeletionForm(request.POST or None), act, _("同意删除"))


@page(DECIDE)
def request_refuse(request: PageRequest, asking: UUID) -> HttpResponseBase:
    """Say no, with the lawful exception."""

    def act(answer: str, exception: str) -> None:
        services.refuse_request(actor=request.actor, request=asking, exception=exception, answer=answer)

    return _decided(request, asking, RefusalForm(request.POST or None), act, _("不予办理并答复"))


@page(REGISTER)
@require_POST
def request_withdraw(request: PageRequest, asking: UUID) -> HttpResponseBase:
    """The person does not want it any more."""
    services.withdraw_request(actor=request.actor, request=asking)
    return redirect("privacy:request_detail", asking)


def _decided(
    request: PageRequest, asking: UUID, form: forms.Form, act: Callable[..., Any], heading: str
) -> HttpResponseBase:
    asked = selectors.request_asked(request.scope, asking)
    back = reverse("privacy:request_detail", args=[asking])
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data)
            return redirect(back)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {
        "heading": heading, "name": number_of(asked.request), "form": form, "cancel_url": back, "button": heading,
        "harmless": True, "facts": request_facts(asked.request, asked.content, asked.asks),
    }  # fmt: skip
    return render(request, "core/confirm.html", context, status=422 if form.errors else 200)
