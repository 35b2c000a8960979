"""The files of a person, a firm and a vehicle. Opening one is written down."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from chelun.core.pages import PageRequest, page
from chelun.people.displays.facts import fact_lines
from chelun.people.displays.history import looks, moments
from chelun.people.displays.ties import (
    driver_table,
    enterprise_stats,
    source_table,
    vehicle_lines,
    work_table,
)
from chelun.people.displays.words import KindNames
from chelun.people.sections import Opened, sections_of
from chelun.people.selectors import enterprise_file, person_file, vehicle_file
from chelun.people.selectors.records import Held
from chelun.people.timeline import happenings
from chelun.people.views.shared import file_tabs, kind_names, may, part_of
from chelun.platform.privacy.selectors import access_list
from chelun.platform.privacy.services import note_opening

MOST_LOOKS = 200


@page("people.view")
def person_detail(request: PageRequest, person: UUID) -> HttpResponse:
    """一人一档."""
    found = person_file(request.scope, person)
    kinds = kind_names(request.scope)
    context = _file(request, "person", found.held, kinds, found.card.enterprise_id) | {
        "card": found.card,
        "works": work_table(found.works, kinds, person if may(request, "people.edit") else None),
        "vehicles": vehicle_lines(found.vehicles),
    }
    return render(request, "people/person_detail.html", context)


@page("people.view")
def enterprise_detail(request: PageRequest, enterprise: UUID) -> HttpResponse:
    """一企一档."""
    found = enterprise_file(request.scope, enterprise)
    context = _file(request, "enterprise", found.held, kind_names(request.scope))
    context |= {"card": found.card, "platforms": found.platforms, "stats": enterprise_stats(found)}
    return render(request, "people/enterprise_detail.html", context)


@page("people.view")
def vehicle_detail(request: PageRequest, vehicle: UUID) -> HttpResponse:
    """A vehicle's file."""
    found = vehicle_file(request.scope, vehicle)
    context = _file(request, "vehicle", found.held, kind_names(request.scope), found.card.enterprise_id)
    context |= {"card": found.card, "drivers": driver_table(found.drivers)}
    return render(request, "people/vehicle_detail.html", context)


def _file(
    request: PageRequest, register: str, found: Held, kinds: KindNames, firm: UUID | None = None
) -> dict[str, Any]:
    """What every file has: facts, tabs, and the part that is asked for. Writes down that it was opened."""
    part = part_of(request)
    note_opening(actor=request.actor, subject=found.subject, subject_kind=register, regions=found.homes)
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "": lambda: {
            "facts": fact_lines(register, found, kinds, may_reveal=may(request, "secrets.reveal"), firm=firm),
            "sections": sections_of(Opened(register, found, request.scope, request.actor, kinds)),
        },
        "history": lambda: {
            "moments": moments(happenings(request.scope, register, found.subject, found.homes))
        },
        "looks": lambda: {
            "moments": looks(register, access_list(subject=found.subject, regions=found.homes)[:MOST_LOOKS])
        },
    }
    return {
        "held": found, "part": part, "tabs": file_tabs(register, found.subject, part, {}), **parts[part](),
        "may_edit": may(request, "people.edit"), "may_register": may(request, "privacy.register"), "may_decide": may(request, "privacy.decide"), "sources": source_table(found.records),
    }  # fmt: skip
