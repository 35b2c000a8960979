"""Rows that wait for a clerk: the queue, and one row beside those whom it may mean."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.people.addresses import unveil, veil
from chelun.people.displays.ranks import source_name
from chelun.people.displays.waiting import REASONS, comparison_table, waiting_table
from chelun.people.forms import SettleForm
from chelun.people.forms_filters import UnresolvedFilter
from chelun.people.selectors import WaitingRow, unresolved_list, waiting_row
from chelun.people.selectors.lists import Filters
from chelun.people.selectors.unresolved import unresolved_sources
from chelun.people.services.settling import settle_unresolved
from chelun.people.views.shared import kind_names, linked_words, region_choices
from chelun.platform.privacy.services import note_opening


@page("people.edit")
def unresolved_list_page(request: PageRequest) -> HttpResponse:
    """The queue."""
    address, scope = Address.of(request), request.scope
    rows = unresolved_list(scope, Filters.of(dict(address.pairs)))
    found = keyset_page(rows, ("id",), address)
    form = UnresolvedFilter(
        request.GET, regions=region_choices(scope, address.get("region")), sources=unresolved_sources(scope),
        told=linked_words(scope, request.GET.dict()),
    )  # fmt: skip
    context = {
        "page": found, "table": waiting_table(found.items, kind_names(scope), address), "form": form,
        "address": address, "narrowed": bool(address.others(("after", "before"))), "count": capped_count(rows),
    }  # fmt: skip
    return render(request, "people/unresolved_list.html", context)


@page("people.edit")
def unresolved_detail(request: PageRequest, row: UUID) -> HttpResponseBase:
    """One row and its candidates; a POST decides."""
    waiting = waiting_row(request.scope, row)
    form = SettleForm(request.POST or None, persons=_persons(waiting), may_be_new=waiting.named)
    if request.method == "POST" and form.is_valid():
        return _settle(request, row, form.cleaned_data["person"])
    for candidate in waiting.candidates:
        note_opening(
            actor=request.actor,
            subject=candidate.card.person_id,
            subject_kind="person",
            regions=[candidate.card.home],
        )
    context = _context(request, waiting) | {"form": form}
    return render(request, "people/unresolved_detail.html", context, status=422 if form.errors else 200)


def _settle(request: PageRequest, row: UUID, chosen: str) -> HttpResponseBase:
    person = settle_unresolved(
        actor=request.actor, row=row, person=None if chosen == "new" else unveil(chosen)
    )
    messages.success(request, _("已认定。"))
    following = unresolved_list(request.scope).values_list("pk", flat=True).first()
    if following:
        return redirect("people:unresolved_detail", row=following)
    return redirect("people:person_detail", person)


def _persons(waiting: WaitingRow) -> list[tuple[str, str]]:
    return [
        (veil(each.card.person_id), _("就是 {letter} {name}").format(letter=letter, name=each.card.name))
        for letter, each in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", waiting.candidates, strict=False)
    ]


def _context(request: PageRequest, waiting: WaitingRow) -> dict[str, Any]:
    return {
        "row": waiting.row,
        "reason": _(REASONS[waiting.row.reason]) if waiting.row.reason in REASONS else "",
        "source": source_name(waiting.row.source),
        "table": comparison_table(waiting, kind_names(request.scope)),
        "list_url": reverse("people:unresolved_list"),
    }
