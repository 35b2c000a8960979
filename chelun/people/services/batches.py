"""What a batch leaves in the registers after it was written: settled at publication, swept after it, taken back.

Called by sheets through the registry; each call does a bounded amount of work in the caller's transaction.
"""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from chelun.core.actors import SystemActor
from chelun.people.choices import AT_PUBLICATION, AT_UNDOING
from chelun.people.models import DriverTie, Engagement, UnresolvedRow
from chelun.people.services.intake import ledger
from chelun.people.services.intake.renewal import renew
from chelun.people.services.intake.shelf import PERSONS, Shelf
from chelun.platform.privacy.keys import destroy_keys
from chelun.platform.sheets.registers import Intake

_ACTOR = SystemActor("chelun batches")
PLACE = ("province", "city", "county")


def settle(shelf: Shelf, batch: UUID) -> None:
    """Compute the cards anew that the single door has overtaken while the batch was hidden. They are few."""
    stale = shelf.cards.filter(batch=batch, stale=True, superseded_by=None)
    for place, subjects in _by_place(stale, shelf).items():
        renew(shelf, _intake(place, batch, AT_PUBLICATION), subjects)


def withdraw(shelf: Shelf, batch: UUID, undo: UUID, limit: int) -> int:
    """Take back up to `limit` source records that `batch` brought; their subjects' cards are computed anew."""
    ids = list(shelf.sources.filter(batch=batch, superseded_by=None).values_list("id", flat=True)[:limit])
    rows = shelf.sources.filter(id__in=ids)
    places = _by_place(rows, shelf)
    rows.update(superseded_by=undo)
    for place, subjects in places.items():
        renew(shelf, _intake(place, undo, AT_UNDOING), subjects)
    if not ids:
        _withdraw_rest(shelf, batch, undo)
    return len(ids)


def sweep(shelf: Shelf, batch: UUID, limit: int) -> int:
    """After publication: delete rows that the batch superseded, and identities that nothing speaks of any more."""
    count = 0
    for manager in (shelf.cards, *_ties(shelf)):
        count += _delete(manager.filter(superseded_by=batch), limit)
    withdrawn = shelf.sources.filter(superseded_by=batch)
    rows = list(withdrawn.values_list("id", shelf.subject)[:limit])
    shelf.sources.filter(id__in=[row for row, _ in rows]).delete()
    _forget(shelf, {subject for _, subject in rows})
    return count + len(rows)


def discard(shelf: Shelf, batch: UUID, limit: int) -> int:
    """Delete what a batch wrote that will never be published, and let what it superseded stand again."""
    count = 0
    for manager in (shelf.cards, *_ties(shelf)):
        ids = list(manager.filter(superseded_by=batch).values_list("id", flat=True)[:limit])
        manager.filter(id__in=ids).update(superseded_by=None)
        count += len(ids)
    subjects: set[UUID] = set()
    for manager in (shelf.cards, *_ties(shelf), shelf.sources):
        subject = "id" if manager.model is UnresolvedRow else shelf.subject
        rows = list(manager.filter(batch=batch).values_list("id", subject)[:limit])
        manager.filter(id__in=[row for row, _ in rows]).delete()
        subjects |= {named for _, named in rows}
        count += len(rows)
    _forget(shelf, subjects)
    return count


def _ties(shelf: Shelf) -> list[Any]:
    return [Engagement.objects, DriverTie.objects, UnresolvedRow.objects] if shelf is PERSONS else []


def _delete(rows: Any, limit: int) -> int:
    ids = list(rows.values_list("id", flat=True)[:limit])
    rows.model._default_manager.filter(id__in=ids).delete()
    return len(ids)


def _withdraw_rest(shelf: Shelf, batch: UUID, undo: UUID) -> None:
    """What has no source record: rows that wait, and firms and vehicles that only this batch mentioned."""
    if shelf is PERSONS:
        UnresolvedRow.objects.filter(batch=batch, superseded_by=None).update(superseded_by=undo)
        return
    if not shelf.mentioned_by:
        return
    used = [
        model._default_manager.filter(superseded_by=None, **{shelf.subject: OuterRef(shelf.subject)})
        for model in shelf.mentioned_by
    ]
    unused = Q()
    for rows in used:
        unused &= ~Q(Exists(rows))
    shelf.cards.filter(unused, batch=batch, superseded_by=None, mentioned_only=True).update(
        superseded_by=undo
    )


def _forget(shelf: Shelf, subjects: set[UUID]) -> None:
    """Delete identities of which no card, source record or tie is left, and destroy their keys."""
    if not subjects:
        return
    gone = set(subjects)
    for model in (shelf.card_model, shelf.source_model, *shelf.mentioned_by):
        rows = model._default_manager.filter(**{f"{shelf.subject}__in": gone})
        gone -= set(rows.values_list(shelf.subject, flat=True))
    if gone:
        shelf.identity._default_manager.filter(pk__in=gone).delete()
        destroy_keys(gone)


def _by_place(rows: Any, shelf: Shelf) -> dict[tuple[str, ...], set[UUID]]:
    places: dict[tuple[str, ...], set[UUID]] = defaultdict(set)
    for *place, subject in rows.values_list(*PLACE, shelf.subject):
        places[tuple(place)].add(subject)
    return places


def _intake(place: tuple[str, ...], batch: UUID, source: str) -> Intake:
    values = dict(zip(PLACE, place, strict=True))
    return Intake(_ACTOR, values, source, ledger.now().date(), "batch", batch)
