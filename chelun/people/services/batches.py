"""What a batch leaves in the registers after it was written: settled at publication, swept after it, taken back.

Called by sheets through the registry. Each is a chain of steps: a step touches at most `pace.rows` rows of each table,
in the transaction in which it is asked for, and can be done again. Iterate to the end, one transaction a step.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from chelun.people.choices import AT_PUBLICATION, AT_UNDOING
from chelun.people.models import Card, Credential, DriverTie, Engagement, UnresolvedRow
from chelun.people.services.intake import ledger
from chelun.people.services.intake.leaves import ever_joined, still_joined
from chelun.people.services.intake.owned import drop_own
from chelun.people.services.intake.passing import let_pass, moments_of_batches
from chelun.people.services.intake.renewal import renew
from chelun.people.services.intake.shelf import CREDENTIALS, HOLDERS, PERSONS, Shelf
from chelun.platform.privacy.keys import destroy_keys
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.registers import Intake
from chelun.platform.sheets.turns import Pace

PLACE = ("province", "city", "county")


def settle(shelf: Shelf, batch: UUID, pace: Pace) -> Iterator[int]:
    """Compute the cards anew that the single door has overtaken while the batch was hidden. They are few.

    Files that were joined or parted meanwhile are computed together.
    """
    stale = shelf.cards.filter(batch=batch, stale=True, superseded_by=None)
    while ids := _ids(stale, pace):
        for place, subjects in _by_place(shelf.cards.filter(id__in=ids), shelf).items():
            renew(shelf, _intake(place, batch, AT_PUBLICATION), ever_joined(subjects))
        yield len(ids)


def withdraw(shelf: Shelf, batch: UUID, undo: UUID, pace: Pace) -> Iterator[int]:
    """Take back the source records that `batch` brought; their subjects' cards are computed anew."""
    while ids := _ids(shelf.sources.filter(batch=batch, superseded_by=None), pace):
        rows = shelf.sources.filter(id__in=ids)
        places = _by_place(rows, shelf)
        rows.update(superseded_by=undo)
        for place, subjects in places.items():
            renew(shelf, _intake(place, undo, AT_UNDOING), subjects)
        yield len(ids)
    if shelf is PERSONS:
        yield from _withdraw_waiting(batch, undo, pace)
    if shelf.mentioned_by:
        yield from _withdraw_mentions(shelf, batch, undo, pace)


def sweep(shelf: Shelf, batch: UUID, pace: Pace) -> Iterator[int]:
    """After publication: delete cards and ties that the batch superseded, and identities that nothing speaks of any more.

    Source records that were taken back stay, out of sight, where their place still has another one of the subject:
    what was known then is told from them (selectors/past.py). Whom no record of a place names any more, it forgets.
    """
    ended = moments_of_batches([batch]).get(batch) or ledger.now()
    for manager in (*_ties(shelf), shelf.cards):
        subject = "id" if manager.model is UnresolvedRow else shelf.subject
        while rows := list(manager.filter(superseded_by=batch).values_list("id", subject)[: pace.rows]):
            ids = [row for row, _ in rows]
            if manager.model is shelf.card_model:
                let_pass(shelf, ids, ended)
            _delete(manager, ids)
            forget(shelf, {named for _, named in rows})
            yield len(rows)
    yield from _forget_withdrawn(shelf, batch, pace)


def _forget_withdrawn(shelf: Shelf, batch: UUID, pace: Pace) -> Iterator[int]:
    """Delete what `batch` took back in places that have nothing else of the subject, each place by itself."""
    withdrawn = shelf.sources.filter(superseded_by=batch).order_by("id")
    after = UUID(int=0)
    while rows := list(withdrawn.filter(id__gt=after).values_list("id", shelf.subject, "home")[: pace.rows]):
        after = rows[-1][0]
        left = {(subject, home) for _, subject, home in rows} - _spoken_of(shelf, {row[1] for row in rows})
        subjects = {subject for subject, _ in left}
        taken_back = shelf.sources.filter(superseded_by__isnull=False, **{f"{shelf.subject}__in": subjects})
        for rows_left in (taken_back, shelf.past.filter(**{f"{shelf.subject}__in": subjects})):
            told = rows_left.values_list("id", shelf.subject, "home")
            rows_left.filter(id__in=[row for row, *pair in told if tuple(pair) in left]).delete()
        forget(shelf, subjects)
        yield len(rows)


def _spoken_of(shelf: Shelf, subjects: set[UUID]) -> set[tuple[UUID, str]]:
    """The subjects, each with the places that have a record of it which stands, or will stand again if a batch is given up."""
    stands = Q(superseded_by=None) | Q(superseded_by__in=hidden_batches())
    rows = shelf.sources.filter(stands, **{f"{shelf.subject}__in": subjects}).order_by()
    return set(rows.values_list(shelf.subject, "home").distinct())


def discard(shelf: Shelf, batch: UUID, pace: Pace) -> Iterator[int]:
    """Delete what a batch wrote that will never be published; then let what it superseded stand again.

    In this order: as long as a card of the batch waits, the single door puts its own card behind it.
    """
    for manager in (shelf.cards, *_ties(shelf), shelf.sources):
        subject = "id" if manager.model is UnresolvedRow else shelf.subject
        while rows := list(manager.filter(batch=batch).values_list("id", subject)[: pace.rows]):
            _delete(manager, [row for row, _ in rows])
            forget(shelf, {named for _, named in rows})
            yield len(rows)
    for manager in (shelf.cards, *_ties(shelf)):
        while ids := _ids(manager.filter(superseded_by=batch), pace):
            manager.filter(id__in=ids).update(superseded_by=None)
            yield len(ids)


def _delete(manager: Any, ids: list[UUID]) -> None:
    if issubclass(manager.model, Card):
        drop_own(ids)
    manager.filter(id__in=ids).delete()


def _ids(rows: Any, pace: Pace) -> list[UUID]:
    return list(rows.values_list("id", flat=True)[: pace.rows])


def _ties(shelf: Shelf) -> list[Any]:
    return [Engagement.objects, DriverTie.objects, UnresolvedRow.objects] if shelf is PERSONS else []


def _withdraw_waiting(batch: UUID, undo: UUID, pace: Pace) -> Iterator[int]:
    while ids := _ids(UnresolvedRow.objects.filter(batch=batch, superseded_by=None), pace):
        UnresolvedRow.objects.filter(id__in=ids).update(superseded_by=undo)
        yield len(ids)


def _withdraw_mentions(shelf: Shelf, batch: UUID, undo: UUID, pace: Pace) -> Iterator[int]:
    """Firms and vehicles that only this batch mentioned: looked at once each, for others may keep many of them."""
    mentioned = shelf.cards.filter(batch=batch, mentioned_only=True).order_by("id")
    unused = Q()
    for model in shelf.mentioned_by:
        rows = model._default_manager.filter(superseded_by=None, **{shelf.subject: OuterRef(shelf.subject)})
        unused &= ~Q(Exists(rows))
    after = UUID(int=0)
    while ids := _ids(mentioned.filter(id__gt=after), pace):
        after = ids[-1]
        shelf.cards.filter(unused, id__in=ids, superseded_by=None).update(superseded_by=undo)
        yield len(ids)


def forget(shelf: Shelf, subjects: set[UUID]) -> None:
    """Delete identities of which no card, source record or tie is left, and destroy their keys.

    One that a merge names stays for as long as the merge does, one that holds a paper as long as the paper.
    """
    if not subjects:
        return
    gone = set(subjects) - still_joined(subjects)
    holding = (Credential,) if shelf.register in HOLDERS else ()
    for model in (shelf.card_model, shelf.source_model, *shelf.mentioned_by, *holding):
        rows = model._default_manager.filter(**{f"{shelf.subject}__in": gone})
        gone -= set(rows.values_list(shelf.subject, flat=True))
    if gone:
        held_by = _holders_of(gone) if shelf is CREDENTIALS else {}
        shelf.identity._default_manager.filter(pk__in=gone).delete()
        destroy_keys(gone)
        for register, holders in held_by.items():
            forget(HOLDERS[register], holders)


def _holders_of(papers: set[UUID]) -> dict[str, set[UUID]]:
    """Whose papers these are: who was only waiting for them to go."""
    columns = {register: shelf.subject for register, shelf in HOLDERS.items()}
    rows = list(Credential.objects.filter(pk__in=papers).values(*columns.values()))
    return {register: {row[column] for row in rows if row[column]} for register, column in columns.items()}


def _by_place(rows: Any, shelf: Shelf) -> dict[tuple[str, ...], set[UUID]]:
    places: dict[tuple[str, ...], set[UUID]] = defaultdict(set)
    for *place, subject in rows.values_list(*PLACE, shelf.subject):
        places[tuple(place)].add(subject)
    return places


def _intake(place: tuple[str, ...], batch: UUID, source: str) -> Intake:
    values = dict(zip(PLACE, place, strict=True))
    return Intake(ledger.BATCHES, values, source, ledger.now().date(), "batch", batch)
