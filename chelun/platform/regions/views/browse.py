"""The directory of regions: anybody who is logged in may read it, it holds nothing but public codes."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from chelun.core.errors import NotFound
from chelun.core.pages import PageRequest, own_page
from chelun.core.scope import Node, Scope
from chelun.core.ui import Address
from chelun.platform.regions import directory
from chelun.platform.regions.forms import RegionSearchForm
from chelun.platform.regions.outlines.store import COUNTRY
from chelun.platform.regions.selectors import Place, children, place, region_search

_MOST = 50


@own_page
def region_list(request: PageRequest) -> HttpResponseBase:
    """All provinces, on a map and in a table."""
    context = {
        "form": RegionSearchForm(),
        "address": Address("/"),
        "chart": directory.children_chart(COUNTRY),
    }
    return render(request, "regions/region_list.html", context)


@own_page
def search(request: PageRequest) -> HttpResponseBase:
    """Regions that fit what is written: a page, or options for a field that is being filled in."""
    text = request.GET.get("q") or request.GET.get(request.GET.get("field", ""), "")
    within = request.GET.get("within", "")
    scope = Scope.of([Node("region", within)]) if within else Scope.everything()
    found = region_search(text[:80], scope=scope, limit=_MOST)
    if request.htmx:
        response = render(request, "regions/region_options.html", {"found": _offered(found), "text": text})
    else:
        context = {"form": RegionSearchForm({"q": text}), "table": directory.found_table(found), "text": text}
        response = render(request, "regions/region_search.html", {**context, "address": Address.of(request)})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _offered(found: tuple[Place, ...]) -> list[Place]:
    return [entry for entry in found if entry.in_force][:10]


@own_page
def region_detail(request: PageRequest, code: str) -> HttpResponseBase:
    """One region: what it is, what it was, what lies below it."""
    found = place(code)
    if found is None:
        raise NotFound
    chart = directory.children_chart(found.code) if found.in_force else None
    context = {
        "place": found,
        "links": directory.crumb_links(found),
        "facts": directory.facts(found),
        "moments": directory.history(found.code),
        "chart": chart,
        "table": None if chart else directory.townships_table(children(found.code)),
    }
    return render(request, "regions/region_detail.html", context)
