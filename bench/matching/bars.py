"""What our engine has to reach, as lines that say `ok`, `MISSED`, or that there is no engine yet.

What lives here: the bars of docs/plans/matching.md that are ratios to a peer in the same run, or fixed. What does not: measuring.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.matching.scores import PARTS, Score

TO_CLEANED, TO_RAW, LEAST_F1, MOST_DISHONEST = 0.5, 0.25, 0.99, 0.02
WORDS = {
    "all": "all pairs",
    "neither": "no number or telephone on both sides",
    "either": "number or telephone on both sides",
}
Scores = dict[str, Score]


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure of ours that may be at most `limit`; `value` is None as long as there is no engine."""

    what: str
    limit: float
    value: float | None

    @property
    def missed(self) -> bool:
        """Whether there is a figure and it is too high."""
        return self.value is not None and self.value > self.limit

    def line(self) -> str:
        """One line for the eye."""
        if self.value is None:
            return f"  {self.what}: at most {self.limit:.4f}; no engine yet"
        return (
            f"  {self.what}: {self.value:.4f}, at most {self.limit:.4f}: {'MISSED' if self.missed else 'ok'}"
        )


def hard_bars(where: str, ours: Scores | None, cleaned: Scores, raw: Scores) -> Iterator[Bar]:
    """The remaining error on the hard set: against Splink cleaned and raw over all pairs and those of neither, F1 over the others."""
    for part in PARTS[:2]:
        error = None if ours is None else ours[part].error
        what = f"{where}, {WORDS[part]}, 1 - F1"
        yield Bar(f"{what}, half of Splink cleaned", TO_CLEANED * cleaned[part].error, error)
        if part == "all":
            yield Bar(f"{what}, a quarter of Splink raw", TO_RAW * raw[part].error, error)
    yield Bar(
        f"{where}, {WORDS['either']}, 1 - F1", 1 - LEAST_F1, None if ours is None else ours["either"].error
    )


def honesty_bar(where: str, ours: Scores | None, expected: float | None) -> Bar:
    """How far the F1 that the probabilities promise is from the real one."""
    value = None if ours is None or expected is None else abs(expected - ours["all"].f1)
    return Bar(f"{where}, |expected - real F1|", MOST_DISHONEST, value)


def febrl_bar(where: str, ours: Scores | None, peers: list[Scores]) -> Bar:
    """Not below the best peer of the same run."""
    best = min(scores["all"].error for scores in peers)
    return Bar(f"{where}, 1 - F1, the best peer", best, None if ours is None else ours["all"].error)
