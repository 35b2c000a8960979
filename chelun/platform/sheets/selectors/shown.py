"""Imports as pages show them: the list's rows, the facts of one, how its columns were taken, at which step it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chelun.core.ui import Address, Cell, Column, Fact, Row, Table, day, listed, minute, number
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.sheets.batches import place_of
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.registers import Register, registers_at
from chelun.platform.sheets.wording import (
    column_label,
    field_label,
    place_label,
    register_label,
    sheet_label,
)

TONES: dict[str, str] = {
    ImportState.RECEIVED: "info", ImportState.UNREADABLE: "bad", ImportState.MAPPING: "warn",
    ImportState.CHECKING: "info", ImportState.CHECKED: "warn", ImportState.PUBLISHING: "info",
    ImportState.PUBLISHED: "ok", ImportState.UNDOING: "info", ImportState.UNDONE: "idle",
    ImportState.CANCELLED: "idle",
}  # fmt: skip
STEPS: dict[str, int] = {
    ImportState.RECEIVED: 1, ImportState.UNREADABLE: 1, ImportState.MAPPING: 2, ImportState.CHECKING: 3,
    ImportState.CHECKED: 3, ImportState.PUBLISHING: 4, ImportState.PUBLISHED: 5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How one table was taken: «工资表 → 人员», its pairs of column and field, the columns that nobody takes."""

    title: str
    pairs: tuple[tuple[str, str], ...]
    unused: str


def step_of(state: str) -> int:
    """At which of the five steps an import stands; 0 for one that is taken back or given up."""
    return STEPS.get(state, 0)


def import_table(imports: Sequence[SheetImport], address: Address) -> Table:
    """The list of imports. Where all are of one place, its name shows only when chosen."""
    one_place = len({place_label(one) for one in imports}) == 1
    columns = [
        Column("file", _("文件"), wide=True), Column("state", _("状态"), code=True), Column("source", _("来源")),
        Column("place", _("地区"), extra=one_place), Column("as_of", _("数据日期"), code=True), Column("created", _("新增"), numeric=True),
        Column("changed", _("更新"), numeric=True), Column("refused", _("退回"), numeric=True),
        Column("owner", _("经办人"), code=True), Column("at", _("上传时间"), code=True),
    ]  # fmt: skip
    who = owners_of(imports)
    return Table(_("导入记录"), columns, [_import_row(one, who[one.pk]) for one in imports], address)


def owners_of(imports: Iterable[SheetImport]) -> dict[UUID, str]:
    """The persons who brought some imports; whoever has no account here – a command, another installation – as he was written."""
    told = list(imports)
    names = person_names(one.owner for one in told if one.owner_id)
    return {one.pk: names[one.owner] if one.owner_id else one.owner for one in told}


def _import_row(one: SheetImport, owner: str) -> Row:
    outcome = one.counts.get("outcome", {}).values()
    done = one.state in (ImportState.PUBLISHED, ImportState.UNDOING, ImportState.UNDONE)
    created, changed = (
        number(sum(counts.get(name, 0) for counts in outcome)) if done else "–"
        for name in ("created", "changed")
    )
    refused = number(one.counts["checked"].get("refused", 0)) if "checked" in one.counts else "–"
    tone = TONES.get(one.state, "idle")
    return Row(
        [
            Cell(one.file_name, reverse("sheets:import_detail", args=[one.pk])),
            Cell(one.get_state_display(), tone=tone), one.source, place_label(one), day(one.as_of),
            created, changed, refused, owner, minute(one.created_at),
        ],
        tone if tone in ("bad", "warn") else "",
    )  # fmt: skip


def import_facts(one: SheetImport) -> list[Fact]:
    """What is known of an import as a whole."""
    found = [
        Fact(_("文件"), one.file_name),
        Fact(_("来源"), one.source),
        Fact(_("地区"), place_label(one)),
        Fact(_("数据日期"), day(one.as_of)),
        Fact(_("经办"), f"{owners_of([one])[one.pk]} · {minute(one.created_at)}"),
    ]
    if one.published_at:
        found.append(Fact(_("入库"), minute(one.published_at)))
    if one.undone_at:
        found.append(Fact(_("撤销"), minute(one.undone_at)))
    return found


def mapping_summary(one: SheetImport) -> list[TableMapping]:
    """How the columns of each table were taken."""
    registers = registers_at(place_of(one))
    return [_summary(table, registers.get(table["register"])) for table in one.tables if table["rows"]]


def _summary(table: Mapping[str, Any], register: Register | None) -> TableMapping:
    taken = {str(at): name for at, name in table["mapping"].items()}
    into = register_label(table["register"]) or _("不导入")
    title = ngettext(
        "{sheet}（{rows} 行）→ {register}", "{sheet}（{rows} 行）→ {register}", table["rows"]
    ).format(sheet=sheet_label(table), rows=number(table["rows"]), register=into)
    if not register:
        return TableMapping(title, (), "")
    pairs = tuple(
        (column_label(column), field_label(register, taken[str(column["at"])]))
        for column in table["columns"]
        if str(column["at"]) in taken
    )
    unused = [column_label(column) for column in table["columns"] if str(column["at"]) not in taken]
    return TableMapping(title, pairs, listed(unused))
