"""The lists as they were at a moment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from chelun.core.scope import Scope
from chelun.core.ui import Address, Cell, Row, Table, minute
from chelun.people.addresses import address_of
from chelun.people.displays.papers import credential_table
from chelun.people.displays.tables import enterprise_table, person_table, vehicle_table
from chelun.people.displays.words import KindNames
from chelun.people.reminders import Reminders
from chelun.people.selectors.papers import names_of_holders
from chelun.people.services.intake.shelf import SHELVES
from chelun.platform.privacy.keys import keys_of

TODAYS = "staff"
"""The column of which cards say nothing: what is counted from today's ties."""


def then_table(
    scope: Scope, register: str, cards: Sequence[Any], kinds: KindNames, address: Address, moment: datetime
) -> Table:
    """Cards that stood at a moment; each opens to the file as it was then."""
    table = TABLES[register](scope, cards, kinds, address, moment)
    shown = [place for place, column in enumerate(table.columns) if column.key != TODAYS]
    subjects = [getattr(card, SHELVES[register].subject) for card in cards]
    rows = [
        _then(row, shown, _file(register, subject, moment))
        for row, subject in zip(table.rows, subjects, strict=True)
    ]
    return replace(table, columns=[table.columns[place] for place in shown], rows=rows)


def then_note(moment: datetime, *, whole: bool) -> str:
    """That this is not today's list, what it can be narrowed by, and what may be missing from it."""
    note = _(
        "这是 {moment} 能看到的名单，不是今天的情况；打开一行，看到的是当时的档案。按来源、导入和自设字段不能回看。"
    ).format(moment=minute(moment))
    return (
        note if whole else note + _("这一刻早于本系统开始留存往期档案卡的时间，后来被替换过的登记不在其中。")
    )


def _persons(
    scope: Scope, cards: Sequence[Any], kinds: KindNames, address: Address, moment: datetime
) -> Table:
    return person_table(cards, keys_of([card.person_id for card in cards]), kinds, address)


def _enterprises(
    scope: Scope, cards: Sequence[Any], kinds: KindNames, address: Address, moment: datetime
) -> Table:
    return enterprise_table(cards, {}, kinds, address)


def _vehicles(
    scope: Scope, cards: Sequence[Any], kinds: KindNames, address: Address, moment: datetime
) -> Table:
    return vehicle_table(cards, kinds, address)


def _credentials(
    scope: Scope, cards: Sequence[Any], kinds: KindNames, address: Address, moment: datetime
) -> Table:
    keys, names = keys_of([card.credential_id for card in cards]), names_of_holders(scope, cards)
    return credential_table(cards, keys, names, Reminders.of(localdate(moment)), address)


TABLES: Mapping[str, Callable[[Scope, Sequence[Any], KindNames, Address, datetime], Table]] = {
    "person": _persons,
    "enterprise": _enterprises,
    "vehicle": _vehicles,
    "credential": _credentials,
}


def _then(row: Row, shown: Sequence[int], url: str) -> Row:
    cells = [row.cells[place] for place in shown]
    first = cells[0] if isinstance(cells[0], Cell) else Cell(str(cells[0]))
    return replace(row, cells=[replace(first, url=url), *cells[1:]])


def _file(register: str, subject: Any, moment: datetime) -> str:
    then = localtime(moment).strftime("%Y-%m-%dT%H:%M")
    return f"{address_of('people:past', subject, register)}?moment={then}"
