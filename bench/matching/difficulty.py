"""The three difficulties as values that can be read.

What lives here: shares that a difficulty fixes. What does not: the errors themselves (`mishaps/`). Shares of numbers and telephones are those of
batches that fill the column; what remains whole on both sides of a pair is counted and printed with every figure.
"""

from dataclasses import dataclass

from bench.matching.dice import Weighted


@dataclass(frozen=True, slots=True)
class Difficulty:
    """`overlap`: share of the people of the left table who are in the right one. `duplicates`: share of rows on either side that are somebody's
    second. `trouble`: factor on every error. `hands`: how frequent each kind of hand is."""

    name: str
    fill: dict[str, float]
    duplicates: float
    namesakes: float
    moved: float
    overlap: float
    trouble: float
    hands: Weighted[str]


_FILL = {
    "sex": 0.85,
    "birth": 0.75,
    "plate": 0.75,
    "colour": 0.5,
    "firm": 0.85,
    "address": 0.75,
    "certificate": 0.2,
    "head": 0.8,
}

EASY = Difficulty(
    "easy", {**_FILL, "number": 0.995, "phone": 0.92, "birth": 0.9, "code": 0.97}, 0.02, 0.03, 0.1, 0.6, 0.4,
    Weighted((("tidy", 60), ("clerk", 25), ("ocr", 3), ("sheet", 8), ("archive", 3), ("masks", 1))),
)  # fmt: skip
MIDDLE = Difficulty(
    "middle", {**_FILL, "number": 0.82, "phone": 0.82, "birth": 0.85, "code": 0.8}, 0.05, 0.1, 0.16, 0.5, 0.8,
    Weighted((("tidy", 40), ("clerk", 30), ("ocr", 8), ("sheet", 10), ("archive", 7), ("masks", 5))),
)  # fmt: skip
HARD = Difficulty(
    "hard", {**_FILL, "number": 0.53, "phone": 0.72, "code": 0.6}, 0.08, 0.17, 0.22, 0.5, 1.4,
    Weighted((("tidy", 25), ("clerk", 35), ("ocr", 12), ("sheet", 12), ("archive", 9), ("masks", 7))),
)  # fmt: skip
DIFFICULTIES = {each.name: each for each in (EASY, MIDDLE, HARD)}
TUNING_SEEDS, FIGURE_SEEDS = (1, 2, 3), (101, 102, 103)
