"""Who there is in the invented Zhaoyuan: firms of five trades, truck drivers, couriers, ride-hail drivers, and trucks."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle, islice
from random import Random

from scenarios.common.firms import Firm, FirmPlan, invent_firms
from scenarios.common.naming import firm_names
from scenarios.common.people import Person, Worker, first_day_at_work, han_name, invent_people
from scenarios.common.plates import Vehicle, electric_plate, invent_fleet

AREAS = ("370699", "370299", "371099", "220199")
PHONES = range(100_000, 200_000, 2)
FIRM_PHONES = range(100_001, 200_000, 2)
PREFIX = "鲁F"
TOWNS = (
    "罗峰街道", "泉山街道", "梦芝街道", "温泉街道", "大秦家街道", "辛庄镇", "蚕庄镇", "金岭镇", "毕郭镇", "玲珑镇", "张星镇", "夏甸镇",
    "阜山镇", "齐山镇",
)  # fmt: skip
WORDS = tuple(town.removesuffix("街道").removesuffix("镇") for town in TOWNS)
TRADES = (
    ("货车", "货运有限公司", 230),
    ("快递", "速递有限公司", 62),
    ("客运", "客运有限公司", 14),
    ("网约车", "汽车服务有限公司", 12),
)
ABOVE_SCALE = {"货车": 70, "快递": 25, "客运": 8, "网约车": 4}
PLATFORMS = ("金都演示出行", "黄金海岸示例约车", "罗山演示专车")
BRANDS = ("金都演示快递", "罗山示例快递", "玲珑演示快运", "渤海示例速运")

TRUCKS, COURIERS, RIDE_HAILS, BOTH = 1283, 1206, 445, 12
CERTIFIED, TWICE = 775, 12
SELF_EMPLOYED, SELF_EMPLOYED_TRUCKS = "个体", 240


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody and everything that the workbooks of this place speak of. `both` drive a truck and take fares, too."""

    firms: list[Firm]
    trucks: list[Worker]
    couriers: list[Worker]
    ride_hails: list[Worker]
    both: list[Worker]
    fleet: list[Vehicle]

    def of_trade(self, trade: str) -> list[Firm]:
        """The firms of one trade."""
        return [firm for firm in self.firms if firm.kind == trade]

    def above_scale(self) -> list[Firm]:
        """The 107 firms above scale: the first of each trade."""
        return [firm for trade, count in ABOVE_SCALE.items() for firm in self.of_trade(trade)[:count]]

    def certified(self) -> list[Worker]:
        """The 775 couriers who hold a certificate of vocational skill."""
        return self.couriers[:CERTIFIED]


def invent_crowd(dice: Random) -> Crowd:
    """The whole crowd from one dice."""
    firms = invent_firms(dice, _plans(), area=AREAS[0], phones=FIRM_PHONES, namer=han_name)
    wanted = TRUCKS + COURIERS + RIDE_HAILS
    pool = iter(invent_people(dice, wanted, areas=AREAS, phones=PHONES, namer=han_name))
    employers = [firm.name for firm in firms if firm.kind == "货车"]
    at_wheel = [
        *islice(cycle(employers), TRUCKS - SELF_EMPLOYED_TRUCKS),
        *[SELF_EMPLOYED] * SELF_EMPLOYED_TRUCKS,
    ]
    fleet = invent_fleet(dice, PREFIX, [("货车", employer) for employer in at_wheel])
    trucks = [
        _worker(dice, next(pool), "货车", vehicle.owner, plate=vehicle.plate, post="货车驾驶员")
        for vehicle in fleet
    ]
    stations = sorted(firm.name for firm in firms if firm.kind == "快递")
    couriers = [
        _worker(dice, next(pool), "快递", station, post="快递员")
        for station in islice(cycle(stations), COURIERS)
    ]
    ride_hails = [_ride_hail(dice, next(pool)) for _ in range(RIDE_HAILS)]
    both = [
        replace(worker, kind="网约车", firm=dice.choice(PLATFORMS), plate="")
        for worker in trucks[110 : 110 + BOTH]
    ]
    owned = [_owned(worker, vehicle) for worker, vehicle in zip(trucks, fleet, strict=True)]
    return Crowd(firms, trucks, couriers, ride_hails, both, owned)


def _plans() -> tuple[FirmPlan, ...]:
    plans = []
    for trade, tail, count in TRADES:
        names = firm_names("招远市", WORDS, tail, count)
        plans += [
            FirmPlan(name, trade, 6 + place % 31, TOWNS[place % len(TOWNS)])
            for place, name in enumerate(names)
        ]
    return tuple(plans)


def _worker(dice: Random, person: Person, kind: str, firm: str, *, plate: str = "", post: str = "") -> Worker:
    since = first_day_at_work(dice, person, date(2012, 1, 1), date(2026, 6, 30))
    return Worker(person, kind, firm, since, post=post, town=dice.choice(TOWNS), plate=plate)


def _ride_hail(dice: Random, person: Person) -> Worker:
    return _worker(
        dice, person, "网约车", dice.choice(PLATFORMS), plate=electric_plate(dice, PREFIX, large=False)
    )


def _owned(worker: Worker, vehicle: Vehicle) -> Vehicle:
    return replace(vehicle, owner=worker.person.name) if worker.firm == SELF_EMPLOYED else vehicle
