"""A value that a person had corrected at his own request goes from every record, those of the past as well.

The one place where a source record is edited. Called by privacy when such a request was granted.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.locks import again
from chelun.core.reasons import without_numbers
from chelun.core.scope import Scope
from chelun.people.choices import AT_COUNTER
from chelun.people.models import ForgottenValue
from chelun.people.rules.facts import Facts, split
from chelun.people.selectors.records import journal_of
from chelun.people.services.intake import ledger
from chelun.people.services.intake.renewal import renew
from chelun.people.services.intake.shelf import SHELVES, Shelf
from chelun.platform.audit.services import record
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.batches import hold_place, tell_written
from chelun.platform.sheets.registers import Intake

NEEDED = frozenset({"name", "plate", "paper"})
"""Without these there is no card: a right value must stand before the wrong one is forgotten."""

COLUMNS = {
    "birth": ("birth_year",), "kinds": ("kind", "more_kinds"), "enterprise": ("enterprise_name",), "paper": ("kind",),
    "paper_status": ("status",),
}  # fmt: skip
"""The columns of a card that show a fact, where they are not called like it."""
DIGESTS = {"phones": {"phone_index", "name_phone", "phone_tail"}}
"""What a card is found by that says a sealed fact."""
ALONG = {"valid_to": {"term"}}
"""What says nothing without the column that goes."""


def forget_value(*, actor: Actor, register: str, subject: UUID, field: str, value: Any, reason: str) -> int:
    """Take one value of a fact out of all records of a file in every place, and compute its cards anew; how many records.

    Of a fact with several values (telephones) `value` is one of them. The digest of a record stays, so that the same
    row of the same source does not bring the value back. NotFound when no record says it; Refused when nothing else
    would be left to call the subject by. The audit trail keeps what it sealed, until the subject's key is destroyed.
    """
    return again(lambda: _forget(actor, SHELVES[register], subject, (field, value), without_numbers(reason)))


def _forget(actor: Actor, shelf: Shelf, subject: UUID, said: tuple[str, Any], reason: str) -> int:
    rows, _joined = journal_of(Scope.everything(), shelf, subject)
    homes = sorted({row.home for row in rows})
    for home in homes:
        hold_place(placed(home))
    tell_written()
    keys = keys_of({getattr(row, shelf.subject) for row in rows})
    opened = [(row, dict(ledger.to_record(shelf, row, keys).facts)) for row in rows]
    changed = [(row, left) for row, facts in opened if (left := without(facts, *said)) is not None]
    if not changed:
        raise NotFound
    standing = [(row.home, facts) for row, facts in opened if row.superseded_by is None]
    _refuse_nameless(standing, *said)
    for row, left in changed:
        clear, secret = split(left, shelf.secret)
        sealed = ledger.seal_facts(keys[getattr(row, shelf.subject)], secret) if secret else b""
        shelf.sources.filter(pk=row.pk).update(facts=clear, sealed=sealed)
    leaves = sorted({getattr(row, shelf.subject) for row, _left in changed})
    for home in homes:
        renew(shelf, Intake(actor, placed(home), AT_COUNTER, ledger.now().date(), "form"), [subject])
    _forget_past(shelf, leaves, keys, said)
    for leaf in leaves:
        _note(actor, shelf, leaf, said[0], reason)
    return len(changed)


def _forget_past(shelf: Shelf, leaves: Collection[UUID], keys: ledger.Keys, said: tuple[str, Any]) -> None:
    """Out of the cards of the past as well; one that would have nothing else to call the subject by goes whole."""
    for card in shelf.past.filter(**{f"{shelf.subject}__in": list(leaves)}):
        key = keys.get(getattr(card, shelf.subject))
        left = without(ledger.open_facts(key, bytes(card.sealed)), *said)
        columns = _saying(card, *said)
        if said[0] in NEEDED and columns:
            card.delete()
        elif left is not None or columns:
            for column in (
                columns | _along(columns) | (DIGESTS.get(said[0], set()) if left is not None else set())
            ):
                setattr(card, column, card._meta.get_field(column).get_default())
            card.sealed = ledger.seal_facts(key, left) if key and left is not None else card.sealed
            card.save()


def _along(columns: set[str]) -> set[str]:
    return {other for column in columns for other in ALONG.get(column, ())}


def _saying(card: Any, field: str, value: Any) -> set[str]:
    """The columns of a card that say a value of a fact."""
    held = {name: str(getattr(card, name, None) or "") for name in COLUMNS.get(field, (field,))}
    return {
        name
        for name, text in held.items()
        if text and (str(value) in text.split(",") or text == str(value)[:4])
    }


def without(facts: Facts, field: str, value: Any) -> Facts | None:
    """The facts without a value; None when they do not say it."""
    held = facts.get(field)
    if isinstance(held, list) and value in held:
        left = [each for each in held if each != value]
        return {**facts, field: left} if left else _less(facts, field)
    return _less(facts, field) if field in facts and held == value else None


def _less(facts: Facts, field: str) -> Facts:
    return {name: each for name, each in facts.items() if name != field}


def _refuse_nameless(standing: list[tuple[str, Facts]], field: str, value: Any) -> None:
    if field not in NEEDED:
        return
    right = {home for home, facts in standing if facts.get(field) not in (None, "", value)}
    if {home for home, _facts in standing} - right:
        raise Refused("people.forget.needed", _("这一项还是现在登记的值，请先更正，再去除原值。"))


def _note(actor: Actor, shelf: Shelf, subject: UUID, field: str, reason: str) -> None:
    ForgottenValue.objects.create(
        register=shelf.register,
        subject=subject,
        field=field,
        reason=reason[:200],
        forgotten_by=actor.actor_name,
    )
    record(
        actor=actor, action="people.value.forgotten", target_kind=shelf.register, target=subject, reason=reason,
        new={"field": field},
    )  # fmt: skip
