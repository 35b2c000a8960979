"""The dice of the benchmark: the same throws in every process and on every Python.

Only `Random.random` is used, whose sequence Python promises to keep; the seed is made of words by SHA-256, never by `hash()`.
"""

from bisect import bisect
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import accumulate
from math import log
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Things with the weights by which they are drawn."""

    __slots__ = ("_sums", "items")

    def __init__(self, pairs: Iterable[tuple[T, float]]) -> None:
        self.items, weights = zip(*pairs, strict=True)
        self._sums = list(accumulate(weights))

    def at(self, luck: float) -> T:
        """The thing that a throw between 0 and 1 falls on."""
        item: T = self.items[min(bisect(self._sums, luck * self._sums[-1]), len(self.items) - 1)]
        return item

    def divided(self, total: int) -> list[int]:
        """A whole number divided among the things by their weights, none left over."""
        edges = [round(total * part / self._sums[-1]) for part in self._sums]
        return [edge - before for before, edge in zip([0, *edges], edges, strict=False)]


class Dice:
    """A dice of its own for each part of the world: `Dice(seed, "county", 7)`."""

    __slots__ = ("random",)

    def __init__(self, *key: object) -> None:
        self.random = Random(int.from_bytes(sha256(repr(key).encode()).digest()[:8])).random

    def below(self, count: int) -> int:
        """A whole number from 0 to count - 1."""
        return int(self.random() * count)

    def chance(self, share: float) -> bool:
        """Whether something of this probability happens."""
        return self.random() < share

    def one_of(self, things: Sequence[T]) -> T:
        """One of them, each as likely."""
        return things[int(self.random() * len(things))]

    def drawn(self, table: Weighted[T]) -> T:
        """One of them by weight."""
        return table.at(self.random())

    def shuffled(self, things: Iterable[T]) -> list[T]:
        """All of them in another order."""
        return [
            thing
            for _luck, _place, thing in sorted(
                (self.random(), place, thing) for place, thing in enumerate(things)
            )
        ]

    def carelessness(self) -> float:
        """A factor on all errors of one row, 1 in the mean: most rows are tidier than that, few are bad in every cell."""
        scale = log(1 - self.random())
        return scale * scale / 2
