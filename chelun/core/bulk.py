"""Writing many rows at once: executemany on SQLite, COPY on PostgreSQL – three times what the ORM reaches.

The rows have passed their rules already; constraints in the database still hold. Nothing else of a bulk
import is here.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connections, models, router

from chelun.core.jsontext import to_json

Row = Sequence[Any]
Converters = tuple[tuple[int, Callable[[Any], Any]], ...]


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows given as values in the order of `fields` (attnames). JSON values are given as Python values."""
    insert_ready(model, fields, ready_rows(model, fields, rows))


def ready_rows(model: type[models.Model], fields: Sequence[str], rows: Sequence[Row]) -> list[list[Any]]:
    """The rows as the driver takes them, for `insert_ready`: plain texts and numbers, which travel fast between processes."""
    columns: list[Any] = list(zip(*rows, strict=True))
    vendor = connections[router.db_for_write(model)].vendor
    for place, convert in _converters(vendor, model, tuple(fields)) if rows else ():
        columns[place] = [None if value is None else convert(value) for value in columns[place]]
    return list(map(list, zip(*columns, strict=True)))


def insert_ready(model: type[models.Model], fields: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert what `ready_rows` made; keys may be set in it meanwhile, as `key_text`."""
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    names = ", ".join(
        connection.ops.quote_name(str(column.column)) for column in _columns(model, tuple(fields))
    )
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django's cursor does not translate what psycopg's `copy` raises.
            copying = cursor.copy(f"COPY {table} ({names}) FROM STDIN")
            with connection.wrap_database_errors, copying as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def key_text(value: UUID) -> str:
    """A UUID as both databases take it."""
    text: str = value.hex
    return text


@lru_cache(maxsize=64)
def _columns(model: type[models.Model], fields: tuple[str, ...]) -> "tuple[models.Field[Any, Any], ...]":
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return tuple(by_name[name] for name in fields)


@lru_cache(maxsize=64)
def _converters(vendor: str, model: type[models.Model], fields: tuple[str, ...]) -> Converters:
    """Which columns must be rewritten, and how: as Django writes them."""
    found: list[tuple[int, Callable[[Any], Any]]] = []
    for place, column in enumerate(_columns(model, fields)):
        target = column.target_field if isinstance(column, models.ForeignKey) else column
        if isinstance(target, models.JSONField):
            found.append((place, to_json))
        elif isinstance(target, models.UUIDField):
            found.append((place, key_text))
        elif isinstance(target, models.DateTimeField):
            found.append((place, _time_text if vendor == "sqlite" else _moment_text))
        elif isinstance(target, models.DateField):
            found.append((place, _day_text))
    return tuple(found)


@lru_cache(maxsize=1024)
def _time_text(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


@lru_cache(maxsize=1024)
def _moment_text(value: datetime) -> str:
    return value.isoformat(" ")


@lru_cache(maxsize=1024)
def _day_text(value: Any) -> str:
    text: str = value.isoformat()
    return text
