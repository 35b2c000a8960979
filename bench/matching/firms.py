"""Firms of a county: what they are called in full, in short, and by whom they are led.

What lives here: true firms with ids. What does not: how clerks write them (`mishaps/`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bench.matching.dice import Dice, Weighted
from bench.matching.frequencies import given_name, surname
from bench.matching.places import County, address
from chelun.engines import ids

_CORE = ("宏鑫顺安通达运盛恒万永金华兴瑞祥远捷腾龙诚信", "达发通顺运安盛泰昌源丰隆远捷翔辉程")
_TRADES = Weighted(
    (
        ("运输", 9),
        ("物流", 6),
        ("汽车运输", 4),
        ("货运", 3),
        ("出租汽车", 2),
        ("客运", 2),
        ("快递服务", 2),
        ("供应链管理", 1),
    )
)
_FORMS = Weighted((("有限公司", 8), ("有限责任公司", 4), ("集团有限公司", 0.5), ("股份有限公司", 0.3)))
TEAMS = ("第一车队", "第二车队", "第三车队", "城东分公司", "城南分公司", "经营部", "服务站")
PEOPLE_PER_FIRM, BRANCHES = 22, 0.06


@dataclass(frozen=True, slots=True)
class Firm:
    """One invented firm. `team` is filled in a branch, whose name is else that of its firm; `heads`, `phones`: before and after a change."""

    key: int
    county: County
    core: str
    trade: str
    form: str
    team: str
    code: str
    heads: tuple[str, str]
    phones: tuple[str, str]
    address: str

    @property
    def name(self) -> str:
        """The full name: 澈溪县宏达运输有限公司第二车队."""
        return f"{self.county.name}{self.core}{self.trade}{self.form}{self.team}"


def firms_of(dice: Dice, county: County, persons: int, numbers: Iterator[str], moved: float) -> list[Firm]:
    """So many firms as suit the people of a county, the large ones first; `moved` is the share that is led by another later."""
    found: list[Firm] = []
    for key in range(2 + persons // PEOPLE_PER_FIRM):
        if found and dice.chance(BRANCHES):
            firm = replace(dice.one_of(found), team=dice.one_of(TEAMS))
        else:
            firm = _firm(dice, county)
        phone, head, (town, door) = next(numbers), _head(dice), address(dice, county)
        found.append(
            replace(
                firm,
                key=key,
                code=ids.make_uscc(county.area, key * 131 + dice.below(131)),
                heads=(head, _head(dice) if dice.chance(moved) else head),
                phones=(phone, next(numbers) if dice.chance(moved) else phone),
                address=town + door,
            )
        )
    return found


def _firm(dice: Dice, county: County) -> Firm:
    core = dice.one_of(_CORE[0]) + dice.one_of(_CORE[1])
    return Firm(0, county, core, dice.drawn(_TRADES), dice.drawn(_FORMS), "", "", ("", ""), ("", ""), "")


def _head(dice: Dice) -> str:
    return surname(dice) + given_name(dice, dice.chance(0.8), 1960 + dice.below(40))


def by_size(firms: list[Firm]) -> Weighted[Firm]:
    """Firms with the weight of their staff: the first has a tenth of all, most have a handful."""
    return Weighted((firm, 1 / (rank + 4)) for rank, firm in enumerate(firms))
