"""What was hidden before the list was handed on: the same way in a whole batch."""

from bench.matching.hands import Hand
from bench.matching.rows import Row


def hide(row: Row, hand: Hand) -> None:
    """Names, numbers and telephones hidden as the hand does."""
    star = hand.mask
    if "name" in hand.masked and len(row.name) > 1:
        middle = len(row.name) > 2 and star == "*"
        row.name = (
            row.name[0] + star * (len(row.name) - 2) + row.name[-1]
            if middle
            else row.name[0] + star * (len(row.name) - 1)
        )
    if "number" in hand.masked:
        row.number = _hidden(row.number, 6, 4, star)
        row.certificate = _hidden(row.certificate, 6, 4, star)
    if "phone" in hand.masked:
        row.phone = _hidden(row.phone[:11], 3, 4, star)


def _hidden(text: str, begin: int, end: int, star: str) -> str:
    """A text with only its first and last signs shown; what is no longer than these is left empty."""
    hidden = len(text) - begin - end
    return text[:begin] + star * hidden + text[-end:] if hidden > 0 else ""
