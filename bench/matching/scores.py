"""How good pairs are: precision, recall and F1 over all pairs of a set, and over those with and without a number or telephone on both sides.

What lives here: counting pairs. Every true pair counts, those of duplicates as well; each pair given counts once. What does not: printing.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

THRESHOLD = 0.5
PairKey = tuple[str, str]
PARTS = ("all", "neither", "either")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one part of the pairs."""

    true: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Right ones of those found; 1 where none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Right ones of those that are; 1 where there are none."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.true + self.found) if self.true + self.found else 1.0

    @property
    def error(self) -> float:
        """What remains: 1 - F1."""
        return 1 - self.f1

    def __add__(self, other: "Score") -> "Score":
        return Score(self.true + other.true, self.found + other.found, self.right + other.right)


class Truth:
    """The true pairs of a set, and which pairs have a number or telephone on both sides."""

    def __init__(self, folder: Path) -> None:
        self.pairs: set[PairKey] = {(left, right) for left, right in _lines(folder / "truth.csv")}
        self._held: dict[str, tuple[bool, bool]] = {}
        if (folder / "rows.csv").exists():
            self._held = {
                row: (number == "1", phone == "1")
                for _side, row, _entity, number, phone in _lines(folder / "rows.csv")
            }

    def told(self) -> str:
        """How many pairs there are and how many show no number or telephone on both sides."""
        neither = sum(self.part(pair) == "neither" for pair in self.pairs)
        return f"{len(self.pairs):,} true pairs" + (f", {neither:,} of them neither" if self._held else "")

    def part(self, pair: PairKey) -> str:
        """`either`, where both rows show a whole number or both a telephone, else `neither`; all of them where nobody says."""
        if not self._held:
            return "either"
        left, right = (self._held.get(row, (False, False)) for row in pair)
        return "either" if any(one and other for one, other in zip(left, right, strict=True)) else "neither"

    def scores(self, found: set[PairKey]) -> dict[str, Score]:
        """Counts over all pairs and over both parts."""
        by_part = {part: self._score(found, part) for part in PARTS[1:]}
        return {"all": by_part["neither"] + by_part["either"], **by_part}

    def _score(self, found: set[PairKey], part: str) -> Score:
        true, given = ({pair for pair in pairs if self.part(pair) == part} for pairs in (self.pairs, found))
        return Score(len(true), len(given), len(true & given))


def _lines(path: Path) -> Iterable[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


def read_pairs(path: Path) -> dict[PairKey, float]:
    """What a peer has written: pair → probability."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(left, right): float(probability) for left, right, probability in csv.reader(file)}


def linked(pairs: dict[PairKey, float], threshold: float = THRESHOLD) -> set[PairKey]:
    """The pairs that count at a threshold."""
    return {pair for pair, probability in pairs.items() if probability >= threshold}


def expected_f1(pairs: dict[PairKey, float]) -> float:
    """The F1 that a peer's own probabilities promise, pairs that it never met left out."""
    chances = list(pairs.values())
    right = sum(chance for chance in chances if chance >= THRESHOLD)
    whole = sum(chances) + sum(chance >= THRESHOLD for chance in chances)
    return 2 * right / whole if whole else 1.0


def best_error(pairs: dict[PairKey, float], truth: Truth) -> float:
    """1 - F1 at the best threshold of all, which only who knows the truth can choose."""
    right, best = 0, 1.0
    ordered = sorted(pairs.items(), key=lambda item: -item[1])
    for place, (pair, probability) in enumerate(ordered, start=1):
        right += pair in truth.pairs
        if place == len(ordered) or ordered[place][1] != probability:
            best = min(best, 1 - 2 * right / (place + len(truth.pairs)))
    return best
