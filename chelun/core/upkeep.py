"""What a database is told of its tables, so that pages stay quick while they fill; and that it keeps nothing of what was deleted.

A list passes over hidden rows by the index alone only where PostgreSQL knows that whole pages are visible to all, and any
database chooses well only where it knows how many rows there are. Autovacuum would say both, later or, where it is off,
never; SQLite learns nothing by itself: without it the staff of a firm are looked for among all persons.
"""

from collections.abc import Collection
from contextlib import suppress

from django.db import OperationalError, connection, models
from django.db.backends.utils import CursorWrapper

SAMPLE = 1000
"""So many entries of each index SQLite looks at: some ten milliseconds for a million persons."""
FEWEST_PAGES = 25_000
"""100 MB: a smaller file is read quickly either way, and SQLite would go on taking a table that grows for a small one."""
FOR_SQLITE = (
    f"PRAGMA analysis_limit={SAMPLE}",
    "ANALYZE",
    # An index of a few rows alone that has none just then gets no statistics, and is taken for a large one.
    "INSERT INTO sqlite_stat1 (tbl, idx, stat) SELECT tbl_name, name, '1 1' FROM sqlite_master "
    "WHERE type = 'index' AND sql LIKE '% WHERE %' AND name NOT IN (SELECT idx FROM sqlite_stat1 WHERE idx IS NOT NULL)",
    "ANALYZE sqlite_schema",
)


def keep_in_order(tables: Collection[type[models.Model]]) -> None:
    """Let the database note what is new in some tables (SQLite: in all); nobody waits for it. Nothing inside a transaction."""
    if connection.in_atomic_block or not tables:
        return
    if connection.vendor == "sqlite":
        note_statistics()
        return
    names = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE, SKIP_LOCKED) {names}")


def note_statistics() -> None:
    """Let the database look at samples of all its tables. On SQLite another time where others write just then."""
    if connection.in_atomic_block:
        return
    with suppress(OperationalError), connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("ANALYZE")
        elif _is_large(cursor):
            for statement in FOR_SQLITE:
                cursor.execute(statement)


def empty_log() -> bool:
    """Let SQLite bring its log into the file and cut it off, for it still says what was deleted; whether it could.

    At best: while somebody else reads an older state it stays, and the daily work comes back to it. Nothing inside a transaction.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return connection.vendor != "sqlite"
    with suppress(OperationalError), connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _pages, _moved = cursor.fetchone()
        return not busy
    return False


def _is_large(cursor: CursorWrapper) -> bool:
    cursor.execute("PRAGMA page_count")
    return bool(cursor.fetchone()[0] >= FEWEST_PAGES)
