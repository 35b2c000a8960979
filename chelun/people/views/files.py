"""The files of a person, a firm and a vehicle. Opening one is written down."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from chelun.core.errors import NotFound
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, Table
from chelun.people.displays.facts import alone_text, fact_lines
from chelun.people.displays.history import looks, moments
from chelun.people.displays.merges import merge_table
from chelun.people.displays.papers import papers_table
from chelun.people.displays.ties import (
    driver_table,
    enterprise_stats,
    source_table,
    vehicle_lines,
    work_table,
)
from chelun.people.displays.words import KindNames
from chelun.people.reminders import Reminders
from chelun.people.sections import Opened, lines_of, sections_of
from chelun.people.selectors import enterprise_file, person_file, vehicle_file
from chelun.people.selectors.facets import LIGHT
from chelun.people.selectors.merges import merges_behind, names_of
from chelun.people.selectors.papers import papers_of
from chelun.people.selectors.records import Held
from chelun.people.services.intake.credentials import holder_of
from chelun.people.timeline import happenings_of
from chelun.people.views.merging import joined_file
from chelun.people.views.shared import file_tabs, kind_names, may, part_of
from chelun.platform.privacy.keys import keys_of
from chelun.platform.privacy.models import AccessRecord
from chelun.platform.privacy.selectors import access_list
from chelun.platform.privacy.services import note_opening

MOST_LOOKS = 200


@page("people.view")
def person_detail(request: PageRequest, person: UUID) -> HttpResponse:
    """一人一档."""
    try:
        found = person_file(request.scope, person)
    except NotFound:
        return joined_file(request, "person", person)
    kinds = kind_names(request.scope)
    context = file_context(request, "person", found.held, kinds, found.card.enterprise_id) | {
        "card": found.card,
        "papers": papers_on(request, "person", found.held),
        "works": work_table(found.works, kinds, person if may(request, "people.edit") else None),
        "vehicles": vehicle_lines(found.vehicles),
    }
    return render(request, "people/person_detail.html", context)


@page("people.view")
def enterprise_detail(request: PageRequest, enterprise: UUID) -> HttpResponse:
    """一企一档."""
    try:
        found = enterprise_file(request.scope, enterprise)
    except NotFound:
        return joined_file(request, "enterprise", enterprise)
    context = file_context(request, "enterprise", found.held, kind_names(request.scope))
    context |= {"card": found.card, "platforms": found.platforms, "stats": enterprise_stats(found)}
    context["papers"] = papers_on(request, "enterprise", found.held)
    return render(request, "people/enterprise_detail.html", context)


@page("people.view")
def vehicle_detail(request: PageRequest, vehicle: UUID) -> HttpResponse:
    """A vehicle's file."""
    try:
        found = vehicle_file(request.scope, vehicle)
    except NotFound:
        return joined_file(request, "vehicle", vehicle)
    context = file_context(
        request, "vehicle", found.held, kind_names(request.scope), found.card.enterprise_id
    )
    context |= {"card": found.card, "drivers": driver_table(found.drivers)}
    context["papers"] = papers_on(request, "vehicle", found.held)
    context["light"] = found.card.gross_mass is not None and found.card.gross_mass <= LIGHT
    return render(request, "people/vehicle_detail.html", context)


def file_context(
    request: PageRequest, register: str, found: Held, kinds: KindNames, firm: UUID | None = None
) -> dict[str, Any]:
    """What every file has: facts, tabs, and the part that is asked for. Writes down that it was opened."""
    part, shown = part_of(request), looked_under(register, found)
    for (kind, leaf), homes in shown.items():
        note_opening(actor=request.actor, subject=leaf, subject_kind=kind, regions=homes)
    opened = Opened(register, found, request.scope, request.actor, kinds)
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "": lambda: {
            "facts": [
                *fact_lines(register, found, kinds, may_reveal=may(request, "secrets.reveal"), firm=firm),
                *lines_of(opened),
            ],
            "alone": alone_text(found),
            "sections": sections_of(opened),
        },
        "history": lambda: {"moments": moments(happenings_of(request.scope, register, found.parts))},
        "looks": lambda: {
            "moments": looks(register, _looked({(register, found.subject): found.homes, **shown}))
        },
    }
    return {
        "held": found, "part": part, "tabs": file_tabs(register, found.subject, part, {}), **parts[part](),
        "may_edit": may(request, "people.edit"), "may_register": may(request, "privacy.register"),
        "may_decide": may(request, "privacy.decide"), "sources": source_table(found.records),
        **_merged(request, found),
    }  # fmt: skip


def papers_on(request: PageRequest, register: str, found: Held) -> Table | None:
    """The papers of a file where its facts are shown; None on its other parts."""
    if part_of(request):
        return None
    cards = papers_of(request.scope, register, list(found.parts))
    return papers_table(cards, keys_of([card.credential_id for card in cards]), Reminders.of())


def looked_under(register: str, found: Held) -> dict[tuple[str, UUID], tuple[str, ...]]:
    """Under whom it is written down that a file was opened: under each of its leaves; of a paper under its holder."""
    if register == "credential":
        return {holder_of(found.cards[0]): found.homes}
    return {(register, leaf): homes for leaf, homes in found.parts.items()}


def _looked(shown: Mapping[tuple[str, UUID], Collection[str]]) -> list[AccessRecord]:
    """Who looked at any leaf of the file, or at the file as a whole, the newest first."""
    rows = [
        row
        for (_, leaf), homes in shown.items()
        for row in access_list(subject=leaf, regions=homes)[:MOST_LOOKS]
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)[:MOST_LOOKS]


def _merged(request: PageRequest, found: Held) -> dict[str, Any]:
    """Of which files this one is made, and whether the reader may join it with another."""
    merges, may_join = merges_behind(request.scope, found), may(request, "people.merge")
    names = names_of(request.scope, merges)
    table = merge_table(merges, names, Address(""), may_part=may_join) if merges else None
    return {"merges": table, "may_join": may_join, "joined": len(found.leaves) if found.joined else 0}
