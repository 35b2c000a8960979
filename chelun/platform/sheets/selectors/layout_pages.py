"""Layouts as their pages show them: the list, and the columns and cells of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.scope import Scope
from chelun.core.ui import Cell, Column, Fact, Row, Table, listed, minute, number
from chelun.engines.tables.columns.forbidden_words import KIND_LABELS
from chelun.platform.regions.acts import named
from chelun.platform.regions.selectors import name_of, within
from chelun.platform.sheets.choices import LayoutState
from chelun.platform.sheets.layout_forms import SPARE_CELLS, field_options, what_words
from chelun.platform.sheets.layouts.refs import letters_of
from chelun.platform.sheets.layouts.shape import FixedCell, Shape, shape_of
from chelun.platform.sheets.models import Layout
from chelun.platform.sheets.registers import Register
from chelun.platform.sheets.wording import register_label

TONES: dict[str, str] = {
    LayoutState.DRAFT: "warn", LayoutState.IN_USE: "ok", LayoutState.RESTING: "idle",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column on the mapping page; `out` says what a forbidden one is about."""

    name: str
    letter: str
    head: str
    out: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class CellLine:
    """A cell beside the table on the mapping page, with what may be filled in."""

    place: int
    cell: str
    options: tuple[tuple[str, str, bool], ...]


def layout_table(layouts: Sequence[Layout], scope: Scope) -> Table:
    """The forms that a reader sees; those of his own places open."""
    columns = [
        Column("name", _("名称"), fixed=True), Column("register", _("填什么名册")), Column("place", _("谁的表")),
        Column("version", _("版本"), numeric=True), Column("state", _("状态")), Column("made", _("上传"), code=True),
    ]  # fmt: skip
    return Table(_("版式"), columns, [_row(layout, within(layout.home, scope)) for layout in layouts])


def _row(layout: Layout, own: bool) -> Row:
    gone = _("文件已清除，请重新上传") if layout.file_id is None else ""
    url = reverse("sheets:layout_map", args=[layout.pk]) if own else ""
    cells: list[str | Cell] = [
        Cell(layout.name, url, note=gone), register_label(layout.register), name_of(layout.home),
        number(layout.version) if layout.version else "", Cell(layout.get_state_display(), tone=TONES[layout.state]),
        minute(layout.made_at),
    ]  # fmt: skip
    return Row(cells, "idle" if layout.state == LayoutState.RESTING else "")


def layout_facts(layout: Layout) -> list[Fact]:
    """What a form is, in few lines."""
    shape, made = shape_of(layout.shape), (layout.home, layout.made_by)
    forbidden = [f"{letters_of(each.at)} {each.head}" for each in shape.columns if each.out]
    found = [
        Fact(_("谁的表"), name_of(layout.home)), Fact(_("状态"), layout.get_state_display()),
        Fact(_("版本"), number(layout.version) if layout.version else _("还没有启用")),
        Fact(_("上传"), f"{named([made])[made]} {minute(layout.made_at)}"),
    ]  # fmt: skip
    if forbidden:
        found.append(Fact(_("名册不得登记的列"), listed(forbidden)))
    return found


def column_lines(shape: Shape, register: Register) -> list[ColumnLine]:
    """The columns of a form with the fields that they may have."""
    return [
        ColumnLine(
            f"column-{each.at}", letters_of(each.at), each.head, _(KIND_LABELS[each.out]) if each.out else "",
            tuple(field_options(register, each.field)),
        )
        for each in shape.columns
    ]  # fmt: skip


def cell_lines(shape: Shape) -> list[CellLine]:
    """The cells that are filled in beside the table, and some empty lines for more."""
    words = what_words()
    spare = [FixedCell("", "")] * SPARE_CELLS
    return [
        CellLine(place, each.cell, tuple((what, word, what == each.what) for what, word in words.items()))
        for place, each in enumerate([*shape.fixed, *spare])
    ]


def missing_fields(shape: Shape, register: Register) -> str:
    """The required fields that no column has: such a form can be filled, but not brought back in unasked."""
    taken = shape.fields
    return listed(_(spec.label) for spec in register.fields if spec.required and spec.name not in taken)
