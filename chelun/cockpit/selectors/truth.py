"""Reads of truthfulness: how many rows of each source, in each home, others confirmed or contradicted. One query."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chelun.cockpit.models import PlaceTally
from chelun.core.scope import Scope
from chelun.people.rules.truth import CONFIRMED, CONTRADICTED
from chelun.platform.regions.selectors import within

TRUTH = "cockpit.truth"


@dataclass(slots=True)
class Truth:
    """What became of rows: confirmed, contradicted, and how many of the contradicted were so at a counter."""

    confirmed: int = 0
    contradicted: int = 0
    at_counter: int = 0

    @property
    def judged(self) -> int:
        """Rows of which somebody else spoke."""
        return self.confirmed + self.contradicted

    @property
    def share(self) -> float | None:
        """Confirmed rows of all judged ones, in percent; None where none was judged."""
        return 100 * self.confirmed / self.judged if self.judged else None

    def add(self, verdict: str, by: str, rows: int) -> None:
        """Count some rows."""
        if verdict == CONFIRMED:
            self.confirmed += rows
        elif verdict == CONTRADICTED:
            self.contradicted += rows
            self.at_counter += rows if by == "form" else 0


def truth_by(area: Scope, key: Callable[[str, str], str]) -> dict[str, Truth]:
    """The rows of all homes in an area, put together by what `key` makes of home and source."""
    found: dict[str, Truth] = {}
    for home, source, verdict, by, rows in _cells(area):
        found.setdefault(key(home, source), Truth()).add(verdict, by, rows)
    return found


def _cells(area: Scope) -> Iterator[tuple[str, str, str, str, int]]:
    kept = PlaceTally.objects.filter(source=TRUTH).exclude(cells=[]).values_list("home", "cells")
    for home, cells in kept:
        if within(home, area):
            yield from ((home, source, verdict, by, rows) for _register, source, verdict, by, rows in cells)
