"""Who there is in the invented Yuhang: freight firms by the size of their fleets, two branches, a coach firm, drivers.

Each fleet has a reason: which firm is on the register of 50 vehicles or more must not hang on how a clerk writes.
"""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from scenarios.common.firms import Firm, FirmPlan, invent_firms
from scenarios.common.naming import firm_names
from scenarios.common.people import Person, Worker, first_day_at_work, han_name, invent_people
from scenarios.common.plates import Vehicle, invent_fleet

AREAS = ("330199", "330599", "341899", "360799")
PHONES = range(200_000, 300_000, 2)
FIRM_PHONES = range(200_001, 300_000, 2)
PREFIX = "浙A"
TOWNS = (
    "五常街道",
    "仁和街道",
    "闲林街道",
    "中泰街道",
    "余杭街道",
    "良渚街道",
    "仓前街道",
    "径山镇",
    "瓶窑镇",
    "鸬鸟镇",
    "百丈镇",
    "黄湖镇",
)
WORDS = tuple(town.removesuffix("街道").removesuffix("镇") for town in TOWNS)

SIZES = (132, 96, 77, 64, 58, 53, 51, 50, 50, 50, 50, 50, 49, 51, 49, 48, 49, 47, 30, 12)
"""Vehicles of each freight firm by the ledgers, before two of them change hands (13 gives, 12 takes)."""
CORRECTED, TWICE_ABOVE, LATE, TWO_COLOURS, TAKER, GIVER, TWICE_BELOW, WITH_BRANCH, AT_WHEEL = (
    8,
    9,
    10,
    11,
    12,
    13,
    14,
    15,
    16,
)
"""Firms with a story: see `vehicles`."""
BRANCHES = {0: ("良渚分公司", 10), WITH_BRANCH: ("瓶窑分公司", 6)}
COACHES = 80


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody and everything that the workbooks of this place speak of; fleets and drivers in the order of the firms."""

    firms: list[Firm]
    fleets: list[list[Vehicle]]
    drivers: list[list[Worker]]

    @property
    def freight(self) -> range:
        """The places of the freight firms proper; branches and the coach firm come behind them."""
        return range(len(SIZES))


def invent_crowd(dice: Random) -> Crowd:
    """The whole crowd from one dice."""
    firms = invent_firms(dice, _plans(), area=AREAS[0], phones=FIRM_PHONES, namer=han_name)
    wanted = [(firm.kind, firm.name) for firm in firms for _ in range(firm.staff)]
    whole = iter(invent_fleet(dice, PREFIX, wanted))
    fleets = [[next(whole) for _ in range(firm.staff)] for firm in firms]
    fleets[TWO_COLOURS][-1] = _other_colour(fleets[TWO_COLOURS][0])
    numbers = [size + size // 10 for size in SIZES]
    pool = iter(invent_people(dice, sum(numbers), areas=AREAS, phones=PHONES, namer=han_name))
    drivers = []
    for firm, fleet, count in zip(firms, fleets, numbers, strict=False):
        plates = [vehicle.plate for vehicle in fleet]
        drivers.append(
            [_driver(dice, next(pool), firm, plates[place % len(plates)]) for place in range(count)]
        )
    return Crowd(firms, fleets, drivers)


def _plans() -> tuple[FirmPlan, ...]:
    names = firm_names("杭州余杭", WORDS, "货运有限公司", len(SIZES))
    plans = [
        FirmPlan(name, "货车", size, TOWNS[place % len(TOWNS)])
        for place, (name, size) in enumerate(zip(names, SIZES, strict=True))
    ]
    plans += [
        FirmPlan(names[place] + tail, "货车", size, "良渚街道") for place, (tail, size) in BRANCHES.items()
    ]
    return (*plans, FirmPlan("杭州余杭径山示例客运有限公司", "客运", COACHES, "径山镇"))


def _other_colour(vehicle: Vehicle) -> Vehicle:
    """Another vehicle with the same number on a plate of another colour, as it happens on the roads."""
    if vehicle.colour == "黄色":
        return replace(vehicle, colour="蓝色", model="轻型厢式货车")
    return replace(vehicle, colour="黄色", model="重型仓栅式货车")


def _driver(dice: Random, person: Person, firm: Firm, plate: str) -> Worker:
    since = first_day_at_work(dice, person, date(2014, 1, 1), date(2026, 5, 31))
    return Worker(person, "货车", firm.name, since, post="货车驾驶员", town=firm.town, plate=plate)
