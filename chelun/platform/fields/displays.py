"""Fields of places as pages show them."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Cell, Column, Row, Table, aside, listed
from chelun.engines.tables.columns.own_fields import is_own_sealed
from chelun.platform.fields.choices import FieldType
from chelun.platform.fields.models import OwnField
from chelun.platform.regions.selectors import name_of
from chelun.platform.sheets.registers import REGISTERS


def tables_of(rows: Sequence[OwnField], code: str) -> list[Table]:
    """The fields of a place, register by register, its own and those from above; registers without any are left out."""
    return [
        _table(_(register.label), mine, code)
        for register in REGISTERS
        if (mine := [row for row in rows if row.register == register.name])
    ]


def _table(caption: str, rows: Iterable[OwnField], code: str) -> Table:
    columns = [
        Column("label", _("名称"), fixed=True),
        Column("type", _("填什么"), wide=True),
        Column("uses", _("用在哪里"), wide=True),
        Column("origin", _("由谁设")),
        Column("state", _("状态")),
    ]
    return Table(caption, columns, [_row(row, code) for row in rows])


def _row(row: OwnField, code: str) -> Row:
    own = row.home == code
    url = reverse("fields:change", args=[row.pk]) if own else ""
    state = Cell(_("已停用"), tone="idle") if row.retired_at else Cell(_("在用"), tone="ok")
    origin = _("本地") if own else name_of(row.home)
    cells: list[str | Cell] = [
        Cell(row.label, url, note=row.help),
        content_of(row),
        uses_of(row),
        origin,
        state,
    ]
    return Row(cells, "idle" if row.retired_at else "")


def content_of(row: OwnField) -> str:
    """What a field holds: «选项：城东、城西», «数字（0–60，座)»."""
    label = str(FieldType(row.type).label)
    if row.type == FieldType.CHOICE:
        options = listed(each["label"] for each in row.options if not each.get("off"))
        return _("{type}：{options}").format(type=label, options=options)
    bounds = "–".join("" if each is None else f"{each.normalize():f}" for each in (row.low, row.high))
    return aside(label, " ".join(part for part in (bounds.strip("–") and bounds, row.unit) if part))


def uses_of(row: OwnField) -> str:
    """Where a field shows, in words."""
    uses = {
        _("加密"): is_own_sealed(row.key), _("名单显示"): row.shown, _("可筛选"): row.filtered,
        _("驾驶舱计数"): row.counted,
    }  # fmt: skip
    return listed(word for word, used in uses.items() if used)
