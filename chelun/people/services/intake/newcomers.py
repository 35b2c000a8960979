"""Everything of a row that can be computed before anybody looks who is on file: what it says if its person is new.

Most rows of a large roster are such, so this is done ahead in another process (chelun.core.ahead). No database here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from chelun.core.crypto import blind_index
from chelun.core.identifiers import uuid7
from chelun.people.rules.cards import person_values
from chelun.people.rules.facts import Facts, split
from chelun.people.services.intake import ledger
from chelun.people.services.intake.shelf import PERSONS
from chelun.platform.privacy.keys import NewKey, new_key_of
from chelun.platform.sheets.registers import StagedRow


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A row's digests, and the person it makes when nobody has him: key, sealed facts, card, line of the audit trail."""

    digest: str
    id_index: str | None
    person: UUID
    key: NewKey
    sealed: bytes
    card: dict[str, Any]
    created: dict[str, Any]


def prepare_persons(rows: Sequence[StagedRow], as_of: date) -> list[StagedRow]:
    """The rows, each with its newcomer."""
    return [replace(row, ready=_newcomer(row.facts, as_of)) for row in rows]


def _newcomer(facts: Facts, as_of: date) -> Newcomer:
    person = uuid7()
    key = new_key_of(person)
    _, secret = split(facts, PERSONS.secret)
    card = person_values(facts, as_of, sources=1, enterprise=None)
    card["sealed"] = ledger.seal_facts(key.key, card_secret(secret))
    return Newcomer(
        digest=ledger.digest_of(facts),
        id_index=id_index_of(facts),
        person=person,
        key=key,
        sealed=ledger.seal_facts(key.key, secret),
        card=card,
        created=ledger.audit_text(key.key, facts),
    )


def card_secret(secret: Facts) -> Facts:
    """Which of the secret facts a card keeps."""
    return {name: value for name, value in secret.items() if name in PERSONS.card_secret}


def id_index_of(facts: Facts) -> str | None:
    """The digest by which the person of a row is found; None for a row without an ID number."""
    number = facts.get("id_number")
    return blind_index("id_number", number) if number else None
