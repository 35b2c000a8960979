"""What is beyond its term: rows with a clock of their own, table by table and place by place, and files of whole subjects.

A file is beyond its term in a place when no source has named any identity on it there for so long. Finding is all that
happens here; taking away is in `services/clearing.py`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from chelun.platform.privacy.kinds import SAME_SUBJECT, SUBJECT_KINDS, SubjectKind, leaves_of
from chelun.platform.privacy.rules import cut_of, midnight
from chelun.platform.privacy.services.holds import kept_for_now
from chelun.platform.privacy.services.retention import TermsOfPlaces
from chelun.platform.privacy.subjects import SUBJECT_TABLES, SubjectTable, tables_of
from chelun.platform.privacy.terms import FILE, FINEST, ROWS, TERMS, Term, file_key, row_key
from chelun.platform.privacy.walk import count_rows, held_beside
from chelun.platform.regions.models import PlaceSetting
from chelun.platform.regions.place_settings import SETTINGS

CHUNK, PAGE = 500, 200
NO_ONE = UUID(int=0)
Due = Counter[tuple[str, str]]
"""(place, label of the table) → rows."""


def row_tables() -> list[SubjectTable]:
    """The declared tables whose rows have their own clock, in a fixed order."""
    found = [table for table in SUBJECT_TABLES if table.term is not None and table.term.kind == ROWS]
    return sorted(found, key=lambda table: table.model._meta.label)


def shortest(key: str) -> str:
    """The shortest term that any place has chosen for a setting, or its default."""
    chosen = set(PlaceSetting.objects.filter(key=key).values_list("value", flat=True)) & set(TERMS)
    return str(min({*chosen, str(SETTINGS[key].default)}, key=list(TERMS).index))


@dataclass(frozen=True, slots=True)
class RowTable:
    """A table whose rows have their own clock, as it is walked by place."""

    table: SubjectTable
    term: Term

    @classmethod
    def of(cls, table: SubjectTable) -> "RowTable":
        """A table of `row_tables`."""
        assert table.term is not None
        return cls(table, table.term)

    @property
    def label(self) -> str:
        """Its model's label."""
        return str(self.table.model._meta.label)

    @property
    def key(self) -> str:
        """The setting of its term."""
        return row_key(self.label)

    def rows(self, home: str = "") -> QuerySet[Any]:
        """All its rows by place (`its_place`), or those of one."""
        rows = self.table.model._default_manager.alias(its_place=self.table.place_column_or(FINEST))
        return rows.filter(its_place=home) if home else rows.exclude(its_place="")

    def beyond(self, cut: date, home: str = "") -> QuerySet[Any]:
        """The rows that were over before a day."""
        clock = self.term.clock
        field = self.table.model._meta.get_field(clock)
        edge: Any = midnight(cut) if field.get_internal_type() == "DateTimeField" else cut
        return self.rows(home).filter(self.term.over, **{f"{clock}__lt": edge})

    def homes(self, today: date) -> list[str]:
        """The places that have anything beyond the shortest of terms."""
        rows = self.beyond(cut_of(today, shortest(self.key))).order_by()
        found = (
            rows.annotate(where=self.table.place_column_or(FINEST)).values("where").annotate(rows=Count("pk"))
        )
        return sorted(each["where"] for each in found)

    def chunk(self, home: str, cut: date, after: UUID) -> list[tuple[UUID, UUID]]:
        """The next rows beyond the term: key and subject."""
        rows = self.beyond(cut, home).filter(pk__gt=after).order_by("pk")
        return list(rows.values_list("pk", self.table.path)[:CHUNK])


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A file beyond its term in one place, with all identities that are on it; `why` names the exception that keeps it."""

    subject: UUID
    leaves: tuple[UUID, ...]
    home: str
    why: str = ""


def lapsed_files(
    kind: SubjectKind, today: date, terms: TermsOfPlaces, after: UUID = NO_ONE
) -> Iterator[tuple[UUID, list[Lapsed]]]:
    """Page by page: the last subject of the page, and the files beyond their term on it. Each joined file once."""
    assert kind.clock is not None
    key = file_key(kind.name)
    edge = cut_of(today, shortest(key))
    while page := kind.clock.named(edge, after, PAGE):
        after = page[-1][0]
        old = [
            (subject, home) for subject, home, last in page if last < cut_of(today, terms.of(home).term(key))
        ]
        yield after, list(_judged(kind, today, terms, old))


def _judged(
    kind: SubjectKind, today: date, terms: TermsOfPlaces, old: Sequence[tuple[UUID, str]]
) -> Iterator[Lapsed]:
    subjects = {subject for subject, _home in old}
    joined = any(same(kind.name, subjects) for same in SAME_SUBJECT) if subjects else False
    leaves = {each: tuple(leaves_of(kind.name, each)) if joined else (each,) for each in subjects}
    by_home: dict[str, list[UUID]] = {}
    for subject, home in old:
        if not joined or is_over(kind, today, terms, home, subject, leaves[subject]):
            by_home.setdefault(home, []).append(subject)
    for home, mine in by_home.items():
        kept = kept_for_now(kind.name, home, {leaf for each in mine for leaf in leaves[each]})
        for subject in mine:
            why = next((kept[leaf] for leaf in leaves[subject] if leaf in kept), "")
            yield Lapsed(subject, leaves[subject], home, why)


def is_over(
    kind: SubjectKind, today: date, terms: TermsOfPlaces, home: str, subject: UUID, leaves: Sequence[UUID]
) -> bool:
    """Whether a file is beyond its term in a place: all its identities that the place knows are, and this is the first of them."""
    assert kind.clock is not None
    last = kind.clock.last(home, leaves)
    edge = cut_of(today, terms.of(home).term(file_key(kind.name)))
    return bool(last) and min(last) == subject and max(last.values()) < edge


def clocked_kinds() -> list[SubjectKind]:
    """The kinds of subject whose files go by a term."""
    return [kind for kind in SUBJECT_KINDS if kind.clock is not None]


@dataclass(frozen=True, slots=True)
class Counted:
    """What is beyond its term today, and what of it is kept for now."""

    due: Due
    held: Due


def count_rows_due(today: date, terms: TermsOfPlaces) -> Counted:
    """Of the tables whose rows have their own clock."""
    due, held = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for each in map(RowTable.of, row_tables()):
        for home in each.homes(today):
            cut, after = cut_of(today, terms.of(home).term(each.key)), NO_ONE
            while chunk := each.chunk(home, cut, after):
                after = chunk[-1][0]
                kept = kept_for_now("", home, {subject for _pk, subject in chunk})
                due[home, each.label] += len(chunk)
                held[home, each.label] += sum(subject in kept for _pk, subject in chunk)
    return Counted(+due, +held)


def count_files_due(today: date, terms: TermsOfPlaces) -> Counted:
    """Of files: how many, and how many rows of each table that follows them."""
    due, held = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for kind in clocked_kinds():
        for _after, files in lapsed_files(kind, today, terms):
            for home in {file.home for file in files}:
                here = [file for file in files if file.home == home]
                kept = [file for file in here if file.why]
                _add(due, kind, home, here)
                _add(held, kind, home, kept)
            _add_placeless(due, held, kind, files)
    return Counted(+due, +held)


def _add(counts: Due, kind: SubjectKind, home: str, files: Sequence[Lapsed]) -> None:
    if not files:
        return
    counts[home, kind.model._meta.label] += len(files)
    follow = {
        table.model._meta.label
        for table in tables_of(kind.name, kind.model)
        if table.term is not None and table.term.kind == FILE
    }
    found = count_rows(kind, [leaf for file in files for leaf in file.leaves], [home])
    for label, rows in found.get(home, {}).items():
        if label in follow:
            counts[home, label] += rows


def _add_placeless(due: Due, held: Due, kind: SubjectKind, files: Sequence[Lapsed]) -> None:
    """What belongs to no place (his key) goes with the last place that holds anything, and is counted there."""
    tables = [
        table
        for table in tables_of(kind.name, kind.model)
        if table.term is not None and table.term.kind == FILE and not table.place_column
    ]
    places: dict[tuple[UUID, ...], set[str]] = {}
    for file in files:
        places.setdefault(tuple(sorted(file.leaves)), set()).add(file.home)
    kept = {leaf for file in files if file.why for leaf in file.leaves}
    by_places: dict[tuple[str, ...], list[tuple[UUID, ...]]] = {}
    for leaves, homes in places.items():
        by_places.setdefault(tuple(sorted(homes)), []).append(leaves)
    for where, several in by_places.items():
        going = [leaf for leaves in _nowhere_else(kind, several, where) for leaf in leaves]
        for table in tables:
            key = where[-1], table.model._meta.label
            due[key] += table.rows(going).count()
            held[key] += table.rows([leaf for leaf in going if leaf in kept]).count()


def _nowhere_else(
    kind: SubjectKind, files: Sequence[tuple[UUID, ...]], homes: Sequence[str]
) -> Sequence[tuple[UUID, ...]]:
    """Those files of which no other place holds anything, found by halves: nearly all are known in few places."""
    if not held_beside(kind, [leaf for leaves in files for leaf in leaves], homes):
        return files
    if len(files) == 1:
        return ()
    half = len(files) // 2
    return [*_nowhere_else(kind, files[:half], homes), *_nowhere_else(kind, files[half:], homes)]
