"""What a place holds of each card of a list, field by field as its sheet has them: what fills a bureau's own form."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chelun.core.actors import SystemActor
from chelun.engines.tables.columns.own_fields import NUMBER, is_own
from chelun.people.displays.words import KindNames, OwnColumns, fact_masked, fact_text
from chelun.people.rules.facts import Facts, standing_facts
from chelun.people.services.intake.ledger import records_of
from chelun.people.services.intake.ranking import ranking_for
from chelun.people.services.intake.shelf import SHELVES, Shelf
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.batches import place_of
from chelun.platform.sheets.registers import REGISTERS, Intake

Value = str | float | None
_READER = SystemActor("chelun forms")
_PHONES = {"phone": 0, "phone2": 1}


def field_values(
    register: str, cards: Sequence[Any], kinds: KindNames, own: OwnColumns
) -> list[dict[str, Value]]:
    """For each card the values of its register's fields, sensitive ones masked as in every list; numbers as numbers."""
    shelf = SHELVES[register]
    facts = standing_of(shelf, cards)
    numbers = {spec.name for spec in REGISTERS[register].fields if spec.kind == "number"}
    numbers |= {name for name, column in own.items() if column.type == NUMBER}
    return [
        _values(shelf, facts.get((card.home, getattr(card, shelf.subject)), {}), kinds, own, numbers)
        for card in cards
    ]


def standing_of(shelf: Shelf, cards: Sequence[Any]) -> dict[tuple[str, UUID], Facts]:
    """What stands of each card in its place: (place, subject) → facts. A few queries for each place."""
    found: dict[tuple[str, UUID], Facts] = {}
    keys = keys_of({getattr(card, shelf.subject) for card in cards})
    by_home: dict[str, list[Any]] = {}
    for card in cards:
        by_home.setdefault(card.home, []).append(card)
    for home, mine in by_home.items():
        intake = Intake(_READER, place_of(mine[0]), "", mine[0].as_of, "form")
        ranking = ranking_for(shelf.register, intake)
        records = records_of(shelf, intake, {getattr(card, shelf.subject) for card in mine}, keys)
        for subject, told in records.items():
            found[home, subject] = standing_facts(told, ranking)
    return found


def _values(
    shelf: Shelf, facts: Mapping[str, Any], kinds: KindNames, own: OwnColumns, numbers: set[str]
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, value in facts.items():
        if name == "phones":
            values |= {field: fact_masked("phones", value[at : at + 1]) for field, at in _PHONES.items()}
        elif shelf.hides(name):
            values[name] = fact_masked(name, value)
        elif name in numbers:
            values[name] = _number(value)
        elif not is_own(name) or name in own:
            values[name] = fact_text(name, value, kinds, own)
    if "name" not in values and facts.get("masked_name"):
        values["name"] = str(facts["masked_name"])
    return values


def _number(value: Any) -> Value:
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value)
