"""Which rows and which table make up the list of each register: the same on the page and in an export."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from chelun.core.scope import Scope
from chelun.core.ui import Address, Table
from chelun.people.displays.tables import enterprise_table, person_table, vehicle_table
from chelun.people.displays.words import KindNames
from chelun.people.selectors import Filters, enterprise_list, person_list, staff_counts, vehicle_list
from chelun.people.selectors.lists import ENTERPRISE_ORDER, PERSON_ORDER, VEHICLE_ORDER, is_one_county
from chelun.platform.privacy.keys import keys_of


@dataclass(frozen=True, slots=True)
class Listing:
    """The list of one register: its rows in a scope, their order, and some of them as a table."""

    rows: Callable[[Scope, Filters], Any]
    order: tuple[str, ...]
    table: Callable[[Scope, Sequence[Any], KindNames, Address], Table]


def _persons(scope: Scope, cards: Sequence[Any], kinds: KindNames, address: Address) -> Table:
    return person_table(
        cards, keys_of([card.person_id for card in cards]), kinds, address, one_place=_one(scope, address)
    )


def _enterprises(scope: Scope, cards: Sequence[Any], kinds: KindNames, address: Address) -> Table:
    staff = staff_counts(scope, [card.enterprise_id for card in cards])
    return enterprise_table(cards, staff, kinds, address, one_place=_one(scope, address))


def _vehicles(scope: Scope, cards: Sequence[Any], kinds: KindNames, address: Address) -> Table:
    return vehicle_table(cards, kinds, address, one_place=_one(scope, address))


def _one(scope: Scope, address: Address) -> bool:
    return is_one_county(scope, address.get("region"))


LISTINGS: dict[str, Listing] = {
    "person": Listing(person_list, PERSON_ORDER, _persons),
    "enterprise": Listing(enterprise_list, ENTERPRISE_ORDER, _enterprises),
    "vehicle": Listing(vehicle_list, VEHICLE_ORDER, _vehicles),
}
