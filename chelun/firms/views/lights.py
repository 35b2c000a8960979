"""The list of firms by what their lights say."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page, minute
from chelun.firms.displays.lights import light_table
from chelun.firms.forms import LightFilter
from chelun.firms.selectors.lights import ORDER, LightFilters, last_review, light_list
from chelun.people.displays.known import known_tabs
from chelun.people.selectors.lists import is_one_county
from chelun.people.views.shared import may, region_choices
from chelun.platform.regions.words import PlaceValues, home_region, values_for


@page("people.view")
def light_list_page(request: PageRequest) -> HttpResponse:
    """Firms with their lights."""
    address, values = Address.of(request), values_for(home_region(request.scope))
    filters = LightFilters.of(dict(address.pairs))
    rows = light_list(request.scope, filters)
    found = keyset_page(rows, ORDER, address)
    one_place = is_one_county(request.scope, address.get("region"))
    table = light_table(found.items, values, values.kinds(), address, one_place=one_place)
    context = {
        "address": address, "form": filter_form(request, values), "page": found, "table": table,
        "count": capped_count(rows), "narrowed": bool(address.others(("cols", "after", "before"))),
        "tabs": known_tabs(light_list(request.scope, replace(filters, mentioned="")), address), **_around(request),
    }  # fmt: skip
    return render(request, "firms/light_list.html", context)


def filter_form(request: PageRequest, values: PlaceValues) -> LightFilter:
    """The filters of the list, bound to the address."""
    regions = region_choices(request.scope, request.GET.get("region", ""))
    return LightFilter(request.GET, regions=regions, kinds=values.kinds(), values=values)


def _around(request: PageRequest) -> dict[str, Any]:
    review = last_review()
    return {
        "may_export": may(request, "people.export"),
        "may_edit": may(request, "people.edit"),
        "query": request.GET.urlencode(),
        "as_of": minute(review.started_at) if review else "",
    }
