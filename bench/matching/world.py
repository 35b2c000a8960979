"""Who stands in which table: the people or firms of all counties, dealt out to the two sides, some twice.

What lives here: exact shares (overlap, duplicates) and the order of rows within a county. What does not: how rows are written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.matching.dice import Dice
from bench.matching.difficulty import Difficulty
from bench.matching.firms import Firm
from bench.matching.people import Inventor, Person
from bench.matching.places import County, counties
from bench.matching.rows import Row, of_firm, of_person

SIDES: tuple[str, ...] = ("left", "right")


@dataclass(slots=True)
class Deal:
    """How many are still to be dealt: to both sides, to one, and second rows of either side."""

    both: int
    left: int
    right: int
    second: dict[str, int]
    rows: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = {"left": self.both + self.left, "right": self.both + self.right}

    @property
    def total(self) -> int:
        """How many persons are still to come."""
        return self.both + self.left + self.right

    def sides(self, dice: Dice) -> tuple[str, ...]:
        """The sides on which the next person stands, one for each of his rows."""
        luck, sides = dice.below(self.total), SIDES
        if luck < self.both:
            self.both -= 1
        elif luck < self.both + self.left:
            self.left -= 1
            sides = SIDES[:1]
        else:
            self.right -= 1
            sides = SIDES[1:]
        return sides + tuple(side for side in sides if self._is_second(dice, side))

    def _is_second(self, dice: Dice, side: str) -> bool:
        second = dice.below(self.rows[side]) < self.second[side]
        self.rows[side] -= 1
        self.second[side] -= second
        return second


def deal_of(rows: int, difficulty: Difficulty) -> Deal:
    """What makes tables of exactly so many rows."""
    second = round(rows * difficulty.duplicates)
    both = round((rows - second) * difficulty.overlap)
    alone = rows - second - both
    return Deal(both, alone, alone, {"left": second, "right": second})


def people_rows(
    seed: int, rows: int, difficulty: Difficulty
) -> Iterator[tuple[County, dict[str, list[Row]]]]:
    """County by county the rows of both sides in plain writing; the left ones by firm, the right ones by township."""
    deal, dice = deal_of(rows, difficulty), Dice(seed, "deal", rows)
    total, key = deal.total, 0
    homes, taken = counties(seed, total), set[str]()
    for county, count in zip(homes.items, homes.divided(total), strict=True):
        inventor = Inventor(
            seed, county, homes, taken, count, namesakes=difficulty.namesakes, moved=difficulty.moved
        )
        found: dict[str, list[tuple[str, float, Row]]] = {"left": [], "right": []}
        for person in inventor.people(key, count):
            for side in deal.sides(dice):
                row = of_person(person, person.before, dice.carelessness())
                found[side].append((_list_of(person, side), dice.random(), row))
        key += count
        yield county, {side: _in_order(lists) for side, lists in found.items()}


def _list_of(person: Person, side: str) -> str:
    """Whose list a row came in with: the firm's, or the township's."""
    if side == "right":
        return person.town
    firm: Firm | None = person.before.firm
    return firm.name if firm else ""


def _in_order(lists: list[tuple[str, float, Row]]) -> list[Row]:
    return [row for _list, _luck, row in sorted(lists, key=lambda each: each[:2])]


def firm_rows(seed: int, rows: int, difficulty: Difficulty) -> Iterator[tuple[County, dict[str, list[Row]]]]:
    """The same of firms: as many as are needed, with the branches that stand beside them."""
    deal, dice = deal_of(rows, difficulty), Dice(seed, "deal of firms", rows)
    total = deal.total
    homes = counties(seed, total)
    for county, count in zip(homes.items, homes.divided(total), strict=True):
        inventor = Inventor(seed, county, homes, set(), count * 22, namesakes=0, moved=difficulty.moved)
        found: dict[str, list[tuple[str, float, Row]]] = {"left": [], "right": []}
        for firm in inventor.firms[:count]:
            for side in deal.sides(dice):
                found[side].append(("", dice.random(), of_firm(firm, dice.carelessness())))
        yield county, {side: _in_order(lists) for side, lists in found.items()}
