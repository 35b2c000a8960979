"""What fingers and eyes do to a row of digits."""

from bench.matching.dice import Dice

SEEN_AS = {
    "0": "86",
    "1": "7",
    "2": "7",
    "3": "8",
    "4": "9",
    "5": "6",
    "6": "58",
    "7": "1",
    "8": "36",
    "9": "4",
}
_KEYPAD = {
    "0": "1",
    "1": "24",
    "2": "135",
    "3": "26",
    "4": "157",
    "5": "2468",
    "6": "359",
    "7": "48",
    "8": "579",
    "9": "68",
}


def replaced(dice: Dice, text: str, *, first: int = 0, seen: bool = False) -> str:
    """One digit from the place `first` on become a neighbour on the keypad, or one that looks alike."""
    places = [place for place in range(first, len(text)) if text[place].isdecimal()]
    if not places:
        return text
    place = dice.one_of(places)
    return text[:place] + dice.one_of((SEEN_AS if seen else _KEYPAD)[text[place]]) + text[place + 1 :]


def swapped(dice: Dice, text: str, *, first: int = 0) -> str:
    """Two neighbours that differ exchanged."""
    places = [place for place in range(first, len(text) - 1) if text[place] != text[place + 1]]
    if not places:
        return text
    place = dice.one_of(places)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def dropped(dice: Dice, text: str, *, first: int = 0) -> str:
    """One sign from the place `first` on left out."""
    if first >= len(text):
        return text
    place = first + dice.below(len(text) - first)
    return text[:place] + text[place + 1 :]
