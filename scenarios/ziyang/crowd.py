"""Who there is in the invented Ziyang: firms with their staff, and new-employment workers by how they are found.

No files here; ``staff``, ``workers``, ``ledgers`` write them.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from scenarios.common.firms import Firm, FirmPlan, invent_firms
from scenarios.common.people import Person, Worker, first_day_at_work, han_name, invent_people
from scenarios.common.plates import Vehicle, invent_fleet, petrol_plate

AREAS = ("610999", "610799", "511799", "420399")
PHONES = range(0, 50_000, 2)
PLATES = "陕G"
TOWNS = (
    "城关镇", "蒿坪镇", "汉王镇", "焕古镇", "向阳镇", "洞河镇", "洄水镇", "双桥镇", "高桥镇", "红椿镇", "高滩镇", "毛坝镇",
    "瓦庙镇", "麻柳镇", "双安镇", "东木镇", "界岭镇",
)  # fmt: skip

FIRMS = (
    FirmPlan("紫阳县任河示例货运有限公司", "货车", 46, "城关镇"),
    FirmPlan("紫阳县汉江演示出租汽车有限公司", "出租车", 62, "城关镇"),
    FirmPlan("紫阳县茶乡示例公共交通有限公司", "公交", 58, "城关镇"),
    FirmPlan("紫阳县焕古演示客运有限责任公司", "客运", 55, "焕古镇"),
    FirmPlan("紫阳县洞河示例公路养护工程有限公司", "养护", 41, "洞河镇"),
    FirmPlan("紫阳县蒿坪演示客货邮服务有限公司", "客货邮", 38, "蒿坪镇"),
    FirmPlan("紫阳县毛坝示例物流有限公司", "货车", 25, "毛坝镇"),
    FirmPlan("紫阳县向阳演示速递服务有限公司", "快递", 24, "向阳镇"),
)
PLATFORMS = {
    "货车": ("任河示例货运信息平台", "个体", "个体"),
    "网约车": ("紫茶演示出行", "汉水示例约车"),
    "快递": ("向阳演示快递", "秦巴示例快递", "茶山演示快运"),
    "外卖": ("紫茶演示外送", "任河示例跑腿"),
}
POSTS = ("驾驶员", "驾驶员", "驾驶员", "驾驶员", "安全员", "调度员", "修理工", "会计")

# How the 182 are found: by the townships alone, by townships and city platform, by the platform alone, in the riders' chat.
TOWNSHIP_ONLY = {"货车": 48, "网约车": 12, "快递": 10}
BOTH = {"货车": 14, "网约车": 16, "快递": 12}
PLATFORM_ONLY = {"货车": 16, "网约车": 18, "快递": 12}
RIDERS = {"外卖": 24}


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody and everything that the workbooks of this place speak of."""

    firms: list[Firm]
    staff: list[Worker]
    township_only: list[Worker]
    both: list[Worker]
    platform_only: list[Worker]
    riders: list[Worker]
    fleet: list[Vehicle]


def invent_crowd(dice: Random) -> Crowd:
    """The whole crowd from one dice."""
    firms = invent_firms(dice, FIRMS, area=AREAS[0], phones=range(1, 50_000, 2), namer=han_name)
    groups = (TOWNSHIP_ONLY, BOTH, PLATFORM_ONLY, RIDERS)
    wanted = sum(firm.staff for firm in firms) + sum(sum(group.values()) for group in groups)
    pool = iter(invent_people(dice, wanted, areas=AREAS, phones=PHONES, namer=han_name))
    staff = [_employee(dice, next(pool), firm) for firm in firms for _ in range(firm.staff)]
    township_only, both, platform_only, riders = [
        [_worker(dice, next(pool), kind) for kind, count in group.items() for _ in range(count)]
        for group in groups
    ]
    fleet = invent_fleet(dice, PLATES, _wanted_vehicles(firms))
    return Crowd(firms, staff, township_only, both, platform_only, riders, fleet)


def _employee(dice: Random, person: Person, firm: Firm) -> Worker:
    since = first_day_at_work(dice, person, max(firm.founded, date(2009, 1, 1)), date(2026, 6, 30))
    return Worker(person, firm.kind, firm.name, since, post=dice.choice(POSTS), town=firm.town)


def _worker(dice: Random, person: Person, kind: str) -> Worker:
    plate = petrol_plate(dice, PLATES) if kind in {"货车", "网约车"} else ""
    since = first_day_at_work(dice, person, date(2016, 1, 1), date(2026, 7, 31))
    return Worker(person, kind, dice.choice(PLATFORMS[kind]), since, town=dice.choice(TOWNS), plate=plate)


def _wanted_vehicles(firms: list[Firm]) -> list[tuple[str, str]]:
    shares = {"货车": 20, "出租车": 30, "公交": 14, "客运": 12, "养护": 6, "客货邮": 8}
    return [
        (kind, firm.name)
        for kind, count in shares.items()
        for firm in firms
        if firm.kind == kind
        for _ in range(count)
    ]
