"""Erasing somebody: proposing, approving, and the proof."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.errors import NotFound, Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.platform.jobs.selectors import job_get
from chelun.platform.privacy import selectors
from chelun.platform.privacy.displays.erasing import (
    counted_table,
    erasure_table,
    kept_table,
    lifted_by,
    number_of,
    proof_facts,
)
from chelun.platform.privacy.forms import ErasureForm, LiftForm
from chelun.platform.privacy.services.erasing import approve_erasure, decline_erasure, propose_erasure
from chelun.platform.privacy.services.holds import DECIDE
from chelun.platform.privacy.services.returning import lift_bar


@page(DECIDE)
def erasure_list(request: PageRequest) -> HttpResponse:
    """Erasures that concern the reader's places."""
    address = Address.of(request)
    rows = selectors.erasure_list(request.scope)
    shown = keyset_page(rows, ("-id",), address)
    context = {"page": shown, "table": erasure_table(shown.items, address), "count": capped_count(rows)}
    return render(request, "privacy/erasure_list.html", context)


@page(DECIDE)
def erasure_new(request: PageRequest, kind: str, subject: UUID) -> HttpResponseBase:
    """Say that somebody should be erased."""
    shown = selectors.subject_shown(request.scope, kind, subject)
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erasure = propose_erasure(actor=request.actor, kind=kind, subject=subject, **form.cleaned_data)
            messages.success(request, _("已提出，等第二人批准。"))
            return redirect("privacy:erasure_detail", erasure.pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {
        "heading": _("抹除 {name}").format(name=shown.name), "name": shown.name, "form": form, "cancel_url": shown.url,
        "text": _("抹除后，这个人在所有地区的登记内容都不能恢复。第二人批准后才开始。"), "button": _("提出抹除"),
    }  # fmt: skip
    return render(request, "core/confirm.html", context, status=422 if form.errors else 200)


@page(DECIDE)
def erasure_detail(request: PageRequest, erasure: UUID) -> HttpResponse:
    """The proof, ready to print; before it is done, the proposal."""
    proof = selectors.erasure_proof(request.scope, erasure)
    running = proof.own and proof.erasure.state == "running" and proof.erasure.job_id
    context = {
        "proof": proof, "facts": proof_facts(proof), "number": number_of(proof.erasure),
        "counted": counted_table(proof), "kept": kept_table(proof), "lifted_by": lifted_by(proof),
        "job": running and job_get(scope=request.scope, reader=request.actor, job_id=running),
        "mine": proof.erasure.proposed_by == request.actor.actor_name,
        "may_lift": proof.own and proof.stone and proof.stone.bars and not proof.stone.lifted_at,
    }  # fmt: skip
    return render(request, "privacy/erasure_detail.html", context)


@page(DECIDE)
def erasure_approve(request: PageRequest, erasure: UUID) -> HttpResponseBase:
    """The second person agrees."""
    proof = _proposal(request, erasure)
    if request.method == "POST":
        approve_erasure(actor=request.actor, erasure=erasure)
        return redirect("privacy:erasure_detail", erasure)
    context = {
        "heading": _("批准抹除"), "name": number_of(proof.erasure), "facts": proof_facts(proof), "button": _("批准并抹除"),
        "text": _("批准后立即开始，不能中途取消，也不能恢复。"), "cancel_url": _back(erasure),
    }  # fmt: skip
    return render(request, "core/confirm.html", context)


@page(DECIDE)
def erasure_decline(request: PageRequest, erasure: UUID) -> HttpResponseBase:
    """It is not to be done."""
    proof = _proposal(request, erasure)
    if request.method == "POST":
        decline_erasure(actor=request.actor, erasure=erasure)
        return redirect("privacy:erasure_detail", erasure)
    context = {
        "heading": _("不批准抹除"), "name": number_of(proof.erasure), "facts": proof_facts(proof), "harmless": True,
        "button": _("不批准"), "cancel_url": _back(erasure),
    }  # fmt: skip
    return render(request, "core/confirm.html", context)


@page(DECIDE)
def bar_lift(request: PageRequest, erasure: UUID) -> HttpResponseBase:
    """A statute asks for somebody who had objected to being kept."""
    proof = _proposal(request, erasure)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lift_bar(actor=request.actor, erasure=erasure, statute=form.cleaned_data["statute"])
            return redirect("privacy:erasure_detail", erasure)
        except Refused as refusal:
            form.add_error("statute", refusal.message)
    context = {
        "heading": _("解除“不再收录”"), "name": number_of(proof.erasure), "form": form, "cancel_url": _back(erasure),
        "text": _("解除后，名册里再有这个人时可以重新登记。"), "button": _("解除"),
    }  # fmt: skip
    return render(request, "core/confirm.html", context, status=422 if form.errors else 200)


def _proposal(request: PageRequest, erasure: UUID) -> selectors.Proof:
    """An erasure that was decided in the reader's own places; another place's share is not his to decide on."""
    proof = selectors.erasure_proof(request.scope, erasure)
    if not proof.own:
        raise NotFound
    return proof


def _back(erasure: UUID) -> str:
    return reverse("privacy:erasure_detail", args=[erasure])
