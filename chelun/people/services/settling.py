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
from chelun.people.rules.facts import Facts
from chelun.people.selectors.unresolved import facts_of
from chelun.people.services.corrections import write_one
from chelun.people.services.door import EDIT
from chelun.people.services.intake.leaves import joined_in
from chelun.platform.audit.services import record
from chelun.platform.privacy.keys import make_keys
from chelun.platform.sheets.batches import hidden_batches, place_of, write_by_hand
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
    write_by_hand(place_of(found))
    found = _waiting(actor, row)
    if found.settled_as:
        raise Refused("people.unresolved.settled", _("这一行已经认定过了。"))
    place, facts = place_of(found), facts_of(found)
    subject = _meant(found, person) if person else _new_person(facts)
    intake = Intake(actor, place, found.source, found.as_of, "form" if found.batch is None else "sheet")
    staged = StagedRow(found.sheet, found.row_number or 0, facts)
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


def _new_person(facts: Facts) -> UUID:
    if not (facts.get("name") or facts.get("masked_name")):
        raise Refused("people.unresolved.nameless", _("这一行没有姓名，不能登记为新人员，请选择它属于谁。"))
    person = uuid7()
    insert_rows(Person, ("id", "id_index"), [(person, None)])
    make_keys([person])
    return person


def _meant(row: UnresolvedRow, person: UUID) -> UUID:
    """The candidate that a file stands for: the leaf where just one of its leaves is a candidate; NotFound where none is."""
    known = PersonCard.objects.visible(hidden_batches()).filter(home=row.home, person=person)
    candidates = [UUID(each) for each in row.candidates]
    joined = joined_in(place_of(row), [person, *candidates])
    leaves = {each for each in candidates if joined.whole_of(each) == person}
    if not leaves or not known.exists():
        raise NotFound
    return leaves.pop() if len(leaves) == 1 else person
