"""The values of fields of places, written beside a card and taken away with it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chelun.core.bulk import insert_rows
from chelun.core.crypto import blind_index
from chelun.core.identifiers import uuid7
from chelun.engines.tables.columns.own_fields import is_own_sealed, own_facts
from chelun.people.models import OwnValue
from chelun.people.services.intake.shelf import CARD_COMMON

OWN_FIELDS = (
    "id", "province", "city", "county", "township", "home", "card", "subject", "field", "word", "number",
)  # fmt: skip
_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,6})?")
_PLACE = slice(1, 6)

Values = tuple[Any, ...]


def own_rows(card: Sequence[Any], facts: Mapping[str, Any]) -> list[Values]:
    """The rows beside a card, which is given in the order of `Shelf.card_fields`; nothing when no fact is such."""
    return [
        (
            uuid7(),
            *card[_PLACE],
            card[0],
            card[len(CARD_COMMON)],
            name,
            word_of(name, value),
            _number(name, value),
        )
        for name, value in own_facts(facts).items()
    ]


def word_of(name: str, value: str) -> str:
    """What a value is found again by."""
    return blind_index(f"own:{name}", value) if is_own_sealed(name) else value


def write_own(rows: Sequence[Values]) -> None:
    """Insert such rows."""
    if rows:
        insert_rows(OwnValue, OWN_FIELDS, rows)


def drop_own(cards: Sequence[UUID]) -> None:
    """Take away what stands beside cards that are deleted in the same transaction."""
    if cards:
        OwnValue.objects.filter(card__among=cards).delete()


def _number(name: str, value: str) -> float | None:
    return None if is_own_sealed(name) or not _NUMBER.fullmatch(value) else float(value)
