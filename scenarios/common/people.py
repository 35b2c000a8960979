"""Invented people: names, birth dates, ID numbers and phones, all distinct, all from one dice.

Phones lie in 19900000000–19909999999, a block set aside for invented people; the places take disjoint parts of it.
No spelling tricks here: see ``ugly``.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from scenarios.common import codes, lexicon

PHONE_BLOCK, PHONES_OF_BLOCK = 19_900_000_000, 10_000_000
OLDEST, YOUNGEST = date(1966, 3, 1), date(2005, 8, 31)

Namer = Callable[[Random, bool], str]
_SURNAMES, _SURNAME_WEIGHTS = tuple(lexicon.SURNAMES), tuple(accumulate(lexicon.SURNAMES.values()))


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person; ``name`` is in simplified characters, a dot in it is U+00B7."""

    name: str
    sex: str
    birth: date
    id_number: str
    phone: str


@dataclass(frozen=True, slots=True)
class Worker:
    """A person at work: kind of work, firm or platform, post, first day, township and plate (any may be empty)."""

    person: Person
    kind: str
    firm: str
    since: date
    post: str = ""
    town: str = ""
    plate: str = ""


def seeded(seed: int) -> Random:
    """The dice of one place: invention needs repetition, not secrecy."""
    return Random(seed)  # noqa: S311


def is_barred(name: str) -> bool:
    """Whether a name, or a part of it between dots, is a person's in the source documents."""
    parts = {name, name.replace("·", ""), *name.split("·")}
    return any(hashlib.sha256(part.encode()).hexdigest()[:16] in lexicon.BARRED_NAMES for part in parts)


def han_name(dice: Random, male: bool) -> str:
    """A Han name: two or three characters mostly, now and then a double surname or a rare character."""
    surname = dice.choices(_SURNAMES, cum_weights=_SURNAME_WEIGHTS)[0]
    if dice.random() < 0.02:
        surname = dice.choice(lexicon.DOUBLE_SURNAMES)
    last = dice.choice(lexicon.GIVEN_MALE if male else lexicon.GIVEN_FEMALE)
    if dice.random() < 0.03:
        last = dice.choice(lexicon.RARE)
    middle = dice.choice(lexicon.GIVEN_MIDDLE) if dice.random() < 0.72 else ""
    return surname + (middle if middle != last else "") + last


def yi_name(dice: Random, male: bool) -> str:
    """A Yi-style name in Chinese characters: clan and given name, sometimes dotted, sometimes long."""
    clan = dice.choice(lexicon.YI_CLANS)
    given = dice.choice(lexicon.YI_MALE if male else lexicon.YI_FEMALE)
    form = dice.random()
    if form < 0.12:
        return given + dice.choice("惹莫" if male else "莫")
    if form < 0.30:
        return f"{clan}·{given}"
    if form < 0.42:
        return clan + "".join(dice.sample(lexicon.YI_SYLLABLES, 2)) + given
    return clan + given


def long_yi_name(dice: Random) -> str:
    """A name with father's and grandfather's names before one's own, joined by dots (about 17 characters)."""
    clans = dice.sample(lexicon.YI_CLANS, 2)
    given = dice.sample(lexicon.YI_MALE, 5)
    return f"{clans[0]}{clans[1]}·{given[0]}{given[1]}·{given[2]}{given[3]}·{given[4]}"


def mixed_namer(share_yi: float) -> Namer:
    """A namer that gives a Yi-style name with the given probability, else a Han name."""

    def name(dice: Random, male: bool) -> str:
        return yi_name(dice, male) if dice.random() < share_yi else han_name(dice, male)

    return name


def free_name(dice: Random, namer: Namer, male: bool) -> str:
    """A name of the namer that is no person's in the source documents."""
    while is_barred(name := namer(dice, male)):
        pass
    return name


def random_day(dice: Random, first: date, last: date) -> date:
    """A day between two days, both included."""
    return first + timedelta(days=dice.randrange((last - first).days + 1))


def first_day_at_work(dice: Random, person: Person, first: date, last: date) -> date:
    """A day between two days on which the person was of age (18)."""
    of_age = date(person.birth.year + 18, person.birth.month, min(person.birth.day, 28))
    return random_day(dice, min(max(first, of_age), last), last)


def invent_people(
    dice: Random, count: int, *, areas: Sequence[str], phones: range, namer: Namer, women: float = 0.12
) -> list[Person]:
    """``count`` persons with distinct ID numbers and phones; the first area is the most frequent one.

    ``phones`` is the part of the block to draw from, as offsets. Equal names may occur, as they do in life.
    """
    weights = [4 * len(areas)] + [1] * (len(areas) - 1)
    seen: set[str] = set()
    found: list[Person] = []
    for offset in dice.sample(phones, count):
        male = dice.random() >= women
        birth = random_day(dice, OLDEST, YOUNGEST)
        number = ""
        while not number or number in seen:
            area = dice.choices(areas, weights)[0]
            number = codes.id_number(area, birth, 2 * dice.randrange(1, 499) + (1 if male else 0))
        seen.add(number)
        name = free_name(dice, namer, male)
        found.append(Person(name, "男" if male else "女", birth, number, str(PHONE_BLOCK + offset)))
    return found
