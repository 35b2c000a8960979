"""From rows in plain writing to cells: a county's rows of one side are cut into batches, and each batch goes through one hand.

What lives here: the order in which mishaps befall a row. What does not: the mishaps, files.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.matching import habits
from bench.matching.dice import Dice
from bench.matching.difficulty import Difficulty
from bench.matching.hands import Fill, Hand, draw_hand
from bench.matching.mishaps import clerk, masks, ocr, sheet, time
from bench.matching.rows import FIRM_CELLS, PERSON_CELLS, Row, set_work

SMALLEST, MODEST, LARGEST = 20, 80, 2000
LEFT_OUT, SELF_EMPLOYED = 0.025, 0.4
NOTES = ("", "", "", "", "", "", "已核", "续签", "电话核实", "新增", "转岗", "待补")


@dataclass(slots=True)
class Written:
    """A row as it stands in the table; `number` and `phone` tell whether one stands there whole, right or wrong."""

    entity: str
    cells: dict[str, str]
    number: bool
    phone: bool


def cut(rows: Sequence[Row], dice: Dice) -> Iterator[list[Row]]:
    """Batches of 20 to 2,000 rows, small ones far more often, none with more than a sixth of a large county."""
    begin, largest = 0, min(LARGEST, max(MODEST, len(rows) // 6))
    while begin < len(rows):
        luck = dice.random()
        end = begin + int(SMALLEST * (largest / SMALLEST) ** (luck * luck))
        yield list(rows[begin : end if len(rows) - end >= SMALLEST else len(rows)])
        begin = end if len(rows) - end >= SMALLEST else len(rows)


def write_batch(
    rows: list[Row], dice: Dice, difficulty: Difficulty, fill: Fill, *, later: bool
) -> list[Written]:
    """The rows of one batch as one hand writes them."""
    hand = draw_hand(dice, difficulty.hands, fill.blank(dice, len(rows)), difficulty.trouble)
    cells = PERSON_CELLS if rows[0].person else FIRM_CELLS
    for row in rows:
        _befall(row, dice, hand, later)
        _leave_out(row, dice, hand, cells)
    sheet.spoil(rows, dice, hand)
    return [_written(row, dice, hand, cells) for row in rows]


def _befall(row: Row, dice: Dice, hand: Hand, later: bool) -> None:
    if row.person:
        person = row.person
        set_work(row, person.before if time.is_former(hand, dice, later) else person.after)
    elif row.subject and not time.is_former(hand, dice, later):
        row.head, row.phone = row.subject.heads[1], row.subject.phones[1]
    time.grow_old(row, dice, hand)
    habits.shorten(row, dice, hand)
    clerk.slip(row, dice, hand)
    if hand.kind == "ocr":
        ocr.misread(row, dice, hand)
    sheet.computed(row, hand)


def _leave_out(row: Row, dice: Dice, hand: Hand, cells: tuple[str, ...]) -> None:
    """Columns that the batch does not fill, and cells that nobody filled."""
    for cell in cells:
        if cell in hand.blank or (cell not in ("name", "firm") and dice.chance(LEFT_OUT * row.careless)):
            setattr(row, cell, "")
    if row.person and not row.firm and "firm" not in hand.blank and dice.chance(SELF_EMPLOYED):
        row.firm = "个体"


def _written(row: Row, dice: Dice, hand: Hand, cells: tuple[str, ...]) -> Written:
    sheet.as_numbers(row, dice, hand)
    masks.hide(row, hand)
    number, phone = (
        _is_whole(row.number, hand) or _is_whole(row.certificate, hand) or len(row.code) > 16,
        _shows_phone(row.phone),
    )
    habits.write(row, dice, hand)
    found = {cell: getattr(row, cell) or hand.placeholder for cell in cells}
    found["note"] = dice.one_of(NOTES)
    return Written(row.entity, found, number, phone)


def _is_whole(number: str, hand: Hand) -> bool:
    """Whether a number of identity stands there with all its signs, one more or less, or as 15 digits."""
    cut_by_program = hand.kind == "sheet" and hand.from_number
    return (
        not cut_by_program
        and len(number) in (15, 17, 18)
        and number.isalnum()
        and hand.mask * 2 not in number
    )


def _shows_phone(phone: str) -> bool:
    return (len(phone) == 11 and phone.isdecimal()) or sum(sign.isdecimal() for sign in phone) >= 10
