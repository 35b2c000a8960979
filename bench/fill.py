"""A register of any size without an import: the invented Sichuan brought in by the publishers themselves.

This is not the import path: nothing is read from a file, mapped, checked or staged. Facts go to the registers' own publishers,
a batch for each county, as the last step of an import hands them over, so that identities, sealed records, cards, ties, keys and
the audit trail are the same rows. It is for `bench.pages`, where a million rows must stand within minutes.
Importable once Django is set up.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from chelun.core.actors import SystemActor
from chelun.core.upkeep import note_statistics
from chelun.engines.ids import read_plate
from chelun.people.rules.cells import kinds_in
from chelun.people.services.intake.enterprises import EnterprisePublisher
from chelun.people.services.intake.newcomers import prepare_persons
from chelun.people.services.intake.persons import PersonPublisher
from chelun.people.services.intake.vehicles import VehiclePublisher
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.models import Batch
from chelun.platform.sheets.registers import Intake, StagedRow
from scenarios.common.people import Person
from scenarios.sichuan.crowd import CountyCrowd, invent_county
from scenarios.sichuan.plan import planned

SOURCE, LATER, AS_OF = "基础台账", "补充台账", date(2026, 9, 30)
ROWS = 2_000
Facts = dict[str, Any]


def fill(scale: int) -> Iterator[CountyCrowd]:
    """Bring in so many persons with their firms and vehicles, county by county; yields each county when it is in."""
    began, persons = time.monotonic(), 0
    for share in planned(scale).shares:
        crowd = invent_county(share)
        place = placed(share.county.code)
        batch = Batch.objects.create(**place)
        intake = Intake(SystemActor("bench"), place, SOURCE, AS_OF, "sheet", batch.pk)
        for rows in _parts(firm_facts(crowd)):
            _apply(EnterprisePublisher(intake), rows)
        for rows in _parts(vehicle_facts(crowd)):
            _apply(VehiclePublisher(intake), rows)
        for rows in _parts(person_facts(crowd)):
            _apply(PersonPublisher(intake), prepare_persons(rows, intake))
        Batch.objects.filter(pk=batch.pk).update(hidden=False, published_at=timezone.now())
        persons += share.persons
        print(
            f"  filled {persons:,} persons, {persons / (time.monotonic() - began):,.0f} a second",
            file=sys.stderr,
        )
        yield crowd
    settle_statistics()


def change(county: str, persons: Sequence[Facts]) -> None:
    """A later roster of a county: these persons have another telephone, so that today is not what it was."""
    later = Intake(SystemActor("bench"), placed(county), LATER, AS_OF + timedelta(days=30), "sheet")
    told = [{**facts, "phones": [f"198{place:08d}"]} for place, facts in enumerate(persons)]
    for rows in _parts(told):
        _apply(PersonPublisher(later), rows)


def settle_statistics() -> None:
    """What a database that has stood for a day knows of its tables: on PostgreSQL what autovacuum would have done."""
    if connection.vendor == "sqlite":
        note_statistics()
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _apply(publisher: Any, rows: Sequence[StagedRow]) -> None:
    with transaction.atomic():
        publisher.apply(rows)


def _parts(facts: Sequence[Facts]) -> Iterator[list[StagedRow]]:
    for begin in range(0, len(facts), ROWS):
        part = facts[begin : begin + ROWS]
        yield [StagedRow("名册", begin + number, each) for number, each in enumerate(part, start=1)]


def firm_facts(crowd: CountyCrowd) -> list[Facts]:
    """What the firms' ledger says."""
    return [
        {
            "name": firm.name, "uscc": firm.code, "kinds": kinds_in(firm.kind), "status": "operating",
            "legal_representative": firm.head, "staff": firm.staff, "phones": [firm.phone],
        }
        for firm in crowd.firms
    ]  # fmt: skip


def vehicle_facts(crowd: CountyCrowd) -> list[Facts]:
    """What the vehicles' ledger says."""
    return [
        {
            **_plate(each.plate, each.colour),
            "kinds": kinds_in(each.kind),
            "vehicle_type": each.model,
            **_firm(each.owner),
        }
        for each in crowd.fleet
    ]


def person_facts(crowd: CountyCrowd) -> list[Facts]:
    """What the roster says."""
    colours = {vehicle.plate: vehicle.colour for vehicle in crowd.fleet}
    return [
        {
            **_identity(each.person), "kinds": kinds_in(each.kind), **_firm(each.firm), "position": each.post or "驾驶员",
            "start": each.since.isoformat(), **(_plate(each.plate, colours[each.plate]) if each.plate else {}),
        }
        for each in crowd.workers
    ]  # fmt: skip


def _identity(person: Person) -> Facts:
    sex = "M" if person.sex == "男" else "F"
    return {
        "name": person.name, "id_number": person.id_number, "birth": person.birth.isoformat(), "sex": sex,
        "phones": [person.phone],
    }  # fmt: skip


def _plate(plate: str, colour: str) -> Facts:
    read = read_plate(plate, colour)
    return {"plate": plate, "plate_colour": str(getattr(read, "colour", "") or "")}


def _firm(name: str) -> Facts:
    return {} if name == "个体" else {"enterprise": name}
