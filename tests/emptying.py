"""How tests with real transactions empty a PostgreSQL database at their end: only the tables that hold rows.

Django truncates every table. PostgreSQL makes the files of each anew, with its indexes, and a hundred tables take it more than
a second, fifty times over. A table of a few rows is sooner emptied row by row, and then vacuumed; its catalogue entries are set
to what they are for a new table, or the planner would go on taking it and its partial indexes for empty.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

AS_NEW = """
    WITH emptied AS (SELECT oid FROM pg_class WHERE relkind = 'r' AND relname = ANY(%s))
    UPDATE pg_class SET relpages = 0, reltuples = -1
    WHERE oid IN (SELECT oid FROM emptied UNION SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM emptied))
"""

FORGET = """
    DELETE FROM pg_statistic
    WHERE starelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema::regnamespace AND relname !~ '^regions_')
"""
"""What one test let the database learn of its rows, the plans of another would show; the regions stay, and what is known of them."""


def empty_what_holds_rows() -> None:
    """From now on `flush` empties the tables of a PostgreSQL that hold rows, where we may write its catalogue."""
    if connection.vendor == "postgresql" and _is_superuser():
        operations: Any = connection.ops
        operations.sql_flush, operations.execute_sql_flush = _to_empty, _empty


def _is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def _to_empty(_style: Any, tables: Sequence[str], **_options: Any) -> list[str]:
    """The tables that hold rows, where Django expects statements: it hands them to `_empty` alone."""
    names = [connection.ops.quote_name(name) for name in tables]
    asked = " UNION ALL ".join(f"(SELECT '{name}' FROM {name} LIMIT 1)" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [name for (name,) in cursor.fetchall()]


def _empty(names: Sequence[str]) -> None:
    if not names:
        return
    with connection.cursor() as cursor:
        # Keys are asked for at the end of a transaction: in one, the order does not matter.
        cursor.execute("BEGIN; " + "; ".join(f"DELETE FROM {name}" for name in names) + "; COMMIT")
        cursor.execute(f"VACUUM {', '.join(names)}")
        cursor.execute(AS_NEW, [[name.strip('"') for name in names]])
        cursor.execute(FORGET)
