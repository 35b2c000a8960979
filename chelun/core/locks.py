"""Several writers at once: one after the other where no row can be locked, and again where another was first."""

import zlib
from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError, IntegrityError, connection, transaction

T = TypeVar("T")
ATTEMPTS = 4
# PostgreSQL: two transactions waited for one another, or could not be put in an order. One of them is asked to begin anew.
DEADLOCK, UNORDERED = "40P01", "40001"


def wait_for_turn(name: str) -> None:
    """Hold the lock called `name` until the transaction ends; whoever comes later waits here.

    Nothing to do on SQLite: its transactions begin as writers (config.settings.base), one at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])


def commit_lazily() -> None:
    """Let the present transaction's end not wait for the disk: for a step that is done anew when it is found missing.

    When the machine fails, PostgreSQL forgets the last steps as a whole, together with their marks; the next commit
    that waits keeps all before it. SQLite in its write-ahead log never waits (`synchronous=NORMAL`).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")


def collided(error: BaseException) -> bool:
    """Whether a transaction failed because another one was first, so that it may succeed when it is done again."""
    return isinstance(error, IntegrityError) or _state(error) in (DEADLOCK, UNORDERED)


def again(act: Callable[[], T]) -> T:
    """Do `act` in a transaction of its own; anew, some times, when another writer was first.

    `act` must read what it builds on each time it is called. Inside another transaction it is done once: that one
    has to begin anew as a whole.
    """
    attempts = 1 if connection.in_atomic_block else ATTEMPTS
    for _attempt in range(attempts - 1):
        try:
            with transaction.atomic():
                return act()
        except DatabaseError as error:
            if not collided(error):
                raise
    with transaction.atomic():
        return act()


def _state(error: BaseException) -> str:
    return str(getattr(error.__cause__, "sqlstate", "") or "")
