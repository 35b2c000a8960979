"""What spreadsheet programs do: to a cell that they take for a number, and to a batch when a column is moved or filled down."""

from bench.matching.dice import Dice
from bench.matching.hands import Hand
from bench.matching.rows import Row

MOVED, FILLED_DOWN, LONGEST_RUN = 0.25, 0.3, 12
_TOGETHER = (("phone",), ("firm",), ("plate", "colour"), ("address",), ("birth",))


def as_numbers(row: Row, dice: Dice, hand: Hand) -> None:
    """Long numbers of a batch that a program took for numbers: rounded to 15 digits, or shown with an exponent."""
    if hand.kind != "sheet" or not hand.from_number:
        return
    if len(row.number) == 18:
        row.number = f"{row.number[0]}.{row.number[1:6]}E+17" if hand.grouped else row.number[:15] + "000"
    if len(row.certificate) >= 18:
        row.certificate = row.certificate[:15] + "0" * (len(row.certificate) - 15)
    if row.phone.isdecimal():
        row.phone += ".0"


def computed(row: Row, hand: Hand) -> None:
    """Birth and sex by a formula out of the number as it was typed: right or wrong together with it."""
    if hand.from_number and len(row.number) == 18 and row.number[6:14].isdecimal():
        if row.birth:
            row.birth = f"{row.number[6:10]}-{row.number[10:12]}-{row.number[12:14]}"
        if row.sex and row.number[16].isdecimal():
            row.sex = "男" if int(row.number[16]) % 2 else "女"


def spoil(rows: list[Row], dice: Dice, hand: Hand) -> None:
    """A run of rows in which one column stands a row too low, and a run that was filled down from its first."""
    if hand.kind != "sheet" or len(rows) < 3:
        return
    for columns in _TOGETHER:
        if dice.chance(MOVED * hand.trouble / 4):
            _move(_run(rows, dice), columns)
        if columns[0] in ("firm", "address") and dice.chance(FILLED_DOWN * hand.trouble / 2):
            _fill(_run(rows, dice), columns[0])


def _run(rows: list[Row], dice: Dice) -> list[Row]:
    begin = dice.below(len(rows) - 2)
    return rows[begin : begin + 2 + dice.below(LONGEST_RUN)]


def _move(run: list[Row], columns: tuple[str, ...]) -> None:
    for column in columns:
        values = [getattr(row, column) for row in run]
        for row, value in zip(run, [values[-1], *values[:-1]], strict=True):
            setattr(row, column, value)


def _fill(run: list[Row], column: str) -> None:
    for row in run[1:]:
        setattr(row, column, getattr(run[0], column))
