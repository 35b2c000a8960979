"""Walking the declared tables for some subjects: what is where, and taking it away. Of who decides it knows nothing."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count

from chelun.platform.privacy.keys import destroy_keys
from chelun.platform.privacy.kinds import SubjectKind
from chelun.platform.privacy.models import SubjectKey
from chelun.platform.privacy.subjects import SubjectTable, tables_of

Counts = dict[str, Counter[str]]
"""Place ('' where a table knows none) → label of the table → rows."""


def count_rows(kind: SubjectKind, subjects: Collection[UUID], homes: Collection[str] = ()) -> Counts:
    """How many rows each declared table has of the subjects, by place; of some places only where they are given."""
    found: Counts = {}
    for table in tables_of(kind.name, kind.model):
        label, column = table.model._meta.label, table.place_column
        rows = _rows(table, subjects, homes) if column else table.rows(subjects)
        if column:
            counted = rows.order_by().values_list(column).annotate(rows=Count("pk", distinct=True))
        else:
            counted = [("", rows.count())]
        for home, count in counted:
            if count:
                found.setdefault(home, Counter())[label] += count
    return found


def batches_of(kind: SubjectKind, subjects: Collection[UUID], homes: Collection[str] = ()) -> frozenset[UUID]:
    """The batches that brought or superseded rows of the subjects, in some places only where these are given."""
    found: set[UUID] = set()
    for table in tables_of(kind.name, kind.model):
        names = {field.name for field in table.model._meta.concrete_fields}
        for column in ("batch", "superseded_by"):
            if column in names:
                found |= set(
                    _rows(table, subjects, homes).order_by().values_list(column, flat=True).distinct()
                )
    return frozenset(found - {None})


def erase_rows(kind: SubjectKind, subjects: Collection[UUID], homes: Collection[str] = ()) -> int:
    """Take the subjects out of every declared table, or out of some places; the number of keys destroyed.

    Identities, keys and rows that belong to no place go when no place is left that holds anything. In the caller's transaction.
    """
    _take(kind, subjects, homes)
    if homes and held_beside(kind, subjects, ()):
        return 0
    if homes:
        _take(kind, subjects, ())
    kind.model._default_manager.filter(pk__in=list(subjects)).delete()
    return destroy_keys(subjects)


def _take(kind: SubjectKind, subjects: Collection[UUID], homes: Collection[str]) -> None:
    for table in tables_of(kind.name, kind.model):
        rows = _rows(table, subjects, homes)
        if table.strike is not None:
            table.strike(rows, subjects)
        elif table.erase == "delete":
            rows.delete()


def held_beside(kind: SubjectKind, subjects: Collection[UUID], homes: Collection[str]) -> bool:
    """Whether a place beside some holds what an erasure takes away: identities and keys go with the last such place."""
    tables = [
        table for table in tables_of(kind.name, kind.model) if table.erase == "delete" and table.place_column
    ]
    return any(
        table.rows(subjects).exclude(**{f"{table.place_column}__in": list(homes)}).exists()
        for table in tables
    )


def left_over(
    kind: SubjectKind, subjects: Collection[UUID], homes: Collection[str] = ()
) -> Mapping[str, int]:
    """What an erasure should have taken and did not: rows by label; empty when it is done."""
    found: Counter[str] = Counter()
    for table in tables_of(kind.name, kind.model):
        if table.erase == "delete":
            found[table.model._meta.label] += _rows(table, subjects, homes).count()
    return +found


def is_gone(kind: SubjectKind, subjects: Collection[UUID]) -> bool:
    """Whether identity, keys and every row that an erasure takes away are gone."""
    keys = list(subjects)
    return not (
        left_over(kind, subjects)
        or SubjectKey.objects.filter(subject__in=keys).exists()
        or kind.model._default_manager.filter(pk__in=keys).exists()
    )


def _rows(table: SubjectTable, subjects: Collection[UUID], homes: Collection[str]) -> Any:
    """Of some places only where these are given: what belongs to no place goes with the whole subject."""
    rows = table.rows(subjects)
    if not homes:
        return rows
    return rows.filter(**{f"{table.place_column}__in": list(homes)}) if table.place_column else rows.none()
