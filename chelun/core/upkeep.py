"""What PostgreSQL is told of tables that a long import fills, so that pages stay quick meanwhile.

A list passes over hidden rows by the index alone only where the database knows that whole pages are visible to all, and
chooses well only where it knows how many rows there are. Autovacuum would say both, later or, where it is off, never.
"""

from collections.abc import Collection

from django.db import connection, models


def keep_in_order(tables: Collection[type[models.Model]]) -> None:
    """Let PostgreSQL note what is new in some tables; nobody waits for it. Nothing on SQLite or inside a transaction."""
    if connection.vendor != "postgresql" or connection.in_atomic_block or not tables:
        return
    names = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE, SKIP_LOCKED) {names}")
