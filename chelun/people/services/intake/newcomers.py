"""Everything of a row that can be computed before anybody looks who is on file: what is written if its person is new.

Most rows of a large roster are such, so this is done ahead in another process (chelun.core.ahead). No database here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from chelun.core.bulk import ready_rows
from chelun.core.crypto import blind_index
from chelun.core.identifiers import uuid7
from chelun.people.models import DriverTie, Engagement, OwnValue
from chelun.people.rules.cards import person_values
from chelun.people.rules.facts import Facts, split
from chelun.people.services.intake import ledger, ties
from chelun.people.services.intake.owned import OWN_FIELDS, own_rows
from chelun.people.services.intake.shelf import PERSONS
from chelun.platform.privacy.keys import NewKey, new_key_of
from chelun.platform.sheets.registers import Intake, StagedRow


@dataclass(slots=True)
class Newcomer:
    """A row's digests, and the person it makes when nobody has him: key, line of the audit trail, rows as they are written.

    Which enterprise and which vehicle the row means is not known yet: `firm` and `plate` say what it names.
    """

    digest: str
    id_index: str | None
    person: UUID
    key: NewKey
    created: dict[str, Any]
    firm: tuple[str, str]
    plate: tuple[str, str]
    source: Sequence[Any]
    card: list[Any]
    engagement: list[Any] | None
    driver: list[Any] | None
    own: Sequence[Sequence[Any]] = ()


def prepare_persons(rows: Sequence[StagedRow], intake: Intake) -> list[StagedRow]:
    """The rows, each with its newcomer."""
    made = [_newcomer(row, intake) for row in rows]
    common = ledger.common_of_cards(intake)
    sources, cards = [], []
    for row, newcomer in zip(rows, made, strict=True):
        clear, secret = split(row.facts, PERSONS.secret)
        record = ledger.new_record(intake, newcomer.person, row, newcomer.digest)
        sealed = ledger.seal_facts(newcomer.key.key, secret)
        sources.append(ledger.source_values(intake, record, clear, sealed))
        card = person_values(row.facts, intake.as_of, sources=1, enterprise=None)
        card["sealed"] = ledger.seal_facts(newcomer.key.key, card_secret(secret))
        cards.append(ledger.card_values(PERSONS, common, newcomer.person, card))
        newcomer.own = ready_rows(OwnValue, OWN_FIELDS, own_rows(cards[-1], row.facts))
    _written(made, sources, cards)
    _tied(made, rows, intake)
    return [replace(row, ready=newcomer) for row, newcomer in zip(rows, made, strict=True)]


def _newcomer(row: StagedRow, intake: Intake) -> Newcomer:
    facts, person = row.facts, uuid7()
    key = new_key_of(person)
    return Newcomer(
        digest=ledger.digest_of(facts),
        id_index=id_index_of(facts),
        person=person,
        key=key,
        created=ledger.audit_text(key.key, facts),
        firm=(facts.get("enterprise", ""), facts.get("uscc", "")),
        plate=(facts.get("plate", ""), facts.get("plate_colour", "")),
        source=(),
        card=[],
        engagement=None,
        driver=None,
    )


def _written(made: Sequence[Newcomer], sources: Sequence[Any], cards: Sequence[Any]) -> None:
    ready = ready_rows(PERSONS.source_model, PERSONS.source_fields(), sources)
    for newcomer, source in zip(made, ready, strict=True):
        newcomer.source = source
    ready = ready_rows(PERSONS.card_model, PERSONS.card_fields(), cards)
    for newcomer, card in zip(made, ready, strict=True):
        newcomer.card = card


def _tied(made: Sequence[Newcomer], rows: Sequence[StagedRow], intake: Intake) -> None:
    place = ties.place_values(intake)
    working, driving = [], []
    for newcomer, row in zip(made, rows, strict=True):
        if work := ties.work_values(row.facts, None):
            working.append((newcomer, (uuid7(), *place, newcomer.person, *work)))
        if newcomer.plate[0]:
            driving.append(
                (newcomer, (uuid7(), *place, newcomer.person, None, *ties.period_values(row.facts)))
            )
    ready = ready_rows(Engagement, ties.ENGAGEMENT_FIELDS, [values for _, values in working])
    for (newcomer, _), values in zip(working, ready, strict=True):
        newcomer.engagement = values
    ready = ready_rows(DriverTie, ties.DRIVER_FIELDS, [values for _, values in driving])
    for (newcomer, _), values in zip(driving, ready, strict=True):
        newcomer.driver = values


def card_secret(secret: Facts) -> Facts:
    """Which of the secret facts a card keeps."""
    return {name: value for name, value in secret.items() if name in PERSONS.card_secret}


def id_index_of(facts: Facts) -> str | None:
    """The digest by which the person of a row is found; None for a row without an ID number."""
    number = facts.get("id_number")
    return blind_index("id_number", number) if number else None
