"""The lists, with what narrows them kept in the address."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.core.ui.formats import CAP
from chelun.people.displays.known import ASKED, known_tabs
from chelun.people.displays.lists import LISTINGS
from chelun.people.displays.lists_then import then_note, then_table
from chelun.people.forms_filters import (
    CredentialFilter,
    EnterpriseFilter,
    ListFilter,
    PersonFilter,
    VehicleFilter,
)
from chelun.people.selectors import Filters
from chelun.people.selectors.lists_then import kept_whole, list_then
from chelun.people.selectors.owned import own_at
from chelun.people.views.shared import facet_words, kind_names, linked_words, may, region_choices
from chelun.platform.sheets.batches import hidden_batches

OWN_CAP = 500
"""A list that is narrowed by a field of a place is counted no further: the more cards have the value, the sooner."""


@page("people.view")
def person_list_page(request: PageRequest) -> HttpResponse:
    """Persons on file."""
    return _listed(request, "person")


@page("people.view")
def enterprise_list_page(request: PageRequest) -> HttpResponse:
    """Firms on file."""
    return _listed(request, "enterprise")


@page("people.view")
def vehicle_list_page(request: PageRequest) -> HttpResponse:
    """Vehicles on file."""
    return _listed(request, "vehicle")


@page("people.view")
def credential_list_page(request: PageRequest) -> HttpResponse:
    """Papers on file."""
    return _listed(request, "credential")


def _listed(request: PageRequest, register: str) -> HttpResponse:
    asked, listing = _asked(request, register), LISTINGS[register]
    if asked["filters"].known:
        return _listed_then(request, register, asked)
    rows = listing.rows(request.scope, asked["filters"])
    cap = OWN_CAP if asked["filters"].own else CAP
    count = capped_count(rows, cap)
    # What nobody of a million says takes a walk to find out: one is enough.
    shown = rows if count.value else rows.none()
    found = keyset_page(shown, listing.order, asked["address"], keys_first=bool(hidden_batches()))
    table = listing.table(request.scope, found.items, asked["kinds"], asked["address"])
    context = {**asked, "page": found, "table": table, "count": count, **_end(request)}
    if register == "enterprise":
        context["tabs"] = known_tabs(
            listing.rows(request.scope, _whatever_known(asked["filters"])), asked["address"]
        )
    return render(request, f"people/{register}_list.html", context)


def _whatever_known(filters: Filters) -> Filters:
    return replace(filters, facets=tuple(each for each in filters.facets if each[0] != ASKED))


def _listed_then(request: PageRequest, register: str, asked: dict[str, Any]) -> HttpResponse:
    """The list as it was at a moment; it is not exported, and opens to the files as they were then."""
    moment = asked["filters"].known
    rows = list_then(request.scope, register, asked["filters"], moment)
    found = keyset_page(rows, rows.order, asked["address"])
    table = then_table(request.scope, register, found.items, asked["kinds"], asked["address"], moment)
    note = then_note(moment, whole=kept_whole(moment))
    context = {**asked, "page": found, "table": table, "count": capped_count(rows), "note": note}
    return render(request, f"people/{register}_list.html", context)


FORMS: dict[str, type[ListFilter]] = {
    "person": PersonFilter,
    "enterprise": EnterpriseFilter,
    "vehicle": VehicleFilter,
    "credential": CredentialFilter,
}


def filter_form(request: PageRequest, register: str) -> ListFilter:
    """The filters of a list, bound to the address."""
    regions = region_choices(request.scope, request.GET.get("region", ""))
    query = request.GET.dict()
    told = {**linked_words(request.scope, query), **facet_words(register, query)}
    own = own_at(request.scope, register, request.GET.get("region", ""))
    return FORMS[register](request.GET, regions=regions, kinds=kind_names(request.scope), told=told, own=own)


def _asked(request: PageRequest, register: str) -> dict[str, Any]:
    """What the reader asks for: address, form, filters, and the words of his place."""
    address = Address.of(request)
    form = filter_form(request, register)
    filters = Filters.of(dict(address.pairs))
    return {
        "address": address, "form": form, "filters": filters, "kinds": form.kinds, "advice": filters.asked.advice,
        "narrowed": bool(address.others(("cols", "after", "before", "sort"))),
    }  # fmt: skip


def _end(request: PageRequest) -> dict[str, Any]:
    return {
        "may_edit": may(request, "people.edit"),
        "may_import": may(request, "sheets.import"),
        "may_export": may(request, "people.export"),
        "query": request.GET.urlencode(),
    }
