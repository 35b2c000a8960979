"""What came in for a joined file without naming a leaf: when the file is parted it belongs to nobody until somebody decides."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q

from chelun.core.crypto import seal
from chelun.core.identifiers import uuid7
from chelun.people.models import Merge, UnresolvedRow
from chelun.people.rules.facts import Record, canonical
from chelun.people.rules.merging import Joined, counted_in, joined_at, names_nobody
from chelun.people.services.intake.ledger import to_record
from chelun.people.services.intake.regrouping import Place, link_of
from chelun.people.services.intake.shelf import PERSONS, Shelf
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.batches import hidden_batches, home_of, levels_of, place_of

PARTED = "parted"


def set_aside(
    shelf: Shelf, merge: Merge, before: Collection[Merge], after: Collection[Merge], places: Collection[Place]
) -> int:
    """Turn records that may be of either side into rows that wait, in every place that holds both sides; how many.

    Things are named by every one of their rows, so this is for persons alone.
    """
    if shelf is not PERSONS:
        return 0
    return sum(
        _set_aside(shelf, merge, place, _joined(before, place), _joined(after, place)) for place in places
    )


def _joined(merges: Collection[Merge], place: Place) -> Joined:
    around = set(levels_of(place).values())
    links = [link_of(merge) for merge in merges if merge.home in around]
    return joined_at(counted_in(home_of(place), links), place)


def _set_aside(shelf: Shelf, merge: Merge, place: Place, before: Joined, after: Joined) -> int:
    if after.whole_of(merge.leaf) == after.whole_of(merge.canonical):
        return 0
    whole = before.whole_of(merge.leaf)
    standing = shelf.sources.filter(Q(superseded_by=None) | Q(superseded_by__in=hidden_batches()))
    rows = list(standing.filter(**{f"{shelf.subject}__in": before.leaves_of(whole)}, home=home_of(place)))
    keys = keys_of(before.leaves_of(whole))
    records = [(row, to_record(shelf, row, keys)) for row in rows]
    doubtful = [(row, record) for row, record in records if _is_doubtful(record, whole, merge)]
    certain = {record.subject for _, record in records} - {whole}
    own = {record.subject for _, record in records if not _is_doubtful(record, whole, merge)}
    sides = {after.whole_of(leaf) for leaf in certain | own}
    if not doubtful or not sides - {after.whole_of(whole)}:
        return 0
    for row, record in doubtful:
        _wait(row, record, sides)
    shelf.sources.filter(pk__in=[row.pk for row, _ in doubtful]).delete()
    return len(doubtful)


def _is_doubtful(record: Record, whole: UUID, merge: Merge) -> bool:
    later = record.known_at >= merge.made_at
    return record.subject == whole and later and names_nobody(record.facts)


def _wait(row: Any, record: Record, sides: Collection[UUID]) -> None:
    key = uuid7()
    UnresolvedRow.objects.create(
        id=key, **place_of(row), home=row.home, batch=row.batch, superseded_by=row.superseded_by, source=row.source,
        as_of=row.as_of, sheet=row.sheet, row_number=row.row_number, digest=row.digest, reason=PARTED,
        candidates=sorted(str(side) for side in sides),
        sealed=seal(canonical(record.facts).encode(), f"unresolved:{key}"),
    )  # fmt: skip
