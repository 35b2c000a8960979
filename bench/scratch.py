"""A scratch database for a benchmark: SQLite in var/bench, or a database made and dropped on a PostgreSQL server."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg
from django.core.management import call_command

from chelun.core.runtime import settle

FOLDER = Path("var/bench")
NAME = "chelun_bench"


def server() -> str:
    """The address of a PostgreSQL server, from BENCH_DATABASE_URL or the usual local one; '' when none answers."""
    address = os.environ.get("BENCH_DATABASE_URL", "postgres://127.0.0.1:5432/postgres")
    try:
        psycopg.connect(address, connect_timeout=3).close()
    except psycopg.OperationalError:
        return ""
    return address


def address(engine: str, name: str) -> str:
    """Where a scratch database lies."""
    if engine == "sqlite":
        return f"sqlite:///{(FOLDER / name).resolve()}.sqlite3"
    return urlunsplit(urlsplit(server())._replace(path=f"/{name}"))


def empty(engine: str, name: str) -> None:
    """An empty database of this name, without tables."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if engine == "sqlite":
        for file in FOLDER.glob(f"{name}.sqlite3*"):
            file.unlink()
    else:
        _execute(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")


def fresh(engine: str, name: str = NAME) -> None:
    """Point Django at an empty, migrated database of this engine, with regions loaded and files kept in var/bench."""
    empty(engine, name)
    files = str((FOLDER / "files").resolve())
    os.environ |= {
        "TEST_DATABASE_URL": address(engine, name), "DJANGO_SETTINGS_MODULE": "config.settings.test", "CHELUN_FILES_DIR": files,
    }  # fmt: skip
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("regions", "load", province=["61"], verbosity=0)
    settle()


def drop(engine: str, name: str = NAME) -> None:
    """Remove what `fresh` made."""
    if engine == "sqlite":
        for file in FOLDER.glob(f"{name}.sqlite3*"):
            file.unlink()
    else:
        _execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    shutil.rmtree(FOLDER / "files", ignore_errors=True)


def _execute(*statements: str) -> None:
    with psycopg.connect(server(), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())
