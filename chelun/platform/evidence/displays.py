"""Evidence as pages show it: a part of a record's page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.ui import Cell, Column, Row, Table, minute, number
from chelun.platform.archives.selectors import names_of_acts
from chelun.platform.evidence.holders import Named
from chelun.platform.evidence.selectors import Attached, attached
from chelun.platform.evidence.services import ADD, OPEN
from chelun.platform.regions.acts import Act


@dataclass(frozen=True, slots=True)
class Panel:
    """The files of a record: the table, where the same picture is used, and where one more is added ('' where not)."""

    table: Table
    same: tuple[tuple[str, tuple[Named, ...]], ...]
    add_url: str


def panel_of(actor: Actor, holder: str, record: UUID, records: Collection[UUID] = ()) -> Panel | None:
    """The files of a record as its page shows them; None for a reader who could neither see nor add any."""
    may_add, found = actor.has(ADD), attached(actor, holder, records or [record])
    if not found and not may_add:
        return None
    add_url = reverse("evidence:add", args=[holder, record]) if may_add else ""
    same = tuple((each.what, each.same) for each in found if each.same)
    return Panel(_table(actor, found), same, add_url)


def _table(actor: Actor, found: Collection[Attached]) -> Table:
    columns = [
        Column("what", _("是什么"), fixed=True), Column("kind", _("类别")), Column("size", _("大小（KB）"), numeric=True),
        Column("by", _("添加")), Column("act", _("操作")),
    ]  # fmt: skip
    who = names_of_acts((each.evidence.home, each.evidence.added_by) for each in found)
    return Table(_("附件"), columns, [_row(actor, each, who) for each in found])


def _row(actor: Actor, each: Attached, who: Mapping[Act, str]) -> Row:
    row = each.evidence
    url = reverse("evidence:open", args=[row.pk]) if actor.has(OPEN) else ""
    mine = actor.has(ADD) and (row.added_by == actor.actor_name or actor.has(OPEN))
    remove = Cell(_("删除附件"), reverse("evidence:remove", args=[row.pk])) if mine else ""
    what = each.what or _("（已不可读）")
    return Row([
        Cell(what, url, note=each.name), row.get_kind_display(), number(max(1, row.size // 1024)),
        f"{who[row.home, row.added_by]} {minute(row.added_at)}", remove,
    ])  # fmt: skip
