"""Which rows and which table make up the list of each register: the same on the page and in an export."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chelun.core.scope import Scope
from chelun.core.ui import Address, Column, Table
from chelun.engines.tables.columns.own_fields import NUMBER, OwnColumn
from chelun.people.displays.papers import credential_table
from chelun.people.displays.tables import enterprise_table, person_table, vehicle_table
from chelun.people.displays.words import KindNames, own_text
from chelun.people.reminders import Reminders
from chelun.people.selectors import (
    Filters,
    credential_list,
    enterprise_list,
    person_list,
    staff_counts,
    vehicle_list,
)
from chelun.people.selectors.lists import ENTERPRISE_ORDER, PERSON_ORDER, VEHICLE_ORDER, is_one_county
from chelun.people.selectors.owned import own_at, own_words
from chelun.people.selectors.papers import CREDENTIAL_ORDER, names_of_holders
from chelun.platform.privacy.keys import keys_of


@dataclass(frozen=True, slots=True)
class Listing:
    """The list of one register: its rows in a scope, their order, and some of them as a table."""

    rows: Callable[[Scope, Filters], Any]
    order: tuple[str, ...]
    table: Callable[[Scope, Sequence[Any], KindNames, Address], Table]


def _persons(scope: Scope, cards: Sequence[Any], kinds: KindNames, address: Address) -> Table:
    table = person_table(
        cards, keys_of([card.person_id for card in cards]), kinds, address, one_place=_one(scope, address)
    )
    return _with_own(table, "person", scope, cards)


def _enterprises(scope: Scope, cards: Sequence[Any], kinds: KindNames, address: Address) -> Table:
    staff = staff_counts(scope, [card.enterprise_id for card in cards])
    table = enterprise_table(cards, staff, kinds, address, one_place=_one(scope, address))
    return _with_own(table, "enterprise", scope, cards)


def _vehicles(scope: Scope, cards: Sequence[Any], kinds: KindNames, address: Address) -> Table:
    table = vehicle_table(cards, kinds, address, one_place=_one(scope, address))
    return _with_own(table, "vehicle", scope, cards)


def _credentials(scope: Scope, cards: Sequence[Any], kinds: KindNames, address: Address) -> Table:
    keys = keys_of([card.credential_id for card in cards])
    names = names_of_holders(scope, cards)
    table = credential_table(cards, keys, names, Reminders.of(), address, one_place=_one(scope, address))
    return _with_own(table, "credential", scope, cards)


def _with_own(table: Table, register: str, scope: Scope, cards: Sequence[Any]) -> Table:
    """The list with the fields that the place looked at has added; those not shown from the first can be chosen."""
    columns = [each for each in own_at(scope, register, table.address.get("region")) if not each.sealed]
    words = own_words(cards, columns)
    heads = [
        Column(each.name, each.label, numeric=each.type == NUMBER, extra=not each.shown) for each in columns
    ]
    rows = [
        replace(row, cells=[*row.cells, *_own_cells(columns, words.get(card.id, {}))])
        for row, card in zip(table.rows, cards, strict=True)
    ]
    return replace(table, columns=[*table.columns, *heads], rows=rows) if columns else table


def _own_cells(columns: Sequence[OwnColumn], words: Mapping[str, str]) -> list[str]:
    return [own_text(each, words[each.name]) if each.name in words else "" for each in columns]


def _one(scope: Scope, address: Address) -> bool:
    return is_one_county(scope, address.get("region"))


LISTINGS: dict[str, Listing] = {
    "person": Listing(person_list, PERSON_ORDER, _persons),
    "enterprise": Listing(enterprise_list, ENTERPRISE_ORDER, _enterprises),
    "vehicle": Listing(vehicle_list, VEHICLE_ORDER, _vehicles),
    "credential": Listing(credential_list, CREDENTIAL_ORDER, _credentials),
}
