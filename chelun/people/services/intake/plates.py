"""Vehicles that rows name: found by plate and colour, made when nobody has named them."""

from collections.abc import Iterable
from uuid import UUID

from chelun.core.bulk import insert_rows
from chelun.core.identifiers import uuid7
from chelun.people.models import Vehicle
from chelun.people.rules.cards import vehicle_values
from chelun.people.services.intake import ledger
from chelun.people.services.intake.shelf import VEHICLES
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

    def bring(self, plated: Iterable[Plated], *, with_cards: bool = True) -> set[UUID]:
        """Make sure that these vehicles are known, and, for a mention, that the place has a card of each.

        A row without a colour means the one vehicle that has this plate, when there is just one. Returns the
        vehicles that were new to the installation.
        """
        wanted = {pair for pair in plated if pair[0] and pair not in self._known}
        if not wanted:
            return set()
        on_file = self._on_file(wanted)
        new: dict[Plated, UUID] = {}
        by_plate: dict[str, set[UUID]] = {}
        for (plate, _), vehicle in on_file.items():
            by_plate.setdefault(plate, set()).add(vehicle)
        for plate, colour in sorted(wanted - on_file.keys(), reverse=True):
            same = by_plate.setdefault(plate, set())
            if not colour and len(same) == 1:
                on_file[plate, colour] = next(iter(same))
            else:
                new[plate, colour] = uuid7()
                same.add(new[plate, colour])
        insert_rows(Vehicle, ("id", "plate", "colour"), [(vehicle, *pair) for pair, vehicle in new.items()])
        self._known |= on_file | new
        if with_cards:
            self._mention({pair: self._known[pair] for pair in wanted})
        return set(new.values())

    def _on_file(self, wanted: set[Plated]) -> dict[Plated, UUID]:
        by_plate: dict[str, dict[str, UUID]] = {}
        rows = Vehicle.objects.filter(plate__in={plate for plate, _ in wanted})
        for vehicle, plate, colour in rows.values_list("id", "plate", "colour"):
            by_plate.setdefault(plate, {})[colour] = vehicle
        found = {}
        for plate, colour in wanted:
            same = by_plate.get(plate, {})
            if colour in same:
                found[plate, colour] = same[colour]
            elif not colour and len(same) == 1:
                found[plate, colour] = next(iter(same.values()))
        return found

    def _mention(self, vehicles: dict[Plated, UUID]) -> None:
        standing = ledger.current_cards(VEHICLES, self._intake, list(vehicles.values()))
        cards = {
            vehicle: vehicle_values(
                {"plate": plate, "plate_colour": colour}, self._intake.as_of, sources=0, mentioned_only=True
            )
            for (plate, colour), vehicle in vehicles.items()
            if vehicle not in standing
        }
        ledger.write_cards(VEHICLES, self._intake, cards, {})
