"""Writing many rows at once: executemany on SQLite, COPY on PostgreSQL – three times what the ORM reaches.

The rows have passed their rules already; constraints in the database still hold. Nothing else of a bulk
import is here.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connections, models, router

from chelun.core.jsontext import to_json

Row = Sequence[Any]
Converters = tuple[tuple[int, Callable[[Any], Any]], ...]


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows given as values in the order of `fields` (attnames). JSON values are given as Python values."""
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    names = ", ".join(
        connection.ops.quote_name(str(column.column)) for column in _columns(model, tuple(fields))
    )
    table = connection.ops.quote_name(model._meta.db_table)
    ready = _converted(rows, _converters(connection.vendor, model, tuple(fields)))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django's cursor does not translate what psycopg's `copy` raises.
            copying = cursor.copy(f"COPY {table} ({names}) FROM STDIN")
            with connection.wrap_database_errors, copying as copy:
                for row in ready:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", ready)  # noqa: S608


@lru_cache(maxsize=64)
def _columns(model: type[models.Model], fields: tuple[str, ...]) -> "tuple[models.Field[Any, Any], ...]":
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return tuple(by_name[name] for name in fields)


@lru_cache(maxsize=64)
def _converters(vendor: str, model: type[models.Model], fields: tuple[str, ...]) -> Converters:
    """Which columns must be rewritten for the driver: JSON always; on SQLite also UUIDs and times, as Django writes them."""
    found: list[tuple[int, Callable[[Any], Any]]] = []
    for place, column in enumerate(_columns(model, fields)):
        target = column.target_field if isinstance(column, models.ForeignKey) else column
        if isinstance(target, models.JSONField):
            found.append((place, to_json))
        elif vendor == "sqlite" and isinstance(target, models.UUIDField):
            found.append((place, _uuid_text))
        elif vendor == "sqlite" and isinstance(target, models.DateTimeField):
            found.append((place, _time_text))
        elif vendor == "sqlite" and isinstance(target, models.DateField):
            found.append((place, _day_text))
    return tuple(found)


def _converted(rows: Sequence[Row], converters: Converters) -> Sequence[Row]:
    if not converters:
        return rows
    columns: list[Any] = list(zip(*rows, strict=True))
    for place, convert in converters:
        columns[place] = [None if value is None else convert(value) for value in columns[place]]
    return list(zip(*columns, strict=True))


def _uuid_text(value: Any) -> str:
    text: str = value.hex
    return text


@lru_cache(maxsize=1024)
def _time_text(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


@lru_cache(maxsize=1024)
def _day_text(value: Any) -> str:
    text: str = value.isoformat()
    return text
