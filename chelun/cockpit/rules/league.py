"""How much a share of few rows is worth: an order of truthfulness that a source does not lead by three lucky rows. Pure."""

from dataclasses import dataclass
from math import sqrt

Z = 1.96
"""95 of 100 such intervals hold the true share (Wilson 1927)."""
FEWEST = 20
"""Below so many judged rows nobody is ranked."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which shares, in percent, the true one probably lies."""

    low: float
    high: float


def likely_share(confirmed: int, judged: int) -> Interval:
    """The Wilson interval of a share of `judged` rows; from 0 to 100 where none was judged."""
    if not judged:
        return Interval(0.0, 100.0)
    share, square = confirmed / judged, Z * Z / judged
    middle = (share + square / 2) / (1 + square)
    reach = Z * sqrt(share * (1 - share) / judged + square / (4 * judged)) / (1 + square)
    return Interval(100 * max(0.0, middle - reach), 100 * min(1.0, middle + reach))


def rank_key(confirmed: int, judged: int) -> tuple[bool, float, int]:
    """By what sources are ordered: those with rows enough first, by the lower end of their interval, then by rows judged."""
    return (judged < FEWEST, -likely_share(confirmed, judged).low, -judged)
