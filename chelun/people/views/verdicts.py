"""The rows of sources that others confirmed or contradicted."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.people.displays.ranks import source_name
from chelun.people.displays.verdicts import BY_NAMES, verdict_table
from chelun.people.forms_filters import VerdictFilter
from chelun.people.selectors.lists import is_one_county
from chelun.people.selectors.verdicts import ORDER, VerdictFilters, verdict_list, with_rows
from chelun.people.views.shared import region_choices


@page("people.view")
def verdict_list_page(request: PageRequest) -> HttpResponse:
    """The rows behind the numbers of truthfulness."""
    address, scope = Address.of(request), request.scope
    filters = VerdictFilters.of(dict(address.pairs))
    rows = verdict_list(scope, filters)
    found = keyset_page(rows, ORDER, address)
    told = {"source": source_name(filters.source), "by": _(BY_NAMES.get(filters.by, filters.by))}
    context = {
        "page": found, "address": address, "count": capped_count(rows),
        "table": verdict_table(
            with_rows(scope, found.items), address, one_place=is_one_county(scope, filters.region)
        ),
        "form": VerdictFilter(request.GET, regions=region_choices(scope, filters.region), told=told),
        "narrowed": bool(address.others(("cols", "after", "before"))),
    }  # fmt: skip
    return render(request, "people/verdict_list.html", context)
