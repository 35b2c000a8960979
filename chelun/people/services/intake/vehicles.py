"""Vehicles into the register: known again by plate and colour."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chelun.people.rules.cards import vehicle_values
from chelun.people.rules.facts import Facts, Record
from chelun.people.services.intake.firms import Firms
from chelun.people.services.intake.gathering import NO_LEAF, NOBODY
from chelun.people.services.intake.plates import Plates, vehicles_here
from chelun.people.services.intake.shelf import VEHICLES
from chelun.people.services.intake.things import ThingPublisher
from chelun.platform.audit.services import Event
from chelun.platform.sheets.registers import Intake, StagedRow


class VehiclePublisher(ThingPublisher):
    """Brings rows of the vehicle ledger into the register."""

    shelf = VEHICLES

    def __init__(self, intake: Intake) -> None:
        super().__init__(intake)
        self._plates = Plates(intake)
        self._firms = Firms(intake)

    def known(self, rows: Sequence[StagedRow]) -> list[UUID | None]:
        """Those that the place has on file, by plate and colour; a row without a colour means the only one of its plate."""
        pairs = [(row.facts["plate"], row.facts.get("plate_colour", "")) for row in rows]
        here = vehicles_here(self._intake, pairs)
        return [here.get(pair) for pair in pairs]

    def identify(self, rows: Sequence[StagedRow]) -> list[UUID]:
        """As `known`; new vehicles are made."""
        pairs = [(row.facts["plate"], row.facts.get("plate_colour", "")) for row in rows]
        self._plates.bring(pairs, with_cards=False)
        return [vehicle for pair in pairs if (vehicle := self._plates.find(*pair))]

    def write(
        self,
        everything: Mapping[UUID, Sequence[Record]],
        earlier: Mapping[UUID, Sequence[Record]],
        keys: Mapping[UUID, bytes],
        arrived: Mapping[UUID, int] = NOBODY,
        named: Mapping[UUID, UUID] = NO_LEAF,
    ) -> tuple[list[Event], int]:
        """As for every thing, after the firms that the rows name are known."""
        records = [record for each in everything.values() for record in each]
        self._firms.bring(
            (record.facts.get("enterprise", ""), record.facts.get("uscc", "")) for record in records
        )
        return super().write(everything, earlier, keys, arrived, named)

    def values(self, subject: UUID, facts: Facts, records: Sequence[Record]) -> dict[str, Any]:
        """The columns of the vehicle's card."""
        firm = self._firms.find(facts.get("enterprise", ""), facts.get("uscc", ""))
        return vehicle_values(
            facts,
            max(record.as_of for record in records),
            sources=len({record.source for record in records}),
            enterprise=firm.id if firm else None,
        )
