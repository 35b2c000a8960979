"""Which files are joined in a place, for whoever reads or writes records: `rules.merging` says what that means."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Q, QuerySet

from chelun.core.once import once
from chelun.people.models import Leaf, LeafName, Merge
from chelun.people.rules.merging import NOTHING_JOINED, Counted, Joined, joined_at
from chelun.platform.sheets.batches import levels_of


def counted_around(subjects: Collection[UUID]) -> list[Counted]:
    """Every row about these subjects and about those joined with them, in all regions. One query when there is none, for
    all parts of a page that ask for the same subjects.
    """
    return list(once(("people.counted", frozenset(subjects)), lambda: _counted(subjects)))


def _counted(subjects: Collection[UUID]) -> list[Counted]:
    wholes = set(Leaf.objects.filter(leaf__among=list(subjects)).values_list("whole", flat=True))
    if not wholes:
        return []
    rows = Leaf.objects.filter(whole__among=list(wholes))
    return [Counted(*row) for row in rows.values_list("home", "leaf", "whole", "numbered")]


def joined_in(place: Mapping[str, str], subjects: Collection[UUID]) -> Joined:
    """Which of these subjects are one with others in one place."""
    homes = list(levels_of(place).values())
    rows = Leaf.objects.filter(home__in=homes, leaf__among=list(subjects))
    wholes = set(rows.values_list("whole", flat=True))
    if not wholes:
        return NOTHING_JOINED
    found = Leaf.objects.filter(home__in=homes, whole__among=list(wholes))
    counted = [Counted(*row) for row in found.values_list("home", "leaf", "whole", "numbered")]
    return joined_at(counted, place)


def merges_around(subjects: Collection[UUID], *, ended: bool = False) -> list[Merge]:
    """The merges that stand about these subjects and about whom they are joined with, in all regions; with `ended` also those undone."""
    known, found = set(subjects), list[Merge]()
    rows = Merge.objects.all() if ended else Merge.objects.filter(undone_at=None)
    while True:
        found = list(rows.filter(Q(leaf__among=list(known)) | Q(canonical__among=list(known))))
        reached = known.union(*((merge.leaf, merge.canonical) for merge in found))
        if reached == known:
            return found
        known = reached


def ever_joined(subjects: Collection[UUID]) -> set[UUID]:
    """These subjects, and all that are or once were joined with them."""
    return set(subjects).union(
        *((merge.leaf, merge.canonical) for merge in merges_around(subjects, ended=True))
    )


def still_joined(subjects: Collection[UUID]) -> set[UUID]:
    """Which of these subjects a merge names that stands."""
    return set(Leaf.objects.filter(leaf__among=list(subjects)).values_list("leaf", flat=True))


def merges_of(subjects: Collection[UUID]) -> QuerySet[Merge]:
    """All merges that name any of these subjects, also those that were undone."""
    named = list(subjects)
    return Merge.objects.filter(Q(leaf__in=named) | Q(canonical__in=named) | Q(wrong__in=named))


def leaves_about(subjects: Collection[UUID]) -> QuerySet[Leaf]:
    """Where these subjects count to, and who counts to them."""
    return Leaf.objects.filter(Q(leaf__in=list(subjects)) | Q(whole__in=list(subjects)))


def names_about(subjects: Collection[UUID]) -> QuerySet[LeafName]:
    """By what these firms and vehicles are known as leaves."""
    return LeafName.objects.filter(leaf__in=list(subjects))


def same_subjects(kind: str, subjects: Collection[UUID]) -> set[UUID]:
    """Who somebody said to be the same one."""
    return {row.leaf for row in counted_around(subjects)}
