"""Merges in an archive: the statements travel, what follows from them is computed where they arrive."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from chelun.core.locks import wait_for_turn
from chelun.people.models import Merge
from chelun.people.rules.merging import leads_to
from chelun.people.services.intake.leaves import merges_around
from chelun.people.services.intake.regrouping import hold_region, link_of, regroup
from chelun.people.services.intake.shelf import SHELVES
from chelun.people.services.merging import TURN
from chelun.platform.archives.carried import Area, Joining, Row, plain_row, read_row
from chelun.platform.archives.selectors import identities

SIDES = ("leaf", "canonical", "wrong")


def write_merges(area: Area) -> Iterator[Row]:
    """The merges made for places in the region, also those that were undone."""
    for merge in area.rows(Merge).order_by("id").iterator():
        yield plain_row(merge)


def take_merges(joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    """They hold here as well, between the identities of today; those are left out whose sides are one here already."""
    held = set(
        map(str, Merge.objects.filter(pk__in=[row["id"] for row in rows]).values_list("pk", flat=True))
    )
    new = [row for row in rows if row["id"] not in held]
    today = identities({UUID(row[side]) for row in new for side in SIDES if row[side]})
    return Counter(new=sum(_taken(joining, row, today) for row in new))


def _taken(joining: Joining, row: Row, today: Mapping[UUID, UUID]) -> bool:
    merge = Merge(
        **read_row(Merge, {**row, **{side: str(today[UUID(row[side])]) for side in SIDES if row[side]}})
    )
    wait_for_turn(TURN)
    around = merges_around({merge.leaf, merge.canonical})
    if merge.leaf == merge.canonical or (merge.undone_at is None and _said(merge, around)):
        return False
    merge.save(force_insert=True)
    if merge.undone_at is None:
        hold_region(merge.home)
        regroup(SHELVES[merge.register], joining.actor, merge, [*around, merge])
    return True


def _said(merge: Merge, around: Collection[Merge]) -> bool:
    """Whether it says nothing new, or the opposite."""
    same = any(
        (each.leaf, each.canonical, each.home) == (merge.leaf, merge.canonical, merge.home) for each in around
    )
    return same or leads_to(map(link_of, around), merge.canonical, merge.leaf)
