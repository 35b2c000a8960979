"""People of a county: who they are, what belongs to them before and after a change of work, who is of their family or bears their name.

What lives here: true persons with ids, invented county by county. What does not: rows, and how they are written (`tables.py`, `mishaps/`).
Nobody exists: numbers lie in demo areas, phones in the block of the scenarios.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bench.matching.dice import Dice, Weighted
from bench.matching.firms import Firm, by_size, firms_of
from bench.matching.frequencies import BIRTH_YEARS, given_name, name_of_parts, surname, surname_of
from bench.matching.places import County, address, phones
from chelun.engines import ids

WOMEN, FAMILY, FAMILY_PHONE, FATHERS_NAME, GENERATION = 0.2, 0.16, 0.2, 0.65, 0.35
BORN_ELSEWHERE, ALONE, WITH_PLATE, OTHER_PHONE, NUMBER_HANDED_ON = 0.2, 0.35, 0.75, 0.5, 0.3
ROUND_DAY, CERTIFICATE_IS_ID = 0.04, 0.4


@dataclass(frozen=True, slots=True)
class Work:
    """What changes together when somebody changes work: firm, plate with colour, telephone."""

    firm: Firm | None
    plate: str
    colour: str
    phone: str


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person; `before` and `after` are the same for most."""

    key: int
    county: County
    name: str
    male: bool
    birth: date
    number: str
    certificate: str
    town: str
    door: str
    before: Work
    after: Work


class Inventor:
    """Invents the people of one county.

    `taken` holds all numbers of identity that the world has given out; `namesakes` is the share of people who take the name of a stranger
    in the county, `moved` the share who change work.
    """

    def __init__(
        self,
        seed: int,
        county: County,
        homes: Weighted[County],
        taken: set[str],
        persons: int,
        *,
        namesakes: float,
        moved: float,
    ) -> None:
        self.dice = Dice(seed, "people", county.area, persons)
        self.county, self._homes, self._taken = county, homes, taken
        self._namesakes, self._moved = namesakes, moved
        self._numbers = phones(self.dice, county)
        self.firms = firms_of(self.dice, county, persons, self._numbers, moved)
        self._by_size = by_size(self.firms)
        self._handed_on: list[str] = []
        self._known: list[Person] = []

    def people(self, first_key: int, count: int) -> Iterator[Person]:
        """So many persons, each but the first now and then of the family of the one before."""
        for key in range(first_key, first_key + count):
            head = self._known[-1] if self._known and self.dice.chance(FAMILY) else None
            person = self._person(key, head)
            self._known.append(person)
            yield person

    def _person(self, key: int, head: Person | None) -> Person:
        dice = self.dice
        male, birth = not dice.chance(WOMEN), _birth(dice)
        name = self._name(male, birth.year, head)
        number = self._number(birth, male)
        town, door = (head.town, head.door) if head else address(dice, self.county)
        phone = head.before.phone if head and dice.chance(FAMILY_PHONE) else self._phone()
        before = self._work(phone)
        after = (
            self._work(self._phone() if dice.chance(OTHER_PHONE) else phone)
            if dice.chance(self._moved)
            else before
        )
        if after.phone != before.phone and dice.chance(NUMBER_HANDED_ON):
            self._handed_on.append(before.phone)
        return Person(
            key, self.county, name, male, birth, number, self._certificate(number), town, door, before, after
        )

    def _name(self, male: bool, year: int, head: Person | None) -> str:
        dice = self.dice
        if dice.chance(self.county.of_parts):
            return name_of_parts(dice, self.county.style)
        if head and "·" not in head.name and len(head.name) <= 3 and dice.chance(FATHERS_NAME):
            family = surname_of(head.name)
            shared = (
                head.name[1] if len(head.name) == 3 and len(family) == 1 and dice.chance(GENERATION) else ""
            )
            return family + given_name(dice, male, year, generation=shared)
        if self._known and dice.chance(self._namesakes):
            return dice.one_of(self._known).name
        return surname(dice) + given_name(dice, male, year)

    def _number(self, birth: date, male: bool) -> str:
        """A number that nobody else in the county's list has: sequences begin low, as registrars give them out."""
        dice = self.dice
        area = dice.drawn(self._homes).area if dice.chance(BORN_ELSEWHERE) else self.county.area
        while True:
            luck = dice.random()
            number = ids.make_id_number(area, birth, 2 * int(luck * luck * 499) + (1 if male else 0))
            if number not in self._taken:
                self._taken.add(number)
                return number

    def _phone(self) -> str:
        if self._handed_on and self.dice.chance(NUMBER_HANDED_ON / 2):
            return self._handed_on.pop(0)
        return next(self._numbers)

    def _work(self, phone: str) -> Work:
        dice = self.dice
        firm = None if dice.chance(ALONE) else dice.drawn(self._by_size)
        plate, colour = _plate(dice, self.county.plate) if dice.chance(WITH_PLATE) else ("", "")
        return Work(firm, plate, colour, phone)

    def _certificate(self, number: str) -> str:
        """The number of a certificate of work: that of the identity card, or 19 digits of an office's own."""
        if self.dice.chance(CERTIFICATE_IS_ID):
            return number
        return f"{self.county.area}00{int(self.dice.random() * 10**11):011d}"


def _birth(dice: Dice) -> date:
    """A day of birth; some fall on the first or the fifteenth, as where nobody had written it down."""
    day = date(dice.drawn(BIRTH_YEARS), 1, 1) + timedelta(days=dice.below(365))
    return day.replace(day=dice.one_of((1, 15))) if dice.chance(ROUND_DAY) else day


def _plate(dice: Dice, prefix: str) -> tuple[str, str]:
    """A plate with its colour: five places, or six of a vehicle that runs on electricity."""
    digits = f"{dice.below(100_000):05d}"
    if dice.chance(0.2):
        return (f"{prefix}D{digits}", "渐变绿") if dice.chance(0.7) else (f"{prefix}{digits}D", "黄绿")
    letter = dice.one_of("ABCEHKMNPQRTUWXY")
    return prefix + (letter + digits[1:] if dice.chance(0.5) else digits[0] + letter + digits[2:]), (
        "黄" if dice.chance(0.6) else "蓝"
    )
