"""Counties of the world: where they lie, what they and their townships were and are called, which numbers are theirs.

What lives here: invented counties under demo area codes, with addresses, blocks of telephone numbers and beginnings of plates.
What does not: who lives there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.matching.dice import Dice, Weighted
from bench.matching.frequencies import REGIONS

PHONES_FROM, PHONE_BLOCKS, BLOCK = 19_900_000_000, 1000, 10_000
"""19900000000–19909999999, set aside for invented people as in the scenarios; in a thousand blocks."""
_PHONE_STEP, _DRAWER = 7_919, 500
_COUNTY = ("澈岚崟浔滢岫沅峤泠嵊汐岘湲峪", "溪坪川塘岭湾阳陵原河")
_TOWN = ("石龙青白金大双新高太永安长东西南北上下三", "桥河坝场坪滩山泉口岭垭店塘湾")
_VILLAGE = ("杨柳李花红青竹松柏水金凤龙虎马石土沙梨桃茶清", "湾沟坪坡垭坝山井林岩堰嘴田塘")
_STREET = ("人民解放建设滨河迎宾文化新华胜利朝阳民主", ("路", "街", "大道", "巷"))
RENAMED = 0.3


@dataclass(frozen=True, slots=True)
class County:
    """`area` is PPCC99; `former` is what the county was called on older papers."""

    area: str
    province: str
    city: str
    name: str
    former: str
    plate: str
    towns: Weighted[str]
    phone_blocks: tuple[int, ...]
    style: int
    of_parts: float

    @property
    def stem(self) -> str:
        """The name without 县, 市 or 区."""
        return self.name[:-1]


def counties(seed: int, persons: int) -> Weighted[County]:
    """All counties of the world with the share of its people that lives in each."""
    dice = Dice(seed, "counties", persons)
    rows = list(zip(REGIONS.items, _shares(dice), strict=True))
    total = sum(share for _row, share in rows)
    blocks = iter(dice.shuffled(range(PHONE_BLOCKS)))
    found = []
    for place, (row, share) in enumerate(rows):
        wanted = _blocks(persons * share / total)
        held = tuple(block for block, _ in zip(blocks, range(wanted), strict=False))
        found.append((_county(Dice(seed, "county", place), place, row, held), share))
    return Weighted(found)


def _shares(dice: Dice) -> Iterator[float]:
    """A few large counties, many small ones."""
    ranks = dice.shuffled(range(len(REGIONS.items)))
    return (1 / (rank + 3) for rank in ranks)


def _blocks(persons: float) -> int:
    """Blocks of numbers for so many people: at least one, else three numbers for each person at most."""
    return 1 + int(persons * 1.6 / BLOCK)


def _county(dice: Dice, place: int, row: tuple[str, str, str, str], blocks: tuple[int, ...]) -> County:
    code, province, city, plate = row
    stem = (
        _COUNTY[0][place % len(_COUNTY[0])]
        + _COUNTY[1][(place // len(_COUNTY[0]) * 3 + place) % len(_COUNTY[1])]
    )
    kind = "区" if dice.chance(0.2) else "市" if dice.chance(0.2) else "县"
    name = stem + kind
    former = stem + "县" if kind != "县" and dice.chance(0.9) else name
    towns = dict.fromkeys(
        dice.one_of(_TOWN[0]) + dice.one_of(_TOWN[1]) + ("镇" if dice.chance(0.6) else "乡")
        for _ in range(18)
    )
    weighted = Weighted((town, 1 / (rank + 2)) for rank, town in enumerate(towns))
    mixed = dice.random()
    style = dice.below(4)
    return County(
        f"{code}99",
        province,
        city,
        name,
        former,
        plate,
        weighted,
        blocks,
        style,
        0.35 if mixed < 0.12 else 0.004,
    )


def phones(dice: Dice, county: County) -> Iterator[str]:
    """All numbers of a county's blocks, each once, in no order that shows."""
    start = dice.below(BLOCK)
    for begin in range(0, BLOCK, _DRAWER):
        drawer = [
            PHONES_FROM + block * BLOCK + (start + number * _PHONE_STEP) % BLOCK
            for number in range(begin, begin + _DRAWER)
            for block in county.phone_blocks
        ]
        yield from map(str, dice.shuffled(drawer))


def address(dice: Dice, county: County) -> tuple[str, str]:
    """A township and what follows it: a village with its group and door, or a street with its door."""
    town = dice.drawn(county.towns)
    if dice.chance(0.7):
        village = dice.one_of(_VILLAGE[0]) + dice.one_of(_VILLAGE[1])
        return town, f"{village}村{1 + dice.below(9)}组{1 + dice.below(60)}号"
    first = 2 * dice.below(5)
    return town, f"{_STREET[0][first : first + 2]}{dice.one_of(_STREET[1])}{1 + dice.below(300)}号"
