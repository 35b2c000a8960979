"""What privacy must know of the subjects that rooms above bring, and where else their data may lie.

Rooms above add to four registries: `SUBJECT_KINDS` (a kind of subject that can be erased), `SAME_SUBJECT` (which other
identities are the same one, for instance merged files), `HOLDINGS` (why something due stays), `TRACES` (what lies outside the declared tables: files, staged rows).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models
from django.utils.functional import Promise

from chelun.core.registries import Registry
from chelun.core.scope import Scope

Subjects = Collection[UUID]


@dataclass(frozen=True, slots=True)
class Known:
    """What an erasure looks for elsewhere, in the clear and in memory only: names, whole numbers; and the keyed digests.

    `digests` are (kind, digest), kept with the tombstone.
    """

    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    digests: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A subject as a page of privacy names it: only to readers in whose places it is known."""

    name: str
    homes: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Clock:
    """By which files of a kind of subject go when their term is over.

    `named` gives (subject, place, day on which a source last named it there) for those named before a day, after a subject,
    at most so many, in order of their keys and never only some places of one; `last` the same day for some subjects in one
    place; `count` how many subjects a place knows.
    """

    named: Callable[[date, UUID, int], Sequence[tuple[UUID, str, date]]]
    last: Callable[[str, Subjects], Mapping[UUID, date]]
    count: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """A kind of subject that can be erased.

    `hold` keeps other writers out of its places until the transaction ends and names these places; `know` opens what
    is held; `leave` is asked before the rows go and returns what clears away things that only this subject's rows
    mentioned, with counts by table; `shown` is NotFound outside the scope. One that does not `travel` stays out of archives.
    """

    name: str
    label: Promise | str
    model: type[models.Model]
    hold: Callable[[Subjects], tuple[str, ...]]
    know: Callable[[Subjects], Known]
    leave: Callable[[Subjects], Callable[[], Mapping[str, int]]]
    shown: Callable[[Scope, UUID], Shown]
    clock: Clock | None = None
    travels: bool = True


@dataclass(frozen=True, slots=True)
class Holding:
    """A lawful exception from deleting by term: `held` gives those of some subjects (kind, place, subjects) who are kept for now."""

    name: str
    label: Promise | str
    held: Callable[[str, str, Subjects], Subjects]


@dataclass(frozen=True, slots=True)
class Search:
    """Where traces are looked for: what the subject is called, in which places it is known, which batches named it."""

    known: Known
    homes: tuple[str, ...]
    batches: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Trace:
    """Data outside the declared tables. `clear` removes at once what may still hold the subject, and counts it by label.

    It can be done again after a kill.
    """

    name: str
    labels: Mapping[str, Promise | str]
    clear: Callable[[Search], Mapping[str, int]]


SUBJECT_KINDS: Registry[SubjectKind] = Registry("subject kind")
SAME_SUBJECT: Registry[Callable[[str, Subjects], Subjects]] = Registry("same subject")
TRACES: Registry[Trace] = Registry("trace")
HOLDINGS: Registry[Holding] = Registry("holding")


def leaves_of(kind: str, subject: UUID) -> Sequence[UUID]:
    """All identities that are this subject: itself, and those linked with it, in order of their keys."""
    return sorted(kin_of(kind, [subject]))


def kin_of(kind: str, subjects: Subjects) -> set[UUID]:
    """All identities that are one of these subjects, these themselves among them."""
    found = set(subjects)
    grown = bool(found)
    while grown:
        more = {leaf for same in SAME_SUBJECT for leaf in same(kind, frozenset(found))}
        grown = not more <= found
        found |= more
    return found
