"""Who there is in one county of the invented Sichuan: made apart from all others, so that a million never are in memory.

Numbers of persons and vehicles run through the whole province; what must be distinct (ID number, phone, plate) is
computed from the number, everything else is drawn from the county's own dice.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from scenarios.common import codes, people
from scenarios.common.firms import Firm, FirmPlan, invent_firms
from scenarios.common.naming import LUCKS, SIGNS
from scenarios.common.people import Namer, Person, Worker, han_name, mixed_namer
from scenarios.common.plates import MODELS, Vehicle
from scenarios.sichuan.counties import CITIES, County
from scenarios.sichuan.plan import Share

SEED = 510000
PHONES, FIRM_PHONES = 1_000_000, 1_000_001
PEOPLE_AT_MOST = 2_000_000
FROM_ELSEWHERE, AREA_ELSEWHERE = 20, "500199"
"""One of so many has an ID number of another province."""
DAYS = (people.YOUNGEST - people.OLDEST).days + 1
PAIRS = 499
STEP = 1_000_003
"""A prime that shares no factor with what it is taken modulo: it scatters running numbers, none twice."""
LETTERS = "ABCEHKMNPQRTUWXY"
PLATES = 2 * len(LETTERS) * 10_000
FIRM_KINDS = ("货车",) * 7 + ("出租车", "客运", "快递")
TAILS = {"货车": "货运有限公司", "出租车": "出租汽车有限公司", "客运": "客运有限公司", "快递": "速递有限公司"}
FLEET_KINDS, FLEET_WEIGHTS = ("货车", "出租车", "客运", "网约车"), (80, 8, 6, 6)
OTHER_KINDS, OTHER_WEIGHTS = ("网约车", "快递", "外卖"), (40, 40, 20)
PLATFORMS = {"网约车": "天府演示出行", "快递": "锦江演示快递", "外卖": "蓉城示例外送", "货车": "个体"}
LIANGSHAN: Namer = mixed_namer(0.4)


@dataclass(frozen=True, slots=True)
class CountyCrowd:
    """Everybody and everything of one county."""

    share: Share
    firms: list[Firm]
    fleet: list[Vehicle]
    workers: list[Worker]

    def shared(self) -> list[Worker]:
        """Those whom the province's list has as well."""
        return self.workers[11::25][: self.share.shared] if self.share.shared else []


def dice_of(name: str) -> Random:
    """The dice of a county or city, whatever else is made."""
    return Random(f"{SEED}-{name}")  # noqa: S311


def invent_county(share: Share) -> CountyCrowd:
    """The crowd of one county."""
    county, dice = share.county, dice_of(share.county.code)
    firms = _firms(dice, share)
    fleet = _fleet(dice, share, firms)
    workers = []
    for place in range(share.persons):
        person = invent_person(dice, share.first + place, county.city)
        vehicle = fleet[place] if place < len(fleet) else None
        workers.append(_worker(dice, person, county, vehicle, firms))
    return CountyCrowd(share, firms, fleet, workers)


def invent_person(dice: Random, number: int, city: str) -> Person:
    """Person number so-and-so, of a city."""
    area = AREA_ELSEWHERE if number % FROM_ELSEWHERE == 0 else f"{city[:4]}99"
    day, pair = divmod(number * STEP % (DAYS * PAIRS), PAIRS)
    male = dice.random() >= 0.12
    birth = people.OLDEST + timedelta(days=day)
    id_number = codes.id_number(area, birth, 2 * pair + (1 if male else 0))
    name = people.free_name(dice, LIANGSHAN if city == "513400" else han_name, male)
    phone = people.PHONE_BLOCK + PHONES + 2 * (number * STEP % PEOPLE_AT_MOST)
    return Person(name, "男" if male else "女", birth, id_number, str(phone))


def plate_of(city: str, number: int) -> str:
    """The plate of vehicle number so-and-so of a city: five places, a letter on the first or the second."""
    letter = next(each.letter for each in CITIES if each.code == city)
    rest, digits = divmod(number * STEP % PLATES, 10_000)
    tail = f"{digits:04d}"
    sign = LETTERS[rest // 2]
    return f"川{letter}{sign}{tail}" if rest % 2 else f"川{letter}{tail[0]}{sign}{tail[1:]}"


def _firms(dice: Random, share: Share) -> list[Firm]:
    plans = []
    for place in range(share.firms):
        kind, town = FIRM_KINDS[place % len(FIRM_KINDS)], share.county.towns[place % len(share.county.towns)]
        serial, luck = divmod(place, len(LUCKS))
        word = f"{town.removesuffix('街道').removesuffix('镇').removesuffix('乡')}{LUCKS[luck]}"
        name = f"{share.county.name}{word}{'' if serial == 0 else _chinese(serial)}{SIGNS[place % 2]}{TAILS[kind]}"
        plans.append(FirmPlan(name, kind, 1 + share.vehicles // max(1, share.firms), town))
    phones = range(
        FIRM_PHONES + 2 * share.first, FIRM_PHONES + 2 * (share.first + max(share.persons, share.firms)), 2
    )
    return invent_firms(dice, tuple(plans), area=f"{share.county.code[:4]}99", phones=phones, namer=han_name)


def _chinese(number: int) -> str:
    return "".join("零一二三四五六七八九"[int(digit)] for digit in str(number))


def _fleet(dice: Random, share: Share, firms: list[Firm]) -> list[Vehicle]:
    owners = {kind: [firm.name for firm in firms if firm.kind == kind] for kind in FLEET_KINDS}
    fleet = []
    for place, kind in enumerate(dice.choices(FLEET_KINDS, FLEET_WEIGHTS, k=share.vehicles)):
        model = dice.choice(MODELS[kind])
        colour = "黄色" if model.startswith(("重型", "中型", "大型")) else "蓝色"
        alone = not owners[kind] or dice.random() < 0.25
        plate = plate_of(share.county.city, share.plate + place)
        fleet.append(Vehicle(plate, colour, kind, model, "个体" if alone else dice.choice(owners[kind])))
    return fleet


def _worker(
    dice: Random, person: Person, county: County, vehicle: Vehicle | None, firms: list[Firm]
) -> Worker:
    town = dice.choice(county.towns)
    of_age = person.birth.replace(day=1, year=person.birth.year + 21)
    since = of_age + timedelta(days=dice.randrange(max(1, (date(2026, 6, 30) - of_age).days)))
    since = min(since, date(2026, 6, 30))
    if vehicle is not None:
        return Worker(
            person, vehicle.kind, vehicle.owner, since, post="驾驶员", town=town, plate=vehicle.plate
        )
    kind = dice.choices(OTHER_KINDS, OTHER_WEIGHTS)[0]
    return Worker(person, kind, PLATFORMS[kind], since, town=town)
