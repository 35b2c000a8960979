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
        rows = _rows(table, subjects, homes)
        if column:
            counted = rows.order_by().values_list(column).annotate(rows=Count("pk", distinct=True))
        else:
            counted = [("", rows.count())]
        for home, count in counted:
            if count:
                found.setdefault(home, Counter())[label] += count
    return found


def batches_of(kind: SubjectKind, subjects: Collection[UUID]) -> frozenset[UUID]:
    """The batches that brought or superseded rows of the subjects."""
    found: set[UUID] = set()
    for table in tables_of(kind.name, kind.model):
        names = {field.name for field in table.model._meta.concrete_fields}
        for column in ("batch", "superseded_by"):
            if column in names:
                found |= set(table.rows(subjects).order_by().values_list(column, flat=True).distinct())
    return frozenset(found - {None})


def erase_rows(kind: SubjectKind, subjects: Collection[UUID], homes: Collection[str] = ()) -> int:
    """Take the subjects out of every declared table, or out of some places; the number of keys destroyed.

    Identities and keys go when no row is left that an erasure takes away. In the caller's transaction.
    """
    for table in tables_of(kind.name, kind.model):
        rows = _rows(table, subjects, homes)
        if table.strike is not None:
            table.strike(rows, subjects)
        elif table.erase == "delete":
            rows.delete()
    if homes and left_over(kind, subjects):
        return 0
    kind.model._default_manager.filter(pk__in=list(subjects)).delete()
    return destroy_keys(subjects)


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
    rows = table.rows(subjects)
    return rows.filter(**{f"{table.place_column}__in": list(homes)}) if homes and table.place_column else rows
