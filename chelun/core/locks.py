"""One after the other where no row can be locked, because what must not be made twice is not there yet."""

import zlib

from django.db import connection


def wait_for_turn(name: str) -> None:
    """Hold the lock called `name` until the transaction ends; whoever comes later waits here.

    Nothing to do on SQLite: its transactions begin as writers (config.settings.base), one at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
