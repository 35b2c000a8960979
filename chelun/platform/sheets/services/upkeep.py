"""Keeping the tables that lists read in order while a long import fills them."""

from collections.abc import Callable, Collection

from django.db import connection
from django.db.models import Model

from chelun.core.upkeep import keep_in_order
from chelun.platform.sheets.registers import REGISTERS

FEWEST_ROWS, SHARE = 25_000, 0.1
FEWEST_ON_SQLITE = 1_000
"""Nobody else tells SQLite anything, and telling it costs little."""


class Upkeep:
    """Done after so many rows, and after a tenth of what came in so far. `done` rows are in when it begins."""

    def __init__(self, done: int, keep: Callable[[Collection[type[Model]]], None] = keep_in_order) -> None:
        self._last, self._keep = done, keep
        self._tables = [table for register in REGISTERS for table in register.tables]

    def after(self, done: int) -> None:
        """So many rows are in."""
        if done - self._last >= max(FEWEST_ROWS, done * SHARE):
            self._last = done
            self._keep(self._tables)

    def finally_of(self, rows: int) -> None:
        """Before so many rows are shown, and when what they replaced is gone. A short import is left to the daily work."""
        if rows >= (FEWEST_ON_SQLITE if connection.vendor == "sqlite" else FEWEST_ROWS):
            self._keep(self._tables)
