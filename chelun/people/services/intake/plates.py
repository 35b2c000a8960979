"""Vehicles that rows name: found by plate and colour, made when nobody has named them."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from chelun.core.bulk import insert_rows
from chelun.core.identifiers import uuid7
from chelun.people.models import Vehicle, VehicleCard
from chelun.people.rules.cards import vehicle_values
from chelun.people.services.intake import ledger
from chelun.people.services.intake.leaf_names import leaves_here
from chelun.people.services.intake.renewal import join_mentions
from chelun.people.services.intake.shelf import VEHICLES
from chelun.platform.sheets.batches import hidden_batches, home_of
from chelun.platform.sheets.registers import Intake

Plated = tuple[str, str]
"""(plate, colour code or '')."""


class Plates:
    """The vehicles named by the rows of one intake."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._known: dict[Plated, UUID] = {}

    def find(self, plate: str, colour: str) -> UUID | None:
        """The vehicle that a row means, if it is known by now."""
        return self._known.get((plate, colour))

    def bring(self, plated: Iterable[Plated], *, with_cards: bool = True) -> None:
        """Make sure that these vehicles are known, and, for a mention, that the place has a card of each.

        A row without a colour means the one vehicle of the place, or of these rows, that has this plate, when there
        is just one. What other places know decides nothing that the place could see.
        """
        wanted = {pair for pair in plated if pair[0] and pair not in self._known}
        if not wanted:
            return
        anywhere = _vehicles_anywhere(wanted)
        found = _here(self._intake, wanted, anywhere)
        here = set(found.values())
        same_plate: dict[str, set[UUID]] = {}
        for (plate, _), vehicle in found.items():
            same_plate.setdefault(plate, set()).add(vehicle)
        new: list[tuple[UUID, str, str]] = []
        for plate, colour in sorted(wanted - found.keys(), reverse=True):
            same = same_plate.setdefault(plate, set())
            if not colour and len(same) == 1:
                found[plate, colour] = next(iter(same))
                continue
            known = anywhere.get((plate, colour))
            found[plate, colour] = vehicle = known or uuid7()
            same.add(vehicle)
            if known is None:
                new.append((vehicle, plate, colour))
        insert_rows(Vehicle, ("id", "plate", "colour"), new)
        self._known |= found
        if with_cards:
            # A row without a colour comes first, so that one that has it says it.
            self._mention({pair: found[pair] for pair in sorted(wanted) if found[pair] not in here})
            join_mentions(VEHICLES, self._intake, set(anywhere.values()) - here)

    def _mention(self, vehicles: dict[Plated, UUID]) -> None:
        cards = {
            vehicle: vehicle_values(
                {"plate": plate, "plate_colour": colour}, self._intake.as_of, sources=0, mentioned_only=True
            )
            for (plate, colour), vehicle in vehicles.items()
        }
        ledger.write_cards(VEHICLES, self._intake, cards, {})


def vehicles_here(intake: Intake, wanted: Collection[Plated]) -> dict[Plated, UUID]:
    """Those of the vehicles that the place has on file; a row without a colour means the only one of its plate."""
    return _here(intake, wanted, _vehicles_anywhere(wanted))


def _here(intake: Intake, wanted: Collection[Plated], anywhere: Mapping[Plated, UUID]) -> dict[Plated, UUID]:
    if not anywhere:
        return {}
    cards = VehicleCard.objects.standing(intake.batch, hidden_batches()).filter(home=home_of(intake.place))
    held = set(cards.filter(vehicle__among=anywhere.values()).values_list("vehicle", flat=True))
    held |= leaves_here(VEHICLES, intake, list(anywhere.values()))
    here: dict[str, dict[str, UUID]] = {}
    for (plate, colour), vehicle in anywhere.items():
        if vehicle in held:
            here.setdefault(plate, {})[colour] = vehicle
    found = {}
    for plate, colour in wanted:
        same = here.get(plate, {})
        if colour in same:
            found[plate, colour] = same[colour]
        elif not colour and len(same) == 1:
            found[plate, colour] = next(iter(same.values()))
    return found


def _vehicles_anywhere(wanted: Collection[Plated]) -> dict[Plated, UUID]:
    """All vehicles with these plates, whatever their colour."""
    rows = Vehicle.objects.filter(plate__among={plate for plate, _ in wanted})
    return {(plate, colour): vehicle for vehicle, plate, colour in rows.values_list("id", "plate", "colour")}
