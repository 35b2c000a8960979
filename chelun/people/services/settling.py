"""Deciding whose a waiting row is: one of those it may mean, or somebody new."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.bulk import insert_rows
from chelun.core.errors import NotFound, Refused
from chelun.core.identifiers import uuid7
from chelun.core.locks import again
from chelun.people.models import Person, PersonCard, UnresolvedRow
from chelun.people.selectors.unresolved import facts_of
from chelun.people.services.corrections import write_one
from chelun.people.services.door import EDIT
from chelun.platform.audit.services import record
from chelun.platform.privacy.keys import make_keys
from chelun.platform.sheets.batches import hidden_batches, hold_place, place_of
from chelun.platform.sheets.registers import Intake, StagedRow

JOINED, NEW = "joined", "new"
KEEP_SETTLED = timedelta(days=30)


def settle_unresolved(*, actor: Actor, row: UUID, person: UUID | None) -> UUID:
    """Give a waiting row to a person of its place, or with None to a new one; the person. NotFound out of scope.

    The record keeps the row's source, day and import, so that undoing the import takes it back as well.
    """
    return again(lambda: _settle(actor, row, person))


def _settle(actor: Actor, row: UUID, person: UUID | None) -> UUID:
    found = _waiting(actor, row)
    hold_place(place_of(found))
    found = _waiting(actor, row)
    if found.settled_as:
        raise Refused("people.unresolved.settled", _("这一行已经认定过了。"))
    subject = person or _new_person()
    if person and not _may_mean(found, person):
        raise NotFound
    place = place_of(found)
    intake = Intake(actor, place, found.source, found.as_of, "form" if found.batch is None else "sheet")
    staged = StagedRow(found.sheet, found.row_number or 0, facts_of(found))
    write_one(intake, subject, staged, "settled", kept_under=found.batch)
    found.settled_as = JOINED if person else NEW
    found.save(update_fields=["settled_as"])
    record(
        actor=actor, action="people.row.settled", target_kind="row", target=found.pk, region=found.home,
        purpose=found.source, new={"as": found.settled_as, "person": str(subject)},
    )  # fmt: skip
    return subject


def _waiting(actor: Actor, row: UUID) -> UnresolvedRow:
    rows = UnresolvedRow.objects.in_scope(actor.scope_for(EDIT)).visible(hidden_batches())
    found = rows.filter(pk=row).first()
    if found is None:
        raise NotFound
    return found


def purge_settled(actor: Actor) -> int:
    """Delete rows that were settled thirty days ago; how many. Runs daily (subjects.py says so)."""
    before = timezone.now() - KEEP_SETTLED
    return UnresolvedRow.objects.exclude(settled_as="").filter(created_at__lt=before).delete()[0]


def _new_person() -> UUID:
    person = uuid7()
    insert_rows(Person, ("id", "id_index"), [(person, None)])
    make_keys([person])
    return person


def _may_mean(row: UnresolvedRow, person: UUID) -> bool:
    known = PersonCard.objects.visible(hidden_batches()).filter(home=row.home, person=person)
    return str(person) in row.candidates and known.exists()
