"""Giving other writers their turn between the short steps of long work on SQLite, where one writes at a time.

Short steps alone are not enough: SQLite keeps no queue, and the next step would begin at once. After each step there
is a gap in which everybody who waits asks at least once (chelun.core.patience); who then writes, mostly writes again
soon – a log-in is a handful of small writes – so the gap goes on while others write, within bounds.
PostgreSQL keeps a queue and needs no gaps.
"""

import time

from django.db import connection

GAP_SECONDS = 0.015
SOON_SECONDS = 0.03
GAPS_AT_MOST = 6
STEP_SECONDS = 0.2
FEWEST_ROWS, MOST_ROWS = 25, 500


class Pace:
    """How many rows a step takes: as many as are done in a fifth of a second on this machine at this moment.

    `seconds` may be another length, `fewest` and `most` other bounds; it begins with `rows`.
    """

    def __init__(
        self,
        *,
        seconds: float = STEP_SECONDS,
        fewest: int = FEWEST_ROWS,
        most: int = MOST_ROWS,
        rows: int = MOST_ROWS // 2,
    ) -> None:
        self.rows = rows
        self._seconds, self._fewest, self._most = seconds, fewest, most

    def took(self, seconds: float) -> None:
        """A step has held the others up for so long."""
        if seconds > 2 * self._seconds:
            self.rows = max(self._fewest, self.rows // 2)
        elif seconds < self._seconds:
            self.rows = min(self._most, self.rows * 5 // 4)


class Turn:
    """The gap between two transactions; what is computed in it counts as part of it."""

    def __init__(self) -> None:
        self._ours = connection.vendor != "sqlite" or connection.in_atomic_block
        self.ended()

    def ended(self) -> None:
        """A transaction has ended: the gap begins."""
        if not self._ours:
            self._since, self._seen = time.monotonic(), _version()

    def give(self) -> None:
        """Before the next transaction: what is left of 15 ms, and up to 0.2 s while others write."""
        if self._ours:
            return
        time.sleep(max(0.0, self._since + GAP_SECONDS - time.monotonic()))
        for _gap in range(GAPS_AT_MOST - 1):
            now = _version()
            if now == self._seen:
                return
            self._seen = now
            time.sleep(SOON_SECONDS)


def give_turn() -> None:
    """Between two transactions with nothing else to do: let the others write."""
    Turn().give()


def _version() -> int:
    """Changes whenever another connection has written."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        version: int = cursor.fetchone()[0]
    return version
