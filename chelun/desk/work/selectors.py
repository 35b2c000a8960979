"""Reads of work lists: those of a place with their counts, the rows of one, the rows that wait for somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from chelun.core.actors import Actor
from chelun.core.crypto import open_with
from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.desk.models import WorkList, WorkRow
from chelun.people.services.intake.shelf import SHELVES
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.batches import hidden_batches

VIEW, WORK = "people.view", "people.edit"
OPEN, OVERDUE, DONE = "open", "overdue", "done"
Key = tuple[UUID, str]
Lists = Sequence[WorkList] | QuerySet[WorkList]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows of a list wait, are overdue, are done."""

    open: int = 0
    overdue: int = 0
    done: int = 0


def work_lists(scope: Scope, *, closed: bool = False) -> QuerySet[WorkList]:
    """The lists of places in scope, those that go on or those that were ended, the newest first."""
    return WorkList.objects.in_scope(scope).filter(closed_at__isnull=not closed)


def work_list_get(scope: Scope, pk: UUID) -> WorkList:
    """One list; NotFound outside the scope."""
    found = WorkList.objects.in_scope(scope).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def rows_of(scope: Scope, lists: Lists, state: str = OPEN) -> QuerySet[WorkRow]:
    """Rows of some lists in a state, of places in scope; those that no longer stand in their list are left out."""
    rows = WorkRow.objects.in_scope(scope).filter(work_list__in=lists, gone_at=None)
    return rows.filter(_state(state, timezone.localdate()))


def _state(state: str, today: date) -> Q:
    if state == DONE:
        return Q(done_at__isnull=False)
    return Q(done_at=None, due_on__lt=today) if state == OVERDUE else Q(done_at=None)


def mine(actor: Actor) -> QuerySet[WorkList]:
    """The lists that somebody answers for: his own, and those of all who work in a place of his."""
    rows = work_lists(actor.scope_for(WORK))
    return rows.filter(owner__in=("", actor.actor_name))


def my_rows(actor: Actor, state: str = OPEN) -> QuerySet[WorkRow]:
    """The rows that wait for somebody, over all his lists."""
    return rows_of(actor.scope_for(WORK), mine(actor), state).select_related("work_list")


def counts_of(scope: Scope, lists: Sequence[WorkList]) -> dict[UUID, Counted]:
    """The counts of some lists, as far as their rows lie in scope. One query."""
    today = timezone.localdate()
    rows = WorkRow.objects.in_scope(scope).filter(work_list__in=lists, gone_at=None).order_by()
    counted = rows.values("work_list").annotate(
        open=Count("pk", filter=_state(OPEN, today)), overdue=Count("pk", filter=_state(OVERDUE, today)),
        done=Count("pk", filter=_state(DONE, today)),
    )  # fmt: skip
    return {each["work_list"]: Counted(each["open"], each["overdue"], each["done"]) for each in counted}


def names_of_rows(register: str, rows: Sequence[WorkRow]) -> dict[Key, str]:
    """What the subjects of some rows of one register are called in their places."""
    shelf = SHELVES[register]
    cards: Any = shelf.cards.visible(hidden_batches())
    found = cards.filter(**{f"{shelf.subject}__in": [row.subject for row in rows]})
    return {(getattr(card, shelf.subject), card.home): str(card) for card in found} if rows else {}


def notes_of(rows: Sequence[WorkRow]) -> Mapping[UUID, str]:
    """What was noted, by row; nothing of a subject that was erased."""
    noted = [row for row in rows if row.note]
    keys = keys_of({row.subject for row in noted}) if noted else {}
    return {
        row.pk: open_with(keys[row.subject], bytes(row.note), f"work:{row.pk}")
        for row in noted
        if row.subject in keys
    }
