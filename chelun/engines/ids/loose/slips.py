"""Slips of the hand in a number: one sign wrong, missing or too many, two neighbours exchanged.

What lives here: telling whether two texts differ by one slip, and keys under which such texts meet.
What does not: what a sign means: 1 and 7 are as far apart as 1 and 2.
"""

from chelun.engines.ids.loose.shown import HIDDEN


def one_slip(one: str, other: str) -> bool:
    """Whether two numbers differ, and by one slip only: a sign wrong, missing or too many, or two neighbours exchanged.

    What is hidden on either side differs from nothing. Numbers of two lengths are compared only where nothing is hidden.
    """
    if len(one) == len(other):
        return _wrong_or_exchanged(one, other)
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return len(long) == len(short) + 1 and HIDDEN not in one + other and _without_one(long, short)


def deletion_keys(text: str) -> frozenset[str]:
    """The number, and the number without each one of its signs: numbers one slip apart share one of these, others rarely.

    For finding candidates; `one_slip` decides. None where a sign is hidden or the number is empty, which says nothing.
    """
    if HIDDEN in text or not text:
        return frozenset()
    return frozenset((text, *(text[:place] + text[place + 1 :] for place in range(len(text)))))


def _wrong_or_exchanged(one: str, other: str) -> bool:
    places = [
        place
        for place, (left, right) in enumerate(zip(one, other, strict=True))
        if left != right and HIDDEN not in (left, right)
    ]
    if len(places) != 2:
        return len(places) == 1
    first, second = places
    return second == first + 1 and one[first : second + 1] == other[second] + other[first]


def _without_one(long: str, short: str) -> bool:
    place = next((place for place, sign in enumerate(short) if sign != long[place]), len(short))
    return long[:place] + long[place + 1 :] == short
