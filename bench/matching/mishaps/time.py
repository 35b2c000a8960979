"""What time does: a list that was right once. Former work with its telephone and plate, numbers of 15 digits, a county's former name.

The change of work itself is the person's (`people.py`): firm, plate and telephone change together.
"""

from bench.matching.dice import Dice
from bench.matching.hands import Hand
from bench.matching.places import County
from bench.matching.rows import Row

LAST_YEAR_OF_15_DIGITS = 1985


def is_former(hand: Hand, dice: Dice, later: bool) -> bool:
    """Whether a row tells of the work before: all of the earlier table and of archives do, of the later table a few."""
    return not later or hand.kind == "archive" or dice.chance(0.05)


def grow_old(row: Row, dice: Dice, hand: Hand) -> None:
    """The 15 digits that an archive's paper has for who was born early enough."""
    person = row.person
    if hand.kind == "archive" and person and person.birth.year < LAST_YEAR_OF_15_DIGITS and dice.chance(0.7):
        row.number = person.number[:6] + person.number[8:17]


def county_name(county: County, hand: Hand) -> str:
    """What the hand calls a county: archives by its former name."""
    return county.former if hand.kind == "archive" or hand.address == "former" else county.name
