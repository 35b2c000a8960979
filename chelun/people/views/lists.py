"""The three lists, with what narrows them kept in the address."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.people.displays.tables import enterprise_table, person_table, vehicle_table
from chelun.people.forms import EnterpriseFilter, ListFilter, PersonFilter, VehicleFilter
from chelun.people.selectors import Filters, enterprise_list, person_list, staff_counts, vehicle_list
from chelun.people.selectors.lists import ENTERPRISE_ORDER, PERSON_ORDER, VEHICLE_ORDER
from chelun.people.views.shared import kind_names, may, region_choices
from chelun.platform.privacy.keys import keys_of


@page("people.view")
def person_list_page(request: PageRequest) -> HttpResponse:
    """Persons on file."""
    asked = _asked(request, "person")
    rows = person_list(request.scope, asked["filters"])
    found = keyset_page(rows, PERSON_ORDER, asked["address"])
    keys = keys_of([card.person_id for card in found.items])
    table = person_table(found.items, keys, asked["kinds"], asked["address"])
    return render(
        request, "people/person_list.html", {**asked, "page": found, "table": table, **_end(request, rows)}
    )


@page("people.view")
def enterprise_list_page(request: PageRequest) -> HttpResponse:
    """Firms on file."""
    asked = _asked(request, "enterprise")
    rows = enterprise_list(request.scope, asked["filters"])
    found = keyset_page(rows, ENTERPRISE_ORDER, asked["address"])
    staff = staff_counts(request.scope, [card.enterprise_id for card in found.items])
    table = enterprise_table(found.items, staff, asked["kinds"], asked["address"])
    context = {**asked, "page": found, "table": table, **_end(request, rows)}
    return render(request, "people/enterprise_list.html", context)


@page("people.view")
def vehicle_list_page(request: PageRequest) -> HttpResponse:
    """Vehicles on file."""
    asked = _asked(request, "vehicle")
    rows = vehicle_list(request.scope, asked["filters"])
    found = keyset_page(rows, VEHICLE_ORDER, asked["address"])
    table = vehicle_table(found.items, asked["kinds"], asked["address"])
    return render(
        request, "people/vehicle_list.html", {**asked, "page": found, "table": table, **_end(request, rows)}
    )


FORMS: dict[str, type[ListFilter]] = {
    "person": PersonFilter,
    "enterprise": EnterpriseFilter,
    "vehicle": VehicleFilter,
}


def filter_form(request: PageRequest, register: str) -> ListFilter:
    """The filters of a list, bound to the address."""
    regions = region_choices(request.scope, request.GET.get("region", ""))
    return FORMS[register](request.GET, regions=regions, kinds=kind_names(request.scope))


def _asked(request: PageRequest, register: str) -> dict[str, Any]:
    """What the reader asks for: address, form, filters, and the words of his place."""
    address = Address.of(request)
    form = filter_form(request, register)
    filters = Filters.of(dict(address.pairs))
    return {
        "address": address, "form": form, "filters": filters, "kinds": form.kinds, "advice": filters.asked.advice,
        "narrowed": bool(address.others(("cols", "after", "before", "sort"))),
    }  # fmt: skip


def _end(request: PageRequest, rows: Any) -> dict[str, Any]:
    return {
        "count": capped_count(rows),
        "may_edit": may(request, "people.edit"),
        "may_import": may(request, "sheets.import"),
        "may_export": may(request, "people.export"),
        "query": request.GET.urlencode(),
    }
