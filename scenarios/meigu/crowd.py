"""Who there is in the invented Meigu: 64 truck drivers in three fields, five firms, and their trucks."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from scenarios.common.firms import Firm, FirmPlan, invent_firms
from scenarios.common.people import (
    Person,
    Worker,
    first_day_at_work,
    invent_people,
    is_barred,
    long_yi_name,
    mixed_namer,
)
from scenarios.common.plates import Vehicle, invent_fleet

AREAS = ("513499", "511199", "530699")
PHONES = range(50_000, 100_000, 2)
PLATES = "川W"
TOWNS = (
    "巴普镇",
    "候播乃拖镇",
    "牛牛坝镇",
    "洪溪镇",
    "新桥镇",
    "峨曲古乡",
    "典补乡",
    "洛俄依甘乡",
    "树窝乡",
    "龙门乡",
)
NAMER = mixed_namer(0.78)

FIRMS = (
    FirmPlan("美姑县龙头山示例货运有限公司", "货车", 9, "巴普镇"),
    FirmPlan("美姑县黄茅埂演示运输有限责任公司", "货车", 7, "牛牛坝镇"),
    FirmPlan("美姑县连渣洛示例物流有限公司", "货车", 6, "洪溪镇"),
    FirmPlan("凉山索玛演示网络货运有限公司", "货车", 8, "巴普镇"),
    FirmPlan("美姑月琴示例互联网货运平台有限公司", "货车", 7, "巴普镇"),
)
TRADITIONAL_FIRMS, PLATFORM_FIRMS = FIRMS[:3], FIRMS[3:]
SELF_EMPLOYED = "个体"
SELF_EMPLOYED_DRIVERS = 27


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody and everything that the workbooks of this place speak of."""

    firms: list[Firm]
    traditional: list[Worker]
    platform: list[Worker]
    self_employed: list[Worker]
    fleet: list[Vehicle]

    @property
    def drivers(self) -> list[Worker]:
        """All drivers, field by field."""
        return self.traditional + self.platform + self.self_employed


def invent_crowd(dice: Random) -> Crowd:
    """The whole crowd from one dice."""
    firms = invent_firms(dice, FIRMS, area=AREAS[0], phones=range(50_001, 100_000, 2), namer=NAMER)
    employers = [firm.name for firm in firms for _ in range(firm.staff)] + [
        SELF_EMPLOYED
    ] * SELF_EMPLOYED_DRIVERS
    people = invent_people(dice, len(employers), areas=AREAS, phones=PHONES, namer=NAMER, women=0.06)
    people[2] = replace(people[2], name=_free_long_name(dice))
    people[40] = replace(people[40], name=_free_long_name(dice))
    fleet = invent_fleet(dice, PLATES, [("货车", employer) for employer in employers])
    workers = [
        _driver(dice, person, employer, vehicle.plate)
        for person, employer, vehicle in zip(people, employers, fleet, strict=True)
    ]
    owned = [_owned(worker, vehicle) for worker, vehicle in zip(workers, fleet, strict=True)]
    first = sum(plan.staff for plan in TRADITIONAL_FIRMS)
    second = first + sum(plan.staff for plan in PLATFORM_FIRMS)
    return Crowd(firms, workers[:first], workers[first:second], workers[second:], owned)


def _free_long_name(dice: Random) -> str:
    while is_barred(name := long_yi_name(dice)):
        pass
    return name


def _driver(dice: Random, person: Person, employer: str, plate: str) -> Worker:
    since = first_day_at_work(dice, person, date(2010, 1, 1), date(2026, 5, 31))
    return Worker(person, "货车", employer, since, post="货车司机", town=dice.choice(TOWNS), plate=plate)


def _owned(worker: Worker, vehicle: Vehicle) -> Vehicle:
    owner = worker.person.name if worker.firm == SELF_EMPLOYED else worker.firm
    return replace(vehicle, owner=owner)
