"""Mistakes of somebody who types what he hears or reads: by sound, by a slip of the finger, by leaving out.

Each of the functions changes a row in place. `SLIPS` has the rate of each for a row of mean carelessness and a trouble of 1.
"""

from collections.abc import Callable

from bench.matching.data import given
from bench.matching.dice import Dice
from bench.matching.frequencies import STYLES
from bench.matching.hands import Hand
from bench.matching.mishaps import digits, sounds
from bench.matching.rows import Row

Slip = Callable[[Row, Dice, Hand], None]
_SURNAME_SPARED = 0.6
_WRITINGS = {part[0]: part[1:] for style in STYLES for column in style for part in column}
_PARTS = sorted(_WRITINGS, key=lambda part: (-len(part), part))
TITLES = ("师傅", "（司机）", "(已离职)", "（组长）", "1")


def by_sound(row: Row, dice: Dice, hand: Hand) -> None:
    """A character of the name written by its reading, as the clerk hears it: mostly the first candidate, which may be the right one."""
    if "·" in row.name or len(row.name) > 4:
        in_other_writing(row, dice, hand)
    else:
        row.name, row.head = _heard(row.name, dice, hand), _heard(row.head, dice, hand)


def _heard(name: str, dice: Dice, hand: Hand) -> str:
    if not 2 <= len(name) <= 4:
        return name
    place = 1 + dice.below(len(name) - 1) if dice.chance(_SURNAME_SPARED) else 0
    syllable = sounds.syllables(name)[place]
    heard = sounds.confused(dice, syllable, hand.dialect) if dice.chance(0.6) else syllable
    candidates = sounds.offered(heard)
    return name[:place] + dice.drawn(candidates) + name[place + 1 :] if candidates else name


def in_other_writing(row: Row, dice: Dice, hand: Hand) -> None:
    """A name of several parts as another office writes it: another writing, a part left out, without dots, or another dot."""
    parts = row.name.split("·")
    way = dice.random()
    if way < 0.5:
        row.name = _other_writing(dice, row.name)
    elif way < 0.65 and len(parts) > 1:
        row.name = parts[0] if dice.chance(0.6) else "·".join(parts[-1:])
    elif way < 0.85:
        row.name = "".join(parts)
    else:
        row.name = dice.one_of((".", "•", "・", " ", "-")).join(parts)


def _other_writing(dice: Dice, name: str) -> str:
    found = next((part for part in _PARTS if part in name), "")
    return name.replace(found, dice.one_of(_WRITINGS[found]), 1) if found else name


def character_left_out(row: Row, dice: Dice, hand: Hand) -> None:
    """A name of three characters with two."""
    if len(row.name) == 3:
        row.name = row.name[0] + row.name[1 + dice.below(2)]


def characters_exchanged(row: Row, dice: Dice, hand: Hand) -> None:
    """The given name's characters in the other order."""
    if len(row.name) == 3:
        row.name = row.name[0] + row.name[2] + row.name[1]


def with_a_note(row: Row, dice: Dice, hand: Hand) -> None:
    """Something behind the name that is not of the name."""
    row.name += dice.one_of(TITLES)


def stretched(row: Row, dice: Dice, hand: Hand) -> None:
    """A name of two characters made as wide as one of three."""
    if len(row.name) == 2:
        row.name = row.name[0] + dice.one_of((" ", "\u3000", "  ")) + row.name[1]


def rare_character(row: Row, dice: Dice, hand: Hand) -> None:
    """A character that the input method does not have: a box, a question mark, or one read alike."""
    place = next((place for place, sign in enumerate(row.name) if sign in given.RARE), None)
    if place is not None and dice.chance(0.5):
        row.name = row.name[:place] + dice.one_of("□?〓") + row.name[place + 1 :]


def number_mistyped(row: Row, dice: Dice, hand: Hand) -> None:
    """One digit of the number of identity behind the area wrong, two exchanged, one missing."""
    way = dice.random()
    if row.number:
        row.number = (
            digits.replaced(dice, row.number, first=6)
            if way < 0.6
            else digits.swapped(dice, row.number, first=6)
            if way < 0.9
            else digits.dropped(dice, row.number, first=6)
        )


def code_mistyped(row: Row, dice: Dice, hand: Hand) -> None:
    """One digit of a credit code wrong, or two exchanged, behind the area."""
    row.code = (
        digits.replaced(dice, row.code, first=8)
        if dice.chance(0.6)
        else digits.swapped(dice, row.code, first=8)
    )


def phone_mistyped(row: Row, dice: Dice, hand: Hand) -> None:
    """One digit of the telephone wrong (never of its block), two exchanged, one missing."""
    way = dice.random()
    if row.phone:
        changed = (
            digits.replaced(dice, row.phone, first=4)
            if way < 0.6
            else digits.swapped(dice, row.phone, first=4)
        )
        row.phone = changed if way < 0.9 else row.phone[:-1]


def second_phone(row: Row, dice: Dice, hand: Hand) -> None:
    """Two numbers in one cell: a former one, or that of the office, before or behind."""
    other = row.work and row.work.firm and row.work.firm.phones[0]
    if row.phone and other:
        first, second = (row.phone, other) if dice.chance(0.5) else (other, row.phone)
        row.phone = f"{first}{dice.one_of(('、', '/', ' ', '，'))}{second}"


def office_phone(row: Row, dice: Dice, hand: Hand) -> None:
    """The firm's line for the person's own."""
    if row.phone and row.work and row.work.firm:
        row.phone = row.work.firm.phones[0]


def birth_mistyped(row: Row, dice: Dice, hand: Hand) -> None:
    """A digit of the birth wrong, or day and month exchanged."""
    if not row.birth:
        return
    year, month, day = row.birth.split("-")
    way = dice.random()
    if way < 0.25 and int(day) <= 12:
        month, day = day, month
    elif way < 0.5:
        year = str(int(year) + dice.one_of((-10, -1, -1, 1, 1, 10)))
    elif way < 0.75:
        month = f"{1 + dice.below(12):02d}"
    else:
        day = f"{1 + dice.below(28):02d}"
    row.birth = f"{year}-{month}-{day}"


def sex_mistaken(row: Row, dice: Dice, hand: Hand) -> None:
    """The other sex, as where a column was filled down."""
    row.sex = {"男": "女", "女": "男"}.get(row.sex, row.sex)


def plate_mistyped(row: Row, dice: Dice, hand: Hand) -> None:
    """One place of the plate wrong, or two exchanged."""
    if row.plate:
        row.plate = (
            digits.replaced(dice, row.plate, first=2)
            if dice.chance(0.7)
            else digits.swapped(dice, row.plate, first=2)
        )


def colour_mistaken(row: Row, dice: Dice, hand: Hand) -> None:
    """Blue for yellow and the other way round."""
    row.colour = {"黄": "蓝", "蓝": "黄"}.get(row.colour, row.colour)


def firm_by_sound(row: Row, dice: Dice, hand: Hand) -> None:
    """One character in the firm's own part of its name written by its reading."""
    subject = row.subject or (row.work and row.work.firm)
    if subject and subject.core in row.firm:
        place = dice.below(2)
        candidates = sounds.offered(sounds.syllables(subject.core)[place])
        taken = dice.drawn(candidates) if candidates else subject.core[place]
        changed = subject.core[:place] + taken + subject.core[place + 1 :]
        row.firm = row.firm.replace(subject.core, changed, 1)


SLIPS: tuple[tuple[float, Slip], ...] = (
    (0.045, by_sound), (0.006, character_left_out), (0.005, characters_exchanged), (0.015, with_a_note), (0.03, stretched),
    (1.0, rare_character), (0.035, number_mistyped), (0.035, code_mistyped), (0.03, phone_mistyped), (0.03, second_phone), (0.015, office_phone), (0.035, birth_mistyped), (0.012, sex_mistaken),
    (0.03, plate_mistyped), (0.02, colour_mistaken), (0.02, firm_by_sound),
)  # fmt: skip


def slip(row: Row, dice: Dice, hand: Hand) -> None:
    """All mistakes of typing that befall a row."""
    scale = row.careless * hand.trouble * (1.6 if hand.kind == "clerk" else 0.6)
    luck = dice.random
    for rate, mishap in SLIPS:
        if luck() < rate * scale:
            mishap(row, dice, hand)
