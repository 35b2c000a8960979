"""Lists of vehicles as tables, the counterpart of ``roster`` for plates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from scenarios.common import ugly
from scenarios.common.books import Cell, Sheet
from scenarios.common.model import Outcome, Tally
from scenarios.common.plates import Vehicle


@dataclass(frozen=True, slots=True)
class VehicleEntry:
    """One row of a vehicle list; ``broken`` is the plate as mistyped, for which the row must be refused."""

    vehicle: Vehicle
    broken: str = ""
    outcome: Outcome = Outcome.CREATED


@dataclass(frozen=True, slots=True)
class VehicleColumn:
    """A head and how its cells are written (entry, dice, number of the row from 1)."""

    head: str
    write: Callable[[VehicleEntry, Random, int], Cell]


def break_plates(vehicles: Sequence[Vehicle], broken: dict[int, str]) -> list[VehicleEntry]:
    """Entries of the vehicles, those at the given places with a plate of no known form."""
    return [
        VehicleEntry(vehicle, broken[place], Outcome.REFUSED) if place in broken else VehicleEntry(vehicle)
        for place, vehicle in enumerate(vehicles)
    ]


def plate_cell(entry: VehicleEntry, dice: Random, _: int) -> Cell:
    """The plate with or without a dot, or the mistyped one."""
    return entry.broken or ugly.plate_text(dice, entry.vehicle.plate)


def clean_plate_cell(entry: VehicleEntry, _: Random, __: int) -> Cell:
    """The plate in its bare form."""
    return entry.vehicle.plate


def plate_and_colour_cell(entry: VehicleEntry, dice: Random, _: int) -> Cell:
    """The plate with its colour behind it in brackets, as a platform exports it."""
    return f"{entry.broken or ugly.plate_text(dice, entry.vehicle.plate)}({entry.vehicle.colour})"


def colour_cell(entry: VehicleEntry, dice: Random, _: int) -> Cell:
    """The colour, with or without the word 色."""
    colour = entry.vehicle.colour
    return colour.removesuffix("色") if dice.random() < 0.5 else colour


def number_cell(_: VehicleEntry, __: Random, row: int) -> Cell:
    """The running number."""
    return row


def kind_cell(entry: VehicleEntry, _: Random, __: int) -> Cell:
    """The kind of work by its exact label."""
    return entry.vehicle.kind


def model_cell(entry: VehicleEntry, _: Random, __: int) -> Cell:
    """The kind of vehicle."""
    return entry.vehicle.model


def owner_cell(entry: VehicleEntry, _: Random, __: int) -> Cell:
    """The firm or person that owns it."""
    return entry.vehicle.owner


def write_vehicles(
    sheet: Sheet,
    columns: Sequence[VehicleColumn],
    entries: Sequence[VehicleEntry],
    dice: Random,
    tally: Tally,
    *,
    top: int,
) -> int:
    """Write heads and rows from ``top`` on, count them; returns the first row below."""
    sheet.line(top, [column.head for column in columns])
    for number, entry in enumerate(entries, start=1):
        sheet.line(top + number, [column.write(entry, dice, number) for column in columns])
        tally.add(entry.outcome)
    return top + 1 + len(entries)
