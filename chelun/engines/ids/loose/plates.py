"""What the plates in a cell still say when they are masked, mistyped, or written without province or colour.

What lives here: the signs that are there, of each plate of a cell, and when two colours differ.
What does not: putting a plate right, and judging it: `read_plate` decides what is a plate.
"""

import re
from dataclasses import dataclass, field

from chelun.engines.ids.cells import CellValue, compact, looks_masked, says_nothing
from chelun.engines.ids.loose.shown import HIDDEN, agree_where_shown, count_shown, hide, stretch
from chelun.engines.ids.plate import PROVINCE_SIGNS, Plate, colour_of, number_and_word, read_plate

_LENGTH = 7
_LENGTHS = range(6, 10)
_FEWEST_SHOWN = 4
_FEWEST_TO_AGREE = 5
_SEVERAL = re.compile(r"[、,，;；/\\|\n\r]+|(?<=[0-9A-Za-z挂]{5}) +(?=\S{6})")
_BODY = re.compile(r"[0-9A-Z?]+[0-9A-Z?挂学警港澳超领]", re.ASCII)
_LIKE_DIGITS = str.maketrans("IO", "10")


@dataclass(frozen=True, slots=True)
class PlateParts:
    """`text`: seven or eight signs, the province first, with `HIDDEN` for what does not show; six or nine where a slip made them so.

    `whole`: the strict reader takes it. `colour`: a code of `COLOURS`, or None where nobody said it or it was said in two ways.
    """

    text: str = field(repr=False)
    whole: bool
    colour: int | None = None


def plate_parts(cell: CellValue, colour: CellValue = None) -> tuple[PlateParts, ...]:
    """What can be seen of each plate in a cell, in order; those of which too little shows are left out.

    A missing province, or a character in its place that is none, is hidden. I and O, which no plate has after its second sign, are
    read as 1 and 0. A colour in a cell of its own belongs to the plate only if there is one.
    """
    pieces = [piece for piece in _SEVERAL.split(cell) if piece.strip()] if isinstance(cell, str) else [cell]
    whole = read_plate(cell, colour) if len(pieces) > 1 else None
    if isinstance(whole, Plate):
        pieces = [cell]
    found = (_parts(piece, colour if len(pieces) == 1 else None) for piece in pieces)
    return tuple(dict.fromkeys(parts for parts in found if parts is not None))


def colours_differ(one: int | None, other: int | None) -> bool:
    """Whether two colours are known and are not one: two vehicles, even under one number."""
    return one is not None and other is not None and one != other


def plates_agree(one: PlateParts, other: PlateParts) -> bool:
    """Whether two plates may be one: alike wherever both show, in five places at least, and not of two known colours."""
    return agree_where_shown(one.text, other.text, fewest=_FEWEST_TO_AGREE) and not colours_differ(
        one.colour, other.colour
    )


def _parts(piece: CellValue, colour: CellValue) -> PlateParts | None:
    strict = read_plate(piece, colour)
    if isinstance(strict, Plate):
        return PlateParts(strict.number, True, strict.colour)
    plain = compact(piece)
    if says_nothing(plain):
        return None
    number, word = number_and_word(hide(plain.replace("●", "")) if looks_masked(plain) else plain)
    text = _with_province(number)
    if not _BODY.fullmatch(text[1:]) or len(text) not in _LENGTHS or count_shown(text) < _FEWEST_SHOWN:
        return None
    said = {colour_of(part) for part in (word, compact(colour)) if part} - {None}
    return PlateParts(text, False, said.pop() if len(said) == 1 else None)


def _with_province(number: str) -> str:
    """The number with its province first, hidden where none stands, and with digits for the letters that look like them."""
    if number[:1].isascii() and not number.startswith(HIDDEN):
        number = HIDDEN + number
    elif number[:1] not in PROVINCE_SIGNS:
        number = HIDDEN + number[1:]
    text = number[:2] + number[2:].translate(_LIKE_DIGITS)
    return text if len(text) == _LENGTH + 1 else text[0] + stretch(text[1:], _LENGTH - 1)
