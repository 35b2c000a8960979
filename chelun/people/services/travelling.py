"""Merges in an archive: the statements travel, what follows from them is computed where they arrive."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from chelun.core.locks import wait_for_turn
from chelun.people.models import BulkMerge, Merge
from chelun.people.rules.merging import leads_to
from chelun.people.services.intake.leaves import merges_around
from chelun.people.services.intake.regrouping import hold_region, link_of, regroup, subjects_of
from chelun.people.services.intake.shelf import SHELVES
from chelun.people.services.merging import TURN
from chelun.platform.archives.carried import Area, Joining, Row, plain_row, read_row
from chelun.platform.archives.selectors import identities

SIDES = ("leaf", "canonical", "wrong")


def write_merges(area: Area) -> Iterator[Row]:
    """The merges made for places in the region, also those that were undone."""
    for merge in area.rows(Merge).order_by("id").iterator():
        yield plain_row(merge)


def write_bulk_merges(area: Area) -> Iterator[Row]:
    """The acts that made several of them at once."""
    for bulk in area.rows(BulkMerge).order_by("id").iterator():
        yield plain_row(bulk, "job_id")


def take_bulk_merges(joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    """They are known here as well, so that each can be undone as a whole."""
    held = BulkMerge.objects.filter(pk__in=[row["id"] for row in rows]).values_list("pk", flat=True)
    known = set(map(str, held))
    new = [BulkMerge(**read_row(BulkMerge, row)) for row in rows if row["id"] not in known]
    BulkMerge.objects.bulk_create(new)
    return Counter(new=len(new))


def take_merges(joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    """They hold here as well, between the identities of today; those are left out whose sides are one here already."""
    held = set(
        map(str, Merge.objects.filter(pk__in=[row["id"] for row in rows]).values_list("pk", flat=True))
    )
    new = [row for row in rows if row["id"] not in held]
    today = identities({UUID(row[side]) for row in new for side in SIDES if row[side]})
    wait_for_turn(TURN)
    taken = _new_ones([_read(row, today) for row in new])
    Merge.objects.bulk_create(taken)
    together: dict[tuple[str, str], list[Merge]] = defaultdict(list)
    for merge in taken:
        if merge.undone_at is None:
            together[merge.register, merge.home].append(merge)
    for (register, home), some in together.items():
        hold_region(home)
        regroup(SHELVES[register], joining.actor, some, merges_around(subjects_of(some)))
    return Counter(new=len(taken))


def _read(row: Row, today: Mapping[UUID, UUID]) -> Merge:
    return Merge(
        **read_row(Merge, {**row, **{side: str(today[UUID(row[side])]) for side in SIDES if row[side]}})
    )


def _new_ones(merges: Sequence[Merge]) -> list[Merge]:
    """Those that are of two files today and say something new, beside those that stand here and one another."""
    around, taken = merges_around(subjects_of(merges)), list[Merge]()
    for merge in merges:
        stands = merge.undone_at is None
        if merge.leaf != merge.canonical and not (stands and _said(merge, around)):
            taken.append(merge)
            around += [merge] if stands else []
    return taken


def _said(merge: Merge, around: Collection[Merge]) -> bool:
    """Whether it says nothing new, or the opposite."""
    same = any(
        (each.leaf, each.canonical, each.home) == (merge.leaf, merge.canonical, merge.home) for each in around
    )
    return same or leads_to(map(link_of, around), merge.canonical, merge.leaf)
