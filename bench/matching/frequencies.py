"""How often names, births, places and sizes occur in the world of the benchmark.

What lives here: the lists of `data/` with weights, and drawing a name. Two laws are ours and fitted to what the ministry of public
security has published (README): weight by rank, and the share of names of one character and of fixed pairs by decade of birth.
What does not: who lives where, and mistakes.
"""

from collections.abc import Iterable
from pathlib import Path

from bench.matching.data import given, parts
from bench.matching.dice import Dice, Weighted

DATA = Path(__file__).parent / "data"
DECADES = (1950, 1960, 1970, 1980, 1990, 2000)
RANK_OFFSET, RANK_POWER = 6, 0.9
ONE_CHARACTER = {1950: 0.10, 1960: 0.16, 1970: 0.27, 1980: 0.38, 1990: 0.30, 2000: 0.16}
FIXED_PAIR = {1950: 0.12, 1960: 0.10, 1970: 0.08, 1980: 0.06, 1990: 0.06, 2000: 0.07}
LONG_TAIL, RARE, DOUBLE_SURNAME, BOTH_PARENTS = 0.30, 0.004, 0.002, 0.0008


def _lines(name: str) -> Iterable[list[str]]:
    for line in (DATA / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def by_rank(things: Iterable[str]) -> Weighted[str]:
    """Things in the order of their frequency, with weights that fall as (rank + 6) to the power of -0.9."""
    return Weighted(
        (thing, (rank + RANK_OFFSET) ** -RANK_POWER)
        for rank, thing in enumerate(dict.fromkeys(things), start=1)
    )


def _by_decade(lists: dict[int, str], *, words: bool = False) -> dict[int, Weighted[str]]:
    return {decade: by_rank(lists[decade].split() if words else lists[decade]) for decade in DECADES}


SURNAMES = Weighted((surname, float(share)) for surname, share in _lines("surnames.tsv"))
DOUBLE_SURNAMES = given.DOUBLE_SURNAMES.split()
REGIONS = Weighted(
    ((code, province, city, plate), float(weight))
    for code, province, city, plate, weight in _lines("regions.tsv")
)
_LAST = {True: _by_decade(given.MALE_LAST), False: _by_decade(given.FEMALE_LAST)}
_FIRST = {True: _by_decade(given.MALE_FIRST), False: _by_decade(given.FEMALE_FIRST)}
_PAIRS = {True: _by_decade(given.MALE_PAIRS, words=True), False: _by_decade(given.FEMALE_PAIRS, words=True)}
STYLES = tuple(
    tuple(tuple(tuple(part.split("/")) for part in column.split()) for column in style)
    for style in parts.STYLES
)
"""For each style the parts that stand first and those that follow, each with its writings."""

BIRTH_YEARS = Weighted(
    (year, 1 + max(0, 9 - abs(year - 1972) / 2.2) + max(0, 6 - abs(year - 1988) / 2))
    for year in range(1956, 2008)
)
"""Who drives and works: most were born around 1972, a second wave around 1988."""


def decade_of(year: int) -> int:
    """The decade whose names a year of birth takes."""
    return min(max(year // 10 * 10, DECADES[0]), DECADES[-1])


def surname(dice: Dice) -> str:
    """A surname; now and then a double one, or those of both parents."""
    luck = dice.random()
    if luck < DOUBLE_SURNAME:
        return dice.one_of(DOUBLE_SURNAMES)
    found = dice.drawn(SURNAMES)
    return found + dice.drawn(SURNAMES) if luck > 1 - BOTH_PARENTS and len(found) == 1 else found


def surname_of(name: str) -> str:
    """The surname of a name that `surname` began."""
    return name[:2] if name[:2] in DOUBLE_SURNAMES else name[0]


def given_name(dice: Dice, male: bool, year: int, *, generation: str = "") -> str:
    """A given name of the decade; `generation` is the first character that brothers and sisters share."""
    decade, luck = decade_of(year), dice.random()
    if generation:
        return generation + _last(dice, male, decade)
    if luck < ONE_CHARACTER[decade]:
        return _last(dice, male, decade)
    if luck < ONE_CHARACTER[decade] + FIXED_PAIR[decade]:
        return dice.drawn(_PAIRS[male][decade])
    return dice.drawn(_FIRST[male][decade]) + _last(dice, male, decade)


def _last(dice: Dice, male: bool, decade: int) -> str:
    luck = dice.random()
    if luck < RARE:
        return dice.one_of(given.RARE)
    return dice.one_of(given.TAIL) if luck < LONG_TAIL else dice.drawn(_LAST[male][decade])


def name_of_parts(dice: Dice, style: int) -> str:
    """A name of two or three parts of one style, mostly with a dot between them."""
    first, following = STYLES[style]
    names = [
        dice.one_of(first)[0],
        *(dice.one_of(following)[0] for _ in range(2 if dice.chance(0.08) else 1)),
    ]
    return ("·" if dice.chance(0.7) else "").join(names)
