"""Change requests: the list, proposing one, looking at one, checking it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.core.reasons import NUMBERED
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.desk.displays import (
    change_facts,
    change_table,
    check_moments,
    is_draft,
    is_mine,
    labels_of,
    line_table,
    secret_lines,
    who_of,
)
from chelun.desk.forms import ChangeFilter, CheckForm, DroppedField, ReasonField
from chelun.desk.holders import NAME as EVIDENCE
from chelun.desk.models import ChangeRequest
from chelun.desk.selectors import Change, change_detail, change_list, names_of, own_change, seen_of
from chelun.desk.services import (
    CHECK,
    FILE,
    REASONLESS,
    change_draft,
    hand_in,
    may_reveal,
    note_read,
    pass_change,
    propose_change,
    refuse_change,
    withdraw_change,
)
from chelun.people.forms import RowForm
from chelun.people.selectors.records import held
from chelun.people.services.door import RowRefused
from chelun.people.services.intake.shelf import SHELVES
from chelun.people.views.corrections import amending_form, shown_cells, wanted_home
from chelun.people.views.shared import may
from chelun.platform.evidence.displays import panel_of

ORDER = ("-id",)


@page(FILE)
def change_list_page(request: PageRequest) -> HttpResponse:
    """Change requests of the reader's places."""
    address, form = Address.of(request), ChangeFilter(request.GET, may_check=may(request, CHECK))
    rows = change_list(scope=request.scope, actor=request.actor, state=address.get("state"))
    found = keyset_page(rows, ORDER, address)
    table = change_table(found.items, names_of(found.items), address)
    context = {"page": found, "table": table, "form": form, "address": address, "count": capped_count(rows)}
    return render(request, "desk/change_list.html", context)


@page(FILE)
def change_new(request: PageRequest, person: UUID) -> HttpResponseBase:
    """Propose a change of what one place holds of a person."""
    return _new(request, "person", person)


@page(FILE)
def change_of_firm(request: PageRequest, enterprise: UUID) -> HttpResponseBase:
    """The same for a firm."""
    return _new(request, "enterprise", enterprise)


@page(FILE)
def change_of_vehicle(request: PageRequest, vehicle: UUID) -> HttpResponseBase:
    """The same for a vehicle."""
    return _new(request, "vehicle", vehicle)


def _new(request: PageRequest, register: str, subject: UUID) -> HttpResponseBase:
    found = held(request.scope, SHELVES[register], subject)
    home = wanted_home(request, found.homes)
    form = amending_form(request, register, subject, home)
    form.fields["reason"] = ReasonField()
    if request.method == "POST" and form.is_valid():
        made = _proposed(request, subject, home, form)
        if made is not None:
            return redirect("desk:change_detail", made.pk)
    back = reverse(f"people:{register}_detail", args=[subject])
    context = {"form": form, "name": str(found.cards[0]), "back_url": back, "heading": _("提出变更")}
    return render(request, "desk/change_new.html", context, status=422 if form.errors else 200)


def _proposed(request: PageRequest, subject: UUID, home: str, form: RowForm) -> ChangeRequest | None:
    """The request that was made; None when the form says what is wrong."""
    asked = _asked(request, form)
    return _told(
        form,
        lambda: propose_change(
            actor=request.actor, register=form.register, subject=subject, home=home, **asked
        ),
    )


def _asked(request: PageRequest, form: RowForm) -> dict[str, Any]:
    return {
        "raw": shown_cells(form), "reason": form.cleaned_data["reason"], "hand_in": "draft" not in request.POST,
    }  # fmt: skip


def _told(form: RowForm, act: Callable[[], ChangeRequest]) -> ChangeRequest | None:
    """What was done; None when the form says what is wrong."""
    try:
        return act()
    except RowRefused as refusal:
        form.take_problems(refusal.problems)
    except Refused as refusal:
        form.add_error("reason" if refusal.code in {REASONLESS, NUMBERED} else None, refusal.message)
    return None


@page(FILE)
def change_edit(request: PageRequest, change: UUID) -> HttpResponseBase:
    """Propose something else in a draft of one's own."""
    found = own_change(scope=request.scope, actor=request.actor, change=change)
    back = reverse("desk:change_detail", args=[change])
    if not is_draft(found):
        messages.info(request, _("这份申请已经不是草稿，不能再修改。"))
        return redirect(back)
    form = _draft_form(request, found)
    if request.method == "POST" and form.is_valid() and _changed(request, change, form):
        return redirect(back)
    context = {"form": form, "name": found.name, "back_url": back, "heading": _("修改草稿")}
    return render(request, "desk/change_new.html", context, status=422 if form.errors else 200)


def _changed(request: PageRequest, change: UUID, form: RowForm) -> ChangeRequest | None:
    asked = {**_asked(request, form), "dropped": form.cleaned_data.get("dropped", [])}
    return _told(form, lambda: change_draft(actor=request.actor, change=change, **asked))


def _draft_form(request: PageRequest, change: Change) -> RowForm:
    """The form with what is proposed; of a sensitive cell that stands masked beside it."""
    draft, secrets = change.request, secret_lines(change)
    proposed = {line.field: line.new for line in change.lines}
    form = amending_form(request, draft.register, draft.subject, draft.home, proposed)
    for name in secrets.keys() & form.fields.keys():
        form.fields[name].help_text = _("您提出改为：{value}。不改就留空。").format(value=secrets[name])
    unseen = [name for name in proposed if name in secrets or name not in form.fields]
    if unseen:
        labels = labels_of(draft.register, unseen)
        form.fields["dropped"] = DroppedField([(name, labels[name]) for name in unseen])
    form.fields["reason"] = ReasonField()
    form.initial["reason"] = draft.reason
    return form


@page(FILE)
def change_page(request: PageRequest, change: UUID) -> HttpResponse:
    """One request, line by line."""
    found = change_detail(scope=request.scope, actor=request.actor, change=change)
    note_read(request.actor, found.request)
    return _shown(request, found)


@page(CHECK)
@require_POST
def change_check(request: PageRequest, change: UUID) -> HttpResponseBase:
    """Say yes to some lines, or no."""
    found = change_detail(scope=request.scope, actor=request.actor, change=change)
    form = _check_form(request, found)
    if form.is_valid():
        try:
            _said(request, change, form)
            return redirect("desk:change_detail", change)
        except Refused as refusal:
            form.add_error("note" if refusal.code in {REASONLESS, NUMBERED} else None, refusal.message)
    form.show(seen_of(found.lines, found.standing))
    return _shown(request, found, form)


def _said(request: PageRequest, change: UUID, form: CheckForm) -> None:
    note = form.cleaned_data["note"]
    if "refuse" in request.POST:
        refuse_change(actor=request.actor, change=change, note=note)
        messages.success(request, _("已记下不同意，提出的人会看到理由。"))
        return
    taken, seen = form.cleaned_data["taken"], form.cleaned_data["seen"]
    done = pass_change(actor=request.actor, change=change, taken=taken, seen=seen, note=note)
    messages.success(request, _("已采纳，档案已更新。") if done.decided_at else _("已同意，等下一位审核。"))


@page(FILE)
@require_POST
def change_hand_in(request: PageRequest, change: UUID) -> HttpResponseBase:
    """Hand a draft in."""
    hand_in(actor=request.actor, change=change)
    messages.success(request, _("已提交，等待审核。"))
    return redirect("desk:change_detail", change)


@page(FILE)
@require_POST
def change_withdraw(request: PageRequest, change: UUID) -> HttpResponseBase:
    """Take one's own request back."""
    withdraw_change(actor=request.actor, change=change)
    messages.success(request, _("已撤回。"))
    return redirect("desk:change_detail", change)


def _check_form(request: PageRequest, change: Change) -> CheckForm:
    labels = labels_of(change.request.register, change.request.taken)
    fields = [(line.field, labels[line.field]) for line in change.lines if line.field in change.request.taken]
    initial = {"taken": [field for field, _label in fields], "seen": seen_of(change.lines, change.standing)}
    sent = request.POST if request.method == "POST" else None
    return CheckForm(sent, lines=fields, initial=initial)


def _shown(request: PageRequest, change: Change, form: CheckForm | None = None) -> HttpResponse:
    may_check, who = may(request, CHECK) and change.may_check(request.actor), who_of(change)
    context = {
        "change": change, "facts": change_facts(change, who), "table": line_table(change, may_reveal=may_reveal(request.actor, change)),
        "moments": check_moments(change.request.register, change.checks, who),
        "file_url": reverse(f"people:{change.request.register}_detail", args=[change.request.subject]), "mine": is_mine(change, request.actor), "draft": is_draft(change),
        "section": panel_of(request.actor, EVIDENCE, change.request.pk),
        "form": (form or _check_form(request, change)) if may_check else None,
    }  # fmt: skip
    return render(request, "desk/change_detail.html", context, status=422 if form and form.errors else 200)
