"""The lists as readers could have seen them at a moment: cards that stood then, of today or of the past."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from chelun.core.scope import Scope
from chelun.core.together import Together
from chelun.people.choices import PaperState
from chelun.people.reminders import Reminders
from chelun.people.selectors.joins import naming
from chelun.people.selectors.lists import (
    ENTERPRISE_ORDER,
    Filters,
    is_one_county,
    plainly_narrowed,
    region_scope,
    stands_before,
)
from chelun.people.selectors.papers import of_holders, said_of_papers
from chelun.people.selectors.search import Asked, person_condition, prefix_of_plate, read_or_initials
from chelun.people.services.intake.shelf import CREDENTIALS, PERSONS, SHELVES, Shelf
from chelun.platform.sheets.models import Batch

NOBODY = Q(pk__in=[])
STATE = "state"
KEPT_SINCE = "0013_past_cards"
"""The migration that made the tables of past cards."""


def list_then(scope: Scope, register: str, filters: Filters, moment: datetime) -> Together[Any]:
    """Cards that stood at a moment, in the order of today's list.

    Narrowed by what stands on the card itself; not by sources and imports, nor by fields of places. A plate finds whose
    card names it, a text persons, firms and plates by their names alone.
    """
    shelf, asked = SHELVES[register], filters
    if shelf is CREDENTIALS:
        asked = replace(filters, facets=tuple(each for each in filters.facets if each[0] != STATE))
    then, parts = THEN[register], []
    asks = Q() if filters.asked.kind == "nothing" else then.asked(scope, filters.asked)
    for rows in _stood(shelf, moment):
        narrowed = plainly_narrowed(rows, scope, asked).filter(_said(shelf, filters, moment), asks)
        parts.append(narrowed.filter(*_foremost(shelf, scope, filters, moment)))
    return Together(tuple(parts), then.order)


def kept_whole(moment: datetime) -> bool:
    """Whether what gave way since a moment was kept: not for the time before the upgrade that brought the cards of the past."""
    applied = MigrationRecorder.Migration.objects.filter(app="people", name=KEPT_SINCE).values_list(
        "applied", flat=True
    )
    since = applied.first()
    return since is None or moment >= since or not Batch.objects.filter(published_at__lt=since).exists()


def _stood(shelf: Shelf, moment: datetime) -> tuple[Any, Any]:
    """Cards of today, and of the past, that stood at a moment."""
    shown = Batch.objects.filter(published_at__lte=moment).values("id")
    begun = Q(batch__in=shown) | Q(batch=None, updated_at__lte=moment)
    lasting = Q(superseded_by=None) | ~Q(superseded_by__in=shown)
    return shelf.cards.filter(begun, lasting), shelf.past.filter(known_from__lte=moment, known_to__gt=moment)


def _foremost(shelf: Shelf, scope: Scope, filters: Filters, moment: datetime) -> Iterator[Any]:
    """As in today's list: of several places that knew the same subject then, one card only, unless it is searched for."""
    if is_one_county(scope, filters.region) or filters.asked.kind != "nothing":
        return
    reach = region_scope(scope, filters.region)
    for rows in _stood(shelf, moment):
        others = rows.in_scope(reach).filter(**{shelf.subject: OuterRef(shelf.subject)})
        yield ~Exists(others.filter(stands_before(shelf.card_model)))


def _said(shelf: Shelf, filters: Filters, moment: datetime) -> Q:
    condition = Q()
    if shelf is CREDENTIALS:
        standing = Reminders.of(localdate(moment)).conditions()
        for state in (value for name, value in filters.facets if name == STATE):
            condition &= standing.get(PaperState(state), Q()) if state in PaperState.values else Q(pk__in=[])
        condition &= said_of_papers(filters)
    if filters.enterprise:
        condition &= naming("enterprise", [filters.enterprise])
    if shelf is PERSONS and filters.platform:
        condition &= Q(platform=filters.platform)
    if shelf is PERSONS and filters.no_id:
        condition &= Q(has_id=False)
    return condition


def _person_then(scope: Scope, asked: Asked) -> Q:
    return prefix_of_plate(asked.text) if asked.kind == "plate" else person_condition(asked) or NOBODY


def _enterprise_then(scope: Scope, asked: Asked) -> Q:
    match asked.kind:
        case "uscc":
            return Q(uscc=asked.text)
        case "latin":
            return read_or_initials(asked.text)
        case "chinese":
            return Q(name__contains=asked.text)
    return NOBODY


def _vehicle_then(scope: Scope, asked: Asked) -> Q:
    match asked.kind:
        case "plate":
            return prefix_of_plate(asked.text)
        case "chinese":
            return Q(plate__startswith=asked.text)
    return NOBODY


@dataclass(frozen=True, slots=True)
class Then:
    """How a register's list of the past is ordered, and what a search finds in it: by what stands on the card."""

    order: tuple[str, ...]
    asked: Callable[[Scope, Asked], Q]


THEN: Mapping[str, Then] = {
    "person": Then(("pinyin", "id"), _person_then),
    "enterprise": Then(ENTERPRISE_ORDER, _enterprise_then),
    "vehicle": Then(("plate", "id"), _vehicle_then),
    "credential": Then(("valid_to", "id"), of_holders),
}
