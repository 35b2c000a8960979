"""Addresses of databases for processes that the tests start."""

import contextlib
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from django.db import connection


def database_url(name: str = "") -> str:
    """The address of the database that this test runs on, or of another one on the same server."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{name or found['NAME']}"
    login = ":".join(quote(found[part], safe="") for part in ("USER", "PASSWORD")).rstrip(":")
    return (
        f"postgres://{login}@{quote(found['HOST'], safe='')}:{found['PORT'] or 5432}/{name or found['NAME']}"
    )


@contextlib.contextmanager
def other_database(folder: Path) -> Iterator[str]:
    """The address of an empty database of the same engine, for as long as the block runs."""
    if connection.vendor == "sqlite":
        yield database_url(str(folder / "other.sqlite3"))
        return
    name = f"chelun_other_{uuid.uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield database_url(name)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
