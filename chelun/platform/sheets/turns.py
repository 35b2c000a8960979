"""Giving other writers their turn during long work on SQLite, where one writes at a time.

SQLite does not queue: whoever waits asks again after up to 100 ms. Short steps alone could leave him waiting for
ever, because the next step begins at once; a pause longer than that, about once a second, lets everybody in.
PostgreSQL needs none of this.
"""

import time

from django.db import connection

EVERY_SECONDS = 1.0
PAUSE_SECONDS = 0.12


class Turn:
    """Counts the time that one writer has had."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def give(self) -> None:
        """Between two transactions: pause if this writer has had its second."""
        if connection.vendor == "sqlite" and time.monotonic() - self._since > EVERY_SECONDS:
            time.sleep(PAUSE_SECONDS)
            self._since = time.monotonic()
