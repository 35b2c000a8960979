"""Which source outweighs which: the rules of a place, a change with its preview, and what is decided on it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, keyset_page
from chelun.people.displays.rank_pages import (
    change_stats,
    change_table,
    changes_table,
    count_table,
    proposer,
    register_name,
    rule_parts,
    sample_table,
)
from chelun.people.displays.words import place_name
from chelun.people.forms_ranks import RankForm, names_to_write
from chelun.people.models import RankChange
from chelun.people.selectors.ranks import known_sources, rank_change_get, rank_changes, rules_of, samples_of
from chelun.people.services.intake.shelf import SHELVES
from chelun.people.services.ranks import begin_apply, drop_change, is_cut_off, propose_rank, rule_in_force
from chelun.people.views.shared import kind_names, may, region_choices
from chelun.platform.jobs.selectors import job_of
from chelun.platform.regions.words import home_region


@page("people.view")
def rank_list(request: PageRequest) -> HttpResponse:
    """The rules of a place, and the changes that were proposed."""
    address, region = Address.of(request), _region(request)
    rules = rules_of(request.scope, region) if region else []
    found = keyset_page(rank_changes(request.scope), ("-proposed_at", "id"), address, size=20)
    context = {
        "rules": rule_parts(rules), "region": region, "place": place_name(region) if region else "", "page": found,
        "regions": region_choices(request.scope, region), "changes": changes_table(found.items),
        "may_decide": may(request, "people.rank"),
    }  # fmt: skip
    return render(request, "people/rank_list.html", context)


@page("people.rank")
def rank_new(request: PageRequest, register: str) -> HttpResponseBase:
    """Write a rule for a place; a POST has it previewed."""
    region = _region(request)
    if register not in SHELVES or not region:
        raise Http404
    sources = known_sources(request.scope, region)
    lines = rule_in_force(region, register)
    form = RankForm(request.POST or None, register=register, lines=lines, sources=sources)
    if (
        request.method == "POST"
        and form.is_valid()
        and (change := _proposed(request, register, region, form))
    ):
        return redirect("people:rank_change", change.pk)
    context = {
        "form": form, "names": names_to_write(sources), "place": place_name(region), "region": region,
        "register": register_name(register),
    }  # fmt: skip
    return render(request, "people/rank_new.html", context, status=422 if form.errors else 200)


@page("people.view")
def rank_change(request: PageRequest, rank: UUID) -> HttpResponse:
    """One change: what it alters, what its preview counted, and what was decided."""
    found = rank_change_get(request.scope, rank)
    kinds = kind_names(request.scope)
    context: dict[str, Any] = {
        "change": found, "by": proposer(found), "place": place_name(found.home), "register": register_name(found.register),
        "table": change_table(found), "stats": change_stats(found), "counts": count_table(found),
        "samples": sample_table(found, samples_of(request.scope, found), kinds), "job": job_of(found.job_id),
        "may_decide": may(request, "people.rank"), "cut_off": is_cut_off(found),
    }  # fmt: skip
    return render(request, "people/rank_change.html", context)


@page("people.rank")
@require_POST
def rank_apply(request: PageRequest, rank: UUID) -> HttpResponse:
    """Let a previewed rule come into force."""
    begin_apply(actor=request.actor, change=rank_change_get(request.scope, rank))
    return redirect("people:rank_change", rank)


@page("people.rank")
@require_POST
def rank_drop(request: PageRequest, rank: UUID) -> HttpResponse:
    """Give a proposal up."""
    drop_change(actor=request.actor, change=rank_change_get(request.scope, rank))
    return redirect("people:rank_change", rank)


def _region(request: PageRequest) -> str:
    """The place whose rules are asked for: the one in the address, else the reader's own."""
    return request.GET.get("region", "")[:6] or home_region(request.scope)


def _proposed(request: PageRequest, register: str, region: str, form: RankForm) -> RankChange | None:
    try:
        return propose_rank(
            actor=request.actor, region=region, register=register, lines=form.lines(), reason=form.cleaned_data["reason"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None
