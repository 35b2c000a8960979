"""Registers and lights as workbooks: the firms, who works for each of them, who crossed."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from chelun.core.scope import Scope
from chelun.core.ui import Cell, Table, listed
from chelun.core.ui.tables import CellLike
from chelun.firms.models import FirmStanding
from chelun.people.displays.words import KindNames, fact_masked, kind_name, place_name
from chelun.people.models import PersonCard
from chelun.people.selectors.joins import Joins
from chelun.people.selectors.lists import staff_of
from chelun.people.services.intake.ledger import open_facts
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.writing.export import ExportColumn, ExportTable

MOST_PERSONS = 20_000


def as_export(table: Table, notes: Sequence[str] = ()) -> ExportTable:
    """A table of a page for a workbook: every column, each cell's text, with its second line in brackets."""
    heads = [
        ExportColumn(str(column.label), "number" if column.numeric else "text") for column in table.columns
    ]
    rows = (
        [_bare(cell, numeric=column.numeric) for cell, column in zip(row.cells, table.columns, strict=True)]
        for row in table.rows
    )
    return ExportTable(str(table.caption), heads, rows, notes)


def _bare(cell: CellLike, *, numeric: bool) -> object:
    text = str(cell.text if isinstance(cell, Cell) else cell)
    if numeric:
        digits = text.replace(",", "")
        return int(digits) if digits.isdecimal() else None
    return text


class StaffBook:
    """Who works for some firms today (rows of stays), as the places in scope know it; numbers masked."""

    def __init__(self, scope: Scope, stays: Sequence[Any], kinds: KindNames) -> None:
        self._scope = scope
        self._stays = stays
        self._kinds = kinds

    @property
    def table(self) -> ExportTable:
        """Each with his firm."""
        heads = (_("企业名称"), _("姓名"), _("工种"), _("车牌"), _("手机号"), _("所属地区"))
        note = _("手机号打码；要看原文请在档案里逐条查看。")
        rows = [self._row(*each) for each in self._found]
        return ExportTable(_("各企业的驾驶员和职工"), [ExportColumn(text) for text in heads], rows, [note])

    @property
    def persons(self) -> list[tuple[UUID, str]]:
        """Who is in it: (person, place)."""
        return list(dict.fromkeys((card.person_id, card.home) for _firm, card in self._found))

    @cached_property
    def _found(self) -> list[tuple[str, PersonCard]]:
        pairs = {(stay.enterprise_id, stay.home) for stay in self._stays}
        works = staff_of(self._scope, hidden_batches(), {firm for firm, _home in pairs})
        ties = list(works.order_by("enterprise", "home", "person")[:MOST_PERSONS])
        joins = Joins.around({firm for firm, _home in pairs})
        shown = {joins.pair(pair): pair for pair in pairs}
        meant = [
            (pair, row)
            for row in ties
            if row.enterprise_id and (pair := shown.get(joins.pair((row.enterprise_id, row.home))))
        ]
        cards = PersonCard.objects.in_scope(self._scope).visible(hidden_batches())
        known = {
            (card.person_id, card.home): card
            for card in cards.filter(person__among=list({row.person_id for _pair, row in meant}))
        }
        names = _names(self._scope, shown)
        return list(dict.fromkeys(
            (names.get(joins.pair(pair), ""), card)
            for pair, row in meant
            if (card := known.get((row.person_id, row.home)))
        ))  # fmt: skip

    @cached_property
    def _keys(self) -> Mapping[UUID, bytes]:
        return keys_of({card.person_id for _firm, card in self._found})

    def _row(self, firm: str, card: PersonCard) -> list[object]:
        secret = open_facts(self._keys.get(card.person_id), bytes(card.sealed))
        kinds = listed(
            kind_name(kind, self._kinds) for kind in (card.kind, *card.more_kinds.split(",")) if kind
        )
        phones = fact_masked("phones", (secret.get("phones") or [])[:1])
        return [firm, card.name, kinds, card.plate, phones, place_name(card.home)]


def _names(scope: Scope, pairs: Iterable[tuple[Any, str]]) -> dict[tuple[Any, str], str]:
    rows = FirmStanding.objects.in_scope(scope).filter(
        enterprise__among=list({firm for firm, _home in pairs})
    )
    return {(firm, home): name for firm, home, name in rows.values_list("enterprise", "home", "name")}
