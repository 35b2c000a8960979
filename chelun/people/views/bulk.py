"""Joining all plates without a colour of a place in one act: what would be joined, the act, its progress, its undoing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, keyset_page, number
from chelun.people.displays.bulk import (
    bulk_state,
    bulk_stats,
    bulk_table,
    bulk_who,
    chosen_keys,
    left_facts,
    place_table,
    verdict_tabs,
)
from chelun.people.displays.likeness import likeness_table
from chelun.people.displays.merges import bulk_stays_facts
from chelun.people.displays.words import place_name
from chelun.people.forms import PartForm
from chelun.people.models import BulkMerge
from chelun.people.rules.plates import JOIN, LEFT_OUT
from chelun.people.selectors.likeness import with_cards
from chelun.people.selectors.lists import is_one_county, narrowed
from chelun.people.selectors.merges import bulk_stays
from chelun.people.selectors.plates import (
    bulk_in,
    bulk_list,
    judged,
    pairs_of_plates,
    places_with_plates,
    standing_of,
)
from chelun.people.services.bulk_merging import begin_joining, begin_parting, go_on
from chelun.people.services.merging import MERGE
from chelun.people.views.shared import kind_names
from chelun.platform.jobs.selectors import job_of
from chelun.platform.regions.words import home_region

FEW = 20


@page(MERGE)
def bulk_merge_new(request: PageRequest) -> HttpResponseBase:
    """What would be joined in a place, what is left out and why; a POST with a reason has it joined."""
    home = _home(request)
    form = PartForm(
        request.POST or None, label=_("合并理由"), example=_("至少 4 个字，例如“名单没写颜色，台账同号只有一辆”。不要写姓名和号码。")
    )  # fmt: skip
    if request.method == "POST" and home and form.is_valid():
        try:
            bulk = begin_joining(actor=request.actor, region=home, reason=form.cleaned_data["reason"])
            return redirect("people:bulk_merge", bulk.pk)
        except Refused as refusal:
            form.add_error("reason", refusal.message)
    context = {"form": form, **(_preview(request, home) if home else _places(request))}
    return render(request, "people/bulk_merge_new.html", context, status=422 if form.errors else 200)


def _home(request: PageRequest) -> str:
    """The place that is asked for, else the reader's own county; '' where he has to choose one."""
    asked = request.GET.get("region", "")[:6]
    narrowed(request.scope, asked)  # NotFound for a foreign one
    return asked or (home_region(request.scope) if is_one_county(request.scope) else "")


def _preview(request: PageRequest, home: str) -> dict[str, Any]:
    address, rows = Address.of(request), pairs_of_plates(home)
    why = address.get("why") or JOIN
    if why not in (JOIN, *LEFT_OUT):
        raise Http404
    found = judged(request.scope, rows)
    shown = keyset_page(rows.filter(pk__among=chosen_keys(found, why)), ("id",), address, size=FEW)
    table = likeness_table(
        with_cards(request.scope, shown.items), kind_names(request.scope), address, may_join=True, one_place=True
    )  # fmt: skip
    done, ready = list(bulk_list(request.scope, home)[:FEW]), len(chosen_keys(found, JOIN))
    left = len(found) - ready
    return {
        "home": home, "place": place_name(home), "why": why, "tabs": verdict_tabs(found, home, why), "page": shown,
        "table": table, "ready": ready, "left": left, "ready_shown": number(ready), "left_shown": number(left),
        "done": bulk_table(done, Address("")) if done else None,
    }  # fmt: skip


def _places(request: PageRequest) -> dict[str, Any]:
    return {"places": place_table(places_with_plates(request.scope))}


@page(MERGE)
def bulk_merge_page(request: PageRequest, bulk: UUID) -> HttpResponse:
    """One act: how far it is, what it joined and left out, and what can be done with it."""
    found = bulk_in(request.scope, bulk)
    job, standing, who = job_of(found.job_id), standing_of(found), bulk_who([found])
    at_work = job is not None and job.is_live
    over = bool(found.parted_at or (found.ended_at and not found.undone_at))
    context = {
        "bulk": found, "place": place_name(found.home), "job": job, "state": bulk_state(found, who, job), "at_work": at_work,
        "by": who[found.home, found.made_by],
        "stats": bulk_stats(found, standing), "left": left_facts(found), "may_go_on": not at_work and not over,
        "may_undo": not at_work and found.undone_at is None and bool(standing.stand),
    }  # fmt: skip
    return render(request, "people/bulk_merge.html", context)


@page(MERGE)
def bulk_merge_undo(request: PageRequest, bulk: UUID) -> HttpResponseBase:
    """Undo all links of an act that still stand, for a reason."""
    found = bulk_in(request.scope, bulk)
    form = PartForm(
        request.POST or None, example=_("至少 4 个字，例如“两本台账的车牌对不上”。不要写姓名和号码。")
    )
    if request.method == "POST" and form.is_valid():
        try:
            begin_parting(actor=request.actor, bulk=found, reason=form.cleaned_data["reason"])
            messages.success(request, _("已开始整批拆分。"))
            return redirect("people:bulk_merge", bulk)
        except Refused as refusal:
            form.add_error("reason", refusal.message)
    return render(
        request, "core/confirm.html", _undo(request, found, form), status=422 if form.errors else 200
    )


def _undo(request: PageRequest, found: BulkMerge, form: PartForm) -> dict[str, Any]:
    stays, stand = bulk_stays(request.scope, found), standing_of(found).stand
    text = ngettext(
        "这次批量合并里仍然合并着的 {n} 对一起拆开，各按自己的来源重新汇总；手工合并的、已经单独拆开的不动。合并以后的更正留在有颜色的那份上，拆分后不对的再更正。",
        "这次批量合并里仍然合并着的 {n} 对一起拆开，各按自己的来源重新汇总；手工合并的、已经单独拆开的不动。合并以后的更正留在有颜色的那份上，拆分后不对的再更正。",
        stand,
    )
    return {
        "heading": _("整批拆分"), "button": _("整批拆分"), "form": form, "text": text.format(n=number(stand)),
        "facts": bulk_stays_facts(stays, kind_names(request.scope)), "name": _("批量合并"),
        "cancel_url": reverse("people:bulk_merge", args=[found.pk]),
    }  # fmt: skip


@page(MERGE)
@require_POST
def bulk_merge_go_on(request: PageRequest, bulk: UUID) -> HttpResponse:
    """Go on with what was cut off."""
    go_on(actor=request.actor, bulk=bulk_in(request.scope, bulk))
    return redirect("people:bulk_merge", bulk)
