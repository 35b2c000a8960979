"""The plates without a colour of a place and the vehicles that have them: which pairs may be joined in one act."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from chelun.core.errors import NotFound
from chelun.core.scope import Scope, ScopedQuerySet
from chelun.people.models import BulkMerge, Likeness, Merge, Vehicle, VehicleCard
from chelun.people.rules.likeness import PlateKnown
from chelun.people.rules.merging import Link, leads_to
from chelun.people.rules.plates import Against, PlatePair, verdict
from chelun.people.services.intake.leaves import merges_around
from chelun.people.services.intake.regrouping import link_of
from chelun.people.services.intake.shelf import VEHICLES
from chelun.platform.sheets.batches import hidden_batches

Sides = tuple[UUID, UUID]
"""(the vehicle without a colour, the one with it)."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A likely pair (by its key) with what is to be done about it, and its sides where it has both."""

    likeness: UUID
    verdict: str
    sides: Sides | None


def pairs_of_plates(home: str) -> QuerySet[Likeness]:
    """All likely pairs of vehicles in one place, also those that somebody told apart, in order."""
    return Likeness.objects.filter(home=home, register=VEHICLES.register).order_by("id")


def judged(scope: Scope, rows: Iterable[Likeness]) -> list[Judged]:
    """What is to be done about these pairs of one place, as far as `scope` sees. The same few queries for however many."""
    found = list(rows)
    if not found:
        return []
    cards = _cards(found[0].home, {side for row in found for side in (row.one, row.other)})
    pairs = [PlatePair(cards.get(row.one), cards.get(row.other), row.apart_at is not None) for row in found]
    sides = {each for pair in pairs if (each := pair.sides)}
    against = Against(
        _coloured(scope, {card.plate for card in cards.values()}), _parted(found[0].home, sides), _opposite(sides)
    )  # fmt: skip
    return [
        Judged(row.pk, verdict(pair, against), pair.sides) for row, pair in zip(found, pairs, strict=True)
    ]


def _cards(home: str, vehicles: Collection[UUID]) -> dict[UUID, PlateKnown]:
    rows = VehicleCard.objects.visible(hidden_batches()).filter(home=home, vehicle__among=list(vehicles))
    known = (PlateKnown(*row) for row in rows.values_list("vehicle_id", "plate", "colour"))
    return {each.subject: each for each in known}


def _coloured(scope: Scope, plates: Collection[str]) -> Mapping[str, set[UUID]]:
    """The vehicles in scope that have these plates and a colour."""
    named = list(Vehicle.objects.filter(plate__among=list(plates)).values_list("id", flat=True))
    rows = VehicleCard.objects.in_scope(scope).visible(hidden_batches()).filter(vehicle__among=named)
    found: dict[str, set[UUID]] = defaultdict(set)
    for vehicle, plate in rows.exclude(colour="").values_list("vehicle_id", "plate"):
        found[plate].add(vehicle)
    return found


def _parted(home: str, sides: Collection[Sides]) -> set[Sides]:
    """Those that were joined in this place and that somebody parted by themselves, not with a whole act."""
    rows = Merge.objects.filter(leaf__among=[side for pair in sides for side in pair], home=home)
    rows = rows.filter(undone_at__isnull=False, undone_in_bulk=False)
    ended = set(rows.values_list("leaf", "canonical"))
    return {pair for pair in sides if pair in ended or pair[::-1] in ended}


def _opposite(sides: Collection[Sides]) -> set[Sides]:
    """Those of which the coloured one is, somewhere, shown on the file of the other."""
    links: list[Link] = [link_of(merge) for merge in merges_around({side for pair in sides for side in pair})]
    leaves = {link.leaf for link in links}
    return {pair for pair in sides if pair[1] in leaves and leads_to(links, pair[1], pair[0])}


def places_with_plates(scope: Scope) -> dict[str, int]:
    """The places in scope that have open pairs of vehicles, each with how many."""
    rows = Likeness.objects.in_scope(scope).filter(register=VEHICLES.register, apart_at=None)
    return dict(rows.order_by("home").values_list("home").annotate(pairs=Count("id")))


def has_plates(scope: Scope) -> bool:
    """Whether anything in scope has open pairs of vehicles."""
    rows = Likeness.objects.in_scope(scope)
    return rows.filter(register=VEHICLES.register, apart_at=None).order_by().exists()


def bulk_list(scope: Scope, home: str = "") -> ScopedQuerySet[BulkMerge]:
    """The bulk merges made for places in scope, or for one place; the newest first."""
    rows = BulkMerge.objects.in_scope(scope)
    return (rows.filter(home=home) if home else rows).order_by("-id")


def bulk_in(scope: Scope, bulk: UUID) -> BulkMerge:
    """One bulk merge; NotFound out of scope."""
    found = BulkMerge.objects.in_scope(scope).filter(pk=bulk).first()
    if found is None:
        raise NotFound
    return found


def bulk_asked(scope: Scope, text: str) -> BulkMerge | None:
    """The bulk merge that an address names, None where it names none; NotFound for what is no key of one in scope."""
    if not text:
        return None
    try:
        return bulk_in(scope, UUID(text))
    except ValueError as error:
        raise NotFound from error


@dataclass(frozen=True, slots=True)
class Standing:
    """Of the merges that an act made: how many stand, how many somebody parted by themselves, how many were undone with it."""

    stand: int
    alone: int
    together: int


def standing_of(bulk: BulkMerge) -> Standing:
    """How the merges of an act stand. One query."""
    stands, alone = Q(undone_at=None), Q(undone_in_bulk=False)
    counts = Merge.objects.filter(bulk=bulk.pk).aggregate(
        stand=Count("id", filter=stands), alone=Count("id", filter=~stands & alone),
        together=Count("id", filter=~stands & ~alone),
    )  # fmt: skip
    return Standing(**counts)
