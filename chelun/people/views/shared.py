"""What the pages of all three registers need: the reader's words, his regions, the parts of a file."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.pages import PageRequest
from chelun.core.scope import Scope
from chelun.core.ui import Tab
from chelun.people.displays.ranks import source_name
from chelun.people.displays.words import KindNames, place_name
from chelun.people.selectors import Filters
from chelun.people.selectors.facets import FACETS, value_words
from chelun.people.selectors.files import enterprise_name
from chelun.platform.regions.selectors import children, place
from chelun.platform.regions.words import home_region, values_for
from chelun.platform.sheets.selectors.imports import import_name

MOST_REGIONS = 400
PARTS = ("", "history", "looks")


def kind_names(scope: Scope) -> KindNames:
    """The kinds of work in use where the reader works, by the names that they have there."""
    return values_for(home_region(scope)).kinds()


def region_choices(scope: Scope, chosen: str = "") -> list[tuple[str, str]]:
    """The regions to which a list can be narrowed: below the reader's own, and below the one that is chosen."""
    home = home_region(scope)
    found: dict[str, str] = {}
    here = place(chosen) if chosen else None
    for code in (*(here.path_codes if here else ()), *_below(home), *(_below(chosen) if here else ())):
        known = place(code)
        if known is not None and (code != home or code == chosen):
            found[code] = known.name
    return list(found.items())[:MOST_REGIONS]


def linked_words(scope: Scope, query: Mapping[str, str]) -> dict[str, str]:
    """What the filters that only links set mean, in words: the firm's name, the import's file."""
    filters, told = Filters.of(query), {"unplaced": _("没有写明"), "first": _("由这次导入")}
    if filters.enterprise:
        told["enterprise"] = enterprise_name(scope, filters.enterprise) or _("查不到的企业")
    if filters.batch:
        told["batch"] = import_name(scope, filters.batch) or _("一次导入")
    if filters.source:
        told["source"] = source_name(filters.source)
    return told


def facet_words(register: str, query: Mapping[str, str]) -> dict[str, str]:
    """The values of what tells rows of a register apart, in words."""
    return {
        each.name: str(value_words(each, query[each.name]))
        for each in FACETS[register]
        if query.get(each.name)
    }


def entry_regions(scope: Scope) -> list[tuple[str, str]]:
    """The counties in which somebody may enter rows; a grant on a township or county is one."""
    found: dict[str, str] = {}
    for key in sorted(scope.keys("region")):
        here = place(key)
        if here is not None:
            found |= dict(_counties(here.code, here.level))
    return list(found.items())


def _counties(code: str, level: str) -> list[tuple[str, str]]:
    if level in ("county", "township"):
        return [(code, place_name(code))]
    below = [(child.code, child.level) for child in children(code)]
    if not below or all(level == "township" for _code, level in below):
        return [(code, place_name(code))]
    return [county for child, lower in below for county in _counties(child, lower)]


def _below(code: str) -> list[str]:
    return [child.code for child in children(code)]


def file_tabs(register: str, subject: UUID, current: str, counts: Mapping[str, str]) -> list[Tab]:
    """The parts of a file."""
    url = reverse(f"people:{register}_detail", args=[subject])
    labels = {"": _("档案"), "history": _("经过"), "looks": _("谁看过")}
    past = Tab(_("当时所知"), reverse("people:past", args=[register, subject]), current == "past")
    return [
        Tab(
            labels[part],
            f"{url}?{urlencode({'part': part})}" if part else url,
            part == current,
            counts.get(part, ""),
        )
        for part in PARTS
    ] + [past]


def part_of(request: PageRequest) -> str:
    """Which part of a file is asked for."""
    part = request.GET.get("part", "")
    return part if part in PARTS else ""


def may(request: HttpRequest, permission: str) -> bool:
    """Whether the reader holds a permission anywhere."""
    reader: Any = request.user
    return bool(reader.has(permission))
