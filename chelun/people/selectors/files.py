"""一人一档, 一企一档 and the file of a vehicle: what the places in scope hold, and who is tied to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chelun.core.scope import Scope
from chelun.people.models import (
    DriverTie,
    Engagement,
    EnterpriseCard,
    PersonCard,
    VehicleCard,
    VersionedQuerySet,
)
from chelun.people.selectors.joins import Joins, Pair, cards_of, naming
from chelun.people.selectors.lists import staff_of
from chelun.people.selectors.records import Held, held
from chelun.people.services.intake.shelf import ENTERPRISES, PERSONS, VEHICLES
from chelun.platform.sheets.batches import hidden_batches

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Work:
    """An engagement with the firm's name as the same place writes it ('' when it has no card there any more)."""

    engagement: Engagement
    firm: str


@dataclass(frozen=True, slots=True)
class Driving:
    """A vehicle that a person drives, or a person who drives a vehicle: the tie and the other side's card."""

    tie: DriverTie
    plate: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A person as the places in scope know him."""

    held: Held
    card: PersonCard
    works: tuple[Work, ...]
    vehicles: tuple[Driving, ...]


@dataclass(frozen=True, slots=True)
class EnterpriseFile:
    """A firm as the places in scope know it: how many work for it today, how many vehicles it has, and the platforms
    for which its staff works."""

    held: Held
    card: EnterpriseCard
    platforms: tuple[str, ...]
    staff: int
    vehicles: int


@dataclass(frozen=True, slots=True)
class VehicleFile:
    """A vehicle as the places in scope know it."""

    held: Held
    card: VehicleCard
    drivers: tuple[Driving, ...]


def person_file(scope: Scope, person: UUID) -> PersonFile:
    """A person's file; NotFound when no place in scope knows him."""
    found = held(scope, PERSONS, person)
    card = found.cards[0]
    assert isinstance(card, PersonCard)
    return PersonFile(found, card, works_of(scope, person), _vehicles_of(scope, person))


def enterprise_file(scope: Scope, enterprise: UUID) -> EnterpriseFile:
    """A firm's file; NotFound when no place in scope knows it."""
    found = held(scope, ENTERPRISES, enterprise)
    card = found.cards[0]
    assert isinstance(card, EnterpriseCard)
    staff = staff_of(scope, hidden_batches(), [enterprise])
    named = staff.exclude(platform="").order_by("platform")
    vehicles = (
        VehicleCard.objects.in_scope(scope)
        .visible(hidden_batches())
        .filter(naming("enterprise", [enterprise]))
    )
    return EnterpriseFile(
        found,
        card,
        tuple(named.values_list("platform", flat=True).distinct()[:50]),
        staff.values("person").distinct().count(),
        vehicles.values("vehicle").distinct().count(),
    )


def vehicle_file(scope: Scope, vehicle: UUID) -> VehicleFile:
    """A vehicle's file; NotFound when no place in scope knows it."""
    found = held(scope, VEHICLES, vehicle)
    card = found.cards[0]
    assert isinstance(card, VehicleCard)
    return VehicleFile(found, card, _drivers_of(scope, vehicle))


def enterprise_name(scope: Scope, enterprise: UUID) -> str:
    """A firm's name as a place in scope writes it; '' when none knows it."""
    cards = EnterpriseCard.objects.in_scope(scope).visible(hidden_batches())
    cards = cards.filter(enterprise__in={enterprise, *Joins.around([enterprise]).leaves})
    return cards.values_list("name", flat=True).first() or ""


def works_of(scope: Scope, person: UUID) -> tuple[Work, ...]:
    """All engagements of a person in scope, those that go on first, then the newest."""
    hidden = hidden_batches()
    rows = list(Engagement.objects.in_scope(scope).visible(hidden).filter(person=person))
    firms = cards_of(scope, ENTERPRISES, {(row.enterprise_id, row.home) for row in rows if row.enterprise_id})
    rows.sort(key=lambda row: (row.to_date is None, str(row.to_date or row.from_date or "")), reverse=True)
    return tuple(Work(row, str(firms.get(_firm_of(row), ""))) for row in _once(rows, firms))


def _once(rows: Iterable[Engagement], firms: Mapping[Pair, Any]) -> list[Engagement]:
    """Of several ties to one firm, named by its leaves, the first: they say the same."""
    found: dict[Any, Engagement] = {}
    for row in rows:
        card = firms.get(_firm_of(row))
        firm = card.enterprise_id if card else row.enterprise_id
        found.setdefault((firm, row.home, row.kind, row.platform, row.to_date), row)
    return list(found.values())


def _firm_of(row: Engagement) -> Pair:
    return row.enterprise_id or NOBODY, row.home


def _vehicles_of(scope: Scope, person: UUID) -> tuple[Driving, ...]:
    ties = _ties(scope).filter(person=person).select_related("vehicle")
    found: dict[Pair, Driving] = {}
    rows = list(ties.order_by("vehicle__plate"))
    joins = Joins.around({tie.vehicle_id for tie in rows})
    for tie in rows:
        found.setdefault(joins.pair((tie.vehicle_id, tie.home)), Driving(tie, plate=tie.vehicle.plate))
    return tuple(found.values())


def _drivers_of(scope: Scope, vehicle: UUID) -> tuple[Driving, ...]:
    rows = _ties(scope).filter(naming("vehicle", [vehicle])).order_by("id")[:200]
    ties = list({(tie.person_id, tie.home): tie for tie in reversed(rows)}.values())[::-1]
    cards = PersonCard.objects.in_scope(scope).visible(hidden_batches())
    found = cards.filter(person__in=[tie.person_id for tie in ties]).values_list("person", "home", "name")
    names = {(person, home): name for person, home, name in found}
    return tuple(Driving(tie, name=names.get((tie.person_id, tie.home), "")) for tie in ties)


def _ties(scope: Scope) -> VersionedQuerySet[DriverTie]:
    return DriverTie.objects.in_scope(scope).visible(hidden_batches())
