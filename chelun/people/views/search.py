"""The one search box over all three registers. Numbers of persons are sent by POST, so that they stand in no address."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, Table
from chelun.people.displays.tables import enterprise_table, person_table, vehicle_table
from chelun.people.forms import SearchForm
from chelun.people.selectors import (
    Asked,
    Filters,
    enterprise_list,
    person_list,
    recognise,
    staff_counts,
    vehicle_list,
)
from chelun.people.selectors.lists import firms_named, is_one_county
from chelun.people.services.lookups import note_lookup
from chelun.people.views.shared import kind_names
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.batches import hidden_batches

MOST = 20


@page("people.view")
def search(request: PageRequest) -> HttpResponseBase:
    """Find persons, firms and vehicles by whatever is known of them."""
    typed = str((request.POST if request.method == "POST" else request.GET).get("q", ""))
    asked = recognise(typed)
    if request.method == "POST" and not asked.unspeakable:
        return redirect(f"{reverse('people:search')}?{urlencode({'q': typed})}")
    if asked.unspeakable and request.method != "POST":
        return redirect("people:search")
    return render(request, "people/search.html", _found(request, asked, typed))


def _found(request: PageRequest, asked: Asked, typed: str) -> dict[str, Any]:
    """The form, and a table for each register in which something was found."""
    tables = _tables(request, asked) if asked.kind not in ("nothing", "refused") else []
    return {
        "form": SearchForm({"q": "" if asked.unspeakable else typed}),
        "asked": asked,
        "tables": tables,
        "query": "" if asked.unspeakable else urlencode({"q": typed}),
    }


def _tables(request: PageRequest, asked: Asked) -> list[dict[str, Any]]:
    scope, nowhere = request.scope, Address("")
    if asked.kind == "chinese":
        asked = replace(asked, firms=firms_named(scope, hidden_batches(), asked))
    filters = Filters(asked=asked)
    kinds, one_place = kind_names(scope), is_one_county(scope)
    persons = list(person_list(scope, filters)[: MOST + 1])
    if asked.secret:
        note_lookup(actor=request.actor, asked=asked, found=persons)
    firms = list(enterprise_list(scope, filters)[: MOST + 1])
    vehicles = list(vehicle_list(scope, filters)[: MOST + 1])
    keys = keys_of([card.person_id for card in persons[:MOST]])
    staff = staff_counts(scope, [card.enterprise_id for card in firms[:MOST]])
    found: list[tuple[str, list[Any], Table]] = [
        ("person", persons, person_table(persons[:MOST], keys, kinds, nowhere, one_place=one_place)),
        ("enterprise", firms, enterprise_table(firms[:MOST], staff, kinds, nowhere, one_place=one_place)),
        ("vehicle", vehicles, vehicle_table(vehicles[:MOST], kinds, nowhere, one_place=one_place)),
    ]
    return [
        {"register": name, "table": table, "more": len(rows) > MOST, "url": reverse(f"people:{name}_list")}
        for name, rows, table in found
        if rows
    ]
