"""Keeping and no longer keeping: each table with its term, switching deletion on and off, proofs, holds."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.platform.privacy import selectors
from chelun.platform.privacy.displays import retention as displays
from chelun.platform.privacy.forms_retention import HoldForm, SwitchForm
from chelun.platform.privacy.selectors import retention as reads
from chelun.platform.privacy.services import holds, retention
from chelun.platform.privacy.services.holds import DECIDE
from chelun.platform.regions.words import home_region


@page(DECIDE)
def keeping_page(request: PageRequest) -> HttpResponse:
    """Each declared table: for what, on which ground, how long, what is beyond it, when it goes."""
    kept = reads.keeping(request.scope, home_region(request.scope))
    context = {
        "kept": kept, "table": displays.keeping_table(kept), "stats": displays.keeping_stats(kept),
        "switches": displays.switch_table(kept.switches, Address("")),
    }  # fmt: skip
    return render(request, "privacy/retention.html", context)


@page(DECIDE)
@require_POST
def count_now(request: PageRequest) -> HttpResponseBase:
    """Count what is beyond its term."""
    retention.ask_for_count(actor=request.actor)
    messages.success(request, _("已开始测算，稍后刷新本页查看。"))
    return redirect("privacy:retention")


@page(DECIDE)
def switch_list_page(request: PageRequest) -> HttpResponse:
    """Who switched deletion on and off, and where."""
    address = Address.of(request)
    rows = reads.switch_list(request.scope, address.get("state"))
    shown = keyset_page(rows, ("-id",), address)
    context = {
        "page": shown,
        "table": displays.switch_table(shown.items, address),
        "count": capped_count(rows),
    }
    return render(request, "privacy/switch_list.html", context)


@page(DECIDE)
def switch_new(request: PageRequest) -> HttpResponseBase:
    """Propose that what is beyond its term goes by itself."""
    form = SwitchForm(request.POST or None, initial={"region": home_region(request.scope)})
    if request.method == "POST" and form.is_valid():
        try:
            made = retention.propose_switch(actor=request.actor, **form.cleaned_data)
            return redirect("privacy:switch_detail", made.pk)
        except Refused as refusal:
            form.add_error("region", refusal.message)
    context = {
        "heading": _("提出开启到期删除"), "name": _("保存期限"), "form": form, "cancel_url": reverse("privacy:retention"),
        "text": _("第二位个人信息保护专员批准后，每天自动删除超过期限的内容，不能恢复。"), "button": _("提出"),
    }  # fmt: skip
    return render(request, "core/confirm.html", context, status=422 if form.errors else 200)


@page(DECIDE)
def switch_detail(request: PageRequest, switch: UUID) -> HttpResponse:
    """One decision with its preview, and what may be done."""
    found = reads.switch_one(request.scope, switch)
    context = {
        "switch": found, "facts": displays.switch_facts(found), "preview": displays.preview_table(found),
        "terms": displays.terms_table(found), "mine": found.proposed_by == request.actor.actor_name,
    }  # fmt: skip
    return render(request, "privacy/switch_detail.html", context)


@page(DECIDE)
def switch_approve(request: PageRequest, switch: UUID) -> HttpResponseBase:
    """The second officer agrees."""
    found = reads.switch_one(request.scope, switch)
    if request.method == "POST":
        retention.approve_switch(actor=request.actor, switch=switch)
        messages.success(request, _("已开启。从下一次每日工作起删除，做完有凭证。"))
        return redirect("privacy:switch_detail", switch)
    context = {
        "heading": _("批准到期删除"), "name": _("保存期限"), "facts": displays.switch_facts(found), "button": _("批准并开启"),
        "text": _("批准后每天自动删除超过期限的内容，不能恢复；随时可以停止。"),
        "cancel_url": reverse("privacy:switch_detail", args=[switch]),
    }  # fmt: skip
    return render(request, "core/confirm.html", context)


@page(DECIDE)
@require_POST
def switch_end(request: PageRequest, switch: UUID) -> HttpResponseBase:
    """Stop, decline or take back."""
    retention.end_switch(actor=request.actor, switch=switch)
    messages.success(request, _("已停止。超过期限的内容从现在起只测算，不删除。"))
    return redirect("privacy:switch_detail", switch)


@page(DECIDE)
def proof_list_page(request: PageRequest) -> HttpResponse:
    """What went by its term."""
    address, rows = Address.of(request), reads.proof_list(request.scope)
    shown = keyset_page(rows, ("-id",), address)
    context = {
        "page": shown,
        "table": displays.proof_table(shown.items, address),
        "count": capped_count(rows),
    }
    return render(request, "privacy/proof_list.html", context)


@page(DECIDE)
def hold_list_page(request: PageRequest) -> HttpResponse:
    """What may not go for now."""
    address, rows = Address.of(request), reads.hold_list(request.scope)
    shown = keyset_page(rows, ("-id",), address)
    context = {"page": shown, "table": displays.hold_table(shown.items, address), "count": capped_count(rows)}
    return render(request, "privacy/hold_list.html", context)


@page(DECIDE)
def hold_detail(request: PageRequest, hold: UUID) -> HttpResponse:
    """One hold, with whom it is about and the officer's words."""
    found = reads.hold_one(request.scope, hold)
    context = {
        "held": found, "facts": displays.hold_facts(found), "number": displays.hold_number(found.hold),
        "stands": reads.stands(found.hold),
    }  # fmt: skip
    return render(request, "privacy/hold_detail.html", context)


@page(DECIDE)
def hold_new(request: PageRequest, kind: str, subject: UUID) -> HttpResponseBase:
    """Keep somebody's data for now."""
    shown = selectors.subject_shown(request.scope, kind, subject)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = holds.set_hold(
                actor=request.actor, subject_kind=kind, subject=subject, **form.cleaned_data
            )
            return redirect("privacy:hold_detail", made.pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {
        "heading": _("暂缓删除 {name} 的信息").format(name=shown.name), "name": shown.name, "form": form, "harmless": True,
        "text": _("暂缓期间既不按期限删除，也不能抹除；除保存和保护之外不得另作他用（个人信息保护法第四十七条）。"),
        "button": _("暂缓删除"), "cancel_url": shown.url,
    }  # fmt: skip
    return render(request, "core/confirm.html", context, status=422 if form.errors else 200)


@page(DECIDE)
@require_POST
def hold_release(request: PageRequest, hold: UUID) -> HttpResponseBase:
    """It is over."""
    holds.release_hold(actor=request.actor, hold=hold)
    messages.success(request, _("已解除。超过期限的，下一次每日工作时删除。"))
    return redirect("privacy:hold_list")
