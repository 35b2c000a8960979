"""Taking a database out and putting it back, as a stream of bytes, on SQLite and PostgreSQL.

SQLite: a copy through the online backup API, while clerks go on working. PostgreSQL: pg_dump in custom format. The
rows of `withheld` tables (each person's key) are in neither.
"""

import contextlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from django.db import connection
from django.utils.translation import gettext as _

from chelun.core.errors import Refused

CHUNK = 1 << 20


def is_empty() -> bool:
    """Whether the database has no table at all."""
    try:
        with connection.cursor() as cursor:
            return not connection.introspection.table_names(cursor)
    finally:
        connection.close()


def dump(folder: Path, withheld: Sequence[str]) -> Iterator[bytes]:
    """The whole database without the rows of the withheld tables. `folder` is for a temporary copy (SQLite)."""
    return _dump_sqlite(folder, withheld) if connection.vendor == "sqlite" else _dump_postgres(withheld)


def load(chunks: Iterable[bytes]) -> None:
    """Put a dump of the same engine into an empty database, whole or not at all."""
    if connection.vendor == "sqlite":
        _load_sqlite(chunks)
    else:
        _load_postgres(chunks)
    connection.close()


def _dump_sqlite(folder: Path, withheld: Sequence[str]) -> Iterator[bytes]:
    path = folder / "copy.sqlite3.tmp"
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with _sqlite(connection.settings_dict["NAME"]) as source, _sqlite(path) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            for table in withheld:
                copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 – a model's own table
            copy.commit()
            # Deleted rows stay readable in free pages: write the file anew without them.
            copy.execute("VACUUM")
        with path.open("rb") as file:
            yield from iter(lambda: file.read(CHUNK), b"")
    finally:
        path.unlink(missing_ok=True)


def _load_sqlite(chunks: Iterable[bytes]) -> None:
    target = Path(connection.settings_dict["NAME"])
    target.parent.mkdir(parents=True, exist_ok=True)
    path = target.with_name(f"{target.name}.restoring")
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.writelines(chunks)
        with _sqlite(path) as copy:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise Refused("backup.broken", _("备份里的数据库不完整，没有恢复。请用另一份备份。"))
        connection.close()
        for leftover in ("-wal", "-shm"):
            Path(f"{target}{leftover}").unlink(missing_ok=True)
        path.replace(target)
    finally:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _sqlite(path: str | Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(path, timeout=60)
    try:
        yield opened
    finally:
        opened.close()


def _dump_postgres(withheld: Sequence[str]) -> Iterator[bytes]:
    command = [_tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
    command += [f"--exclude-table-data={table}" for table in withheld]
    process = subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE)  # noqa: S603
    output: IO[bytes] = process.stdout  # type: ignore[assignment]
    try:
        yield from iter(lambda: output.read(CHUNK), b"")
    finally:
        output.close()
        code = process.wait()
    if code:
        raise Refused("backup.pg_dump", _("pg_dump 没有做完，备份作废。它的版本须不低于服务器。"))


def _load_postgres(chunks: Iterable[bytes]) -> None:
    name = connection.settings_dict["NAME"]
    command = [
        _tool("pg_restore"),
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
    ]
    process = subprocess.Popen([*command, "-d", name], env=_environment(), stdin=subprocess.PIPE)  # noqa: S603
    put: IO[bytes] = process.stdin  # type: ignore[assignment]
    try:
        put.writelines(chunks)
    except Exception:
        # The stream broke off: without its end nothing may be committed.
        process.kill()
        raise
    finally:
        with contextlib.suppress(BrokenPipeError):
            put.close()
        code = process.wait()
    if code:
        raise Refused(
            "backup.pg_restore", _("pg_restore 没有做完，数据库仍是空的。它的版本须不低于备份时的版本。")
        )


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        text = _("找不到 {name}，请安装 postgresql-client。")
        raise Refused("backup.no_tool", text.format(name=name))
    return found


def _environment() -> dict[str, str]:
    # By the environment, not the command line, where every account of the machine could read the password.
    found = connection.settings_dict
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    return {**os.environ, **{name: str(found[key]) for name, key in names.items() if found[key]}}
