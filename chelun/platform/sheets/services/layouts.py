"""Forms of places: taken in, looked at, confirmed once, left to rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import Unsealable
from chelun.core.errors import NotFound, Refused
from chelun.core.locks import wait_for_turn
from chelun.engines.tables.columns import ColumnSample, recognise, safe_head, screen, scrub
from chelun.engines.tables.columns.forbidden import head_kind
from chelun.engines.tables.reading import Unreadable
from chelun.platform.audit.services import record
from chelun.platform.regions.selectors import place, placed, within
from chelun.platform.sheets.choices import LayoutState
from chelun.platform.sheets.layouts.blank import blank
from chelun.platform.sheets.layouts.labels import counts_rows
from chelun.platform.sheets.layouts.look import Seen, check_rows, fixed_cells, look, open_form, titles
from chelun.platform.sheets.layouts.parts import LIMITS, Parts
from chelun.platform.sheets.layouts.sentences import REFUSALS, Unusable
from chelun.platform.sheets.layouts.shape import SERIAL, FormColumn, Shape, shape_of
from chelun.platform.sheets.models import Layout, StoredFile
from chelun.platform.sheets.registers import Register, registers_at
from chelun.platform.sheets.selectors.layouts import signature_of
from chelun.platform.sheets.services.files import drop_file, enter_file, new_sealed
from chelun.platform.sheets.services.receiving import safe_file_name
from chelun.platform.sheets.vault import open_vault
from chelun.platform.sheets.wording import fields_as_written

PERMISSION = "layouts.manage"
KIND = "layout"
STAYS = datetime(9999, 1, 1, tzinfo=UTC)
"""A blank form holds nobody, so it does not expire."""


@contextmanager
def told() -> Iterator[None]:
    """What a workbook is refused for, as a sentence for the clerk."""
    try:
        yield
    except (Unusable, Unreadable) as error:
        params = {name: _(str(value)) if name == "part" else value for name, value in error.params.items()}
        code = f"sheets.layout.{error.code}"
        raise Refused(code, _(error.message).format(**params)) from error


def begin_layout(
    *, actor: Actor, region: str, register: str, name: str, file: BinaryIO, file_name: str
) -> Layout:
    """Take a workbook in as the draft of a form: looked at, nothing of it in use yet.

    NotFound outside the actor's places; Refused with a sentence for a workbook or a name that cannot be.
    """
    levels, name = _managed(actor, region), _named(name)
    found = registers_at(levels).get(register)
    if found is None:
        raise NotFound
    file.seek(0)
    content = file.read(LIMITS.file_bytes + 1)
    with told():
        shape = proposed(content, open_form(content), found)
    with transaction.atomic():
        kept = _kept(actor, levels, content, file_name)
        layout = Layout.objects.create(
            **{**levels, "township": ""}, home=region, register=register, name=name, file=kept,
            shape=shape.to_json(), made_by=actor.actor_name,
        )  # fmt: skip
        _note(actor, layout, "received")
    return layout


def proposed(content: bytes, parts: Parts, register: Register, sheet: str = "") -> Shape:
    """What a form probably is: on the sheet whose columns fit the register best, or on the one that is named."""
    tables = [seen for seen in look(content, parts) if not sheet or seen.table.sheet == sheet]
    if not tables:
        raise Unusable("sheet_gone", sheet=sheet)
    shapes = [_shape(parts, seen, register) for seen in tables]
    return max(shapes, key=lambda shape: len(shape.fields))


def _shape(parts: Parts, seen: Seen, register: Register) -> Shape:
    samples = [
        ColumnSample(place, column.head, [row[place] for row in seen.sample if place < len(row)])
        for place, column in enumerate(seen.table.columns)
    ]
    out = {dropped.index: dropped.kind for dropped in screen(samples)}
    wanted = [sample for sample in samples if sample.index not in out]
    guesses = {
        guess.index: guess.field for guess in recognise(wanted, fields_as_written(register)) if guess.field
    }
    columns = tuple(
        FormColumn(
            column.index, safe_head(column.head), _field(column.head, guesses.get(place, "")) if place not in out else "",
            out.get(place, ""),
        )
        for place, column in enumerate(seen.table.columns)
    )  # fmt: skip
    fixed = tuple(fixed_cells(parts, seen.table.sheet, seen.first, seen.last))
    return Shape(seen.table.sheet, seen.table.head_rows, seen.first, seen.last, columns, fixed)


def _field(head: str, guess: str) -> str:
    return SERIAL if not guess and counts_rows(head) else guess


def look_again(*, actor: Actor, layout: Layout, register: str, sheet: str) -> Shape:
    """What a form would be for another register or on another sheet; nothing is written."""
    _managed(actor, layout.home)
    found = registers_at(placed(layout.home)).get(register)
    if found is None:
        raise NotFound
    content = form_bytes(layout)
    with told():
        return proposed(content, open_form(content), found, sheet)


def sheets_of(layout: Layout) -> list[str]:
    """The sheets of a form on which a table was found."""
    content = form_bytes(layout)
    with told():
        return [seen.table.sheet for seen in look(content, open_form(content))]


def confirm_layout(*, actor: Actor, layout: Layout, register: str, shape: Shape) -> Layout:
    """Put a form into use: its table is emptied, the file as it came is shredded, older versions of the name rest."""
    levels = _managed(actor, layout.home)
    found = registers_at(levels).get(register)
    if found is None:
        raise NotFound
    made, shape = _emptied(form_bytes(layout), _judged(shape, found))
    with transaction.atomic():
        wait_for_turn("sheets.layout")
        kept = _kept(actor, levels, made, f"{layout.name}.xlsx", stays=True)
        before = Layout.objects.filter(home=layout.home, name=layout.name).exclude(state=LayoutState.DRAFT)
        before = before.exclude(pk=layout.pk)
        row = Layout.objects.select_for_update().get(pk=layout.pk)
        old = row.file
        row.version = row.version or 1 + max(before.values_list("version", flat=True), default=0)
        before.filter(register=register).update(state=LayoutState.RESTING)
        row.register, row.shape, row.file, row.state = register, shape.to_json(), kept, LayoutState.IN_USE
        row.signature = _signature(shape)
        row.confirmed_at = timezone.now()
        row.save()
        _note(actor, row, "confirmed")
    drop_file(old)
    return row


def take_layout(*, actor: Actor, layout: Layout, content: bytes) -> bool:
    """Take over a form that another installation has confirmed; whether it could be, by the same rules as here.

    It rests where a form of its name is in use that is no older.
    """
    levels = placed(layout.home)
    found = registers_at(levels).get(layout.register)
    if found is None:
        return False
    try:
        made, shape = _emptied(content, _judged(shape_of(layout.shape), found))
        layout.name = _named(layout.name)
    except (Refused, KeyError, TypeError):
        return False
    same = Layout.objects.filter(home=layout.home, name=layout.name, register=layout.register)
    standing = same.filter(state=LayoutState.IN_USE)
    if standing.filter(version__gte=layout.version).exists():
        layout.state = LayoutState.RESTING
    elif layout.state == LayoutState.IN_USE:
        standing.update(state=LayoutState.RESTING)
    layout.file = _kept(actor, levels, made, f"{layout.name}.xlsx", stays=True)
    layout.shape, layout.signature = shape.to_json(), _signature(shape)
    layout.save(force_insert=True)
    return True


def rest_layout(*, actor: Actor, layout: Layout) -> None:
    """Let a form rest, or take one that rests into use again. A draft is thrown away with its file."""
    _managed(actor, layout.home)
    with transaction.atomic():
        row = Layout.objects.select_for_update().get(pk=layout.pk)
        if row.state == LayoutState.DRAFT:
            _note(actor, row, "discarded")
            row.delete()
        else:
            resting = row.state == LayoutState.IN_USE
            row.state = LayoutState.RESTING if resting else LayoutState.IN_USE
            row.save(update_fields=["state"])
            _note(actor, row, "rested" if resting else "revived")
    if layout.state == LayoutState.DRAFT:
        drop_file(layout.file)


def form_bytes(layout: Layout) -> bytes:
    """The workbook of a form. Refused when it is gone: a draft's expires, and one that named an erased person goes."""
    try:
        if layout.file is not None:
            with open_vault(layout.file.pk) as plain:
                return plain.read()
    except (FileNotFoundError, Unsealable):
        pass
    sentence = REFUSALS["gone"]
    raise Refused("sheets.layout.gone", _(sentence))


def form_of(layout: Layout) -> tuple[Parts, Shape]:
    """A form in use, opened, with its shape."""
    with told():
        return open_form(form_bytes(layout)), shape_of(layout.shape)


def _emptied(content: bytes, shape: Shape) -> tuple[bytes, Shape]:
    """A form without the rows of its table, and its shape then; Refused for what may not be exported in."""
    with told():
        parts = open_form(content)
        _judge_titles(parts, shape)
        check_rows(content, parts, shape)
        return blank(parts, shape)


def _signature(shape: Shape) -> str:
    return signature_of([(column.at, column.head) for column in shape.columns])


def _judged(shape: Shape, register: Register) -> Shape:
    """A shape as it may be confirmed: known fields, each once, none in a forbidden column."""
    known = {spec.name for spec in register.fields} | {SERIAL}
    columns = tuple(
        replace(column, field="" if column.out or head_kind(column.head) else column.field)
        for column in shape.columns
    )
    taken = [column.field for column in columns if column.field]
    if not set(taken) <= known:
        raise Refused("sheets.layout.unknown", _("有一列对应的字段已停用或不存在，请重新选择。"))
    if len(set(taken)) < len(taken):
        raise Refused("sheets.layout.twice", _("同一个字段对应了两列，请只留一列。"))
    if not set(taken) - {SERIAL}:
        raise Refused("sheets.layout.nothing", _("还没有一列对应字段，请至少对应一列。"))
    return replace(shape, columns=columns)


def _judge_titles(parts: Parts, shape: Shape) -> None:
    """A form whose title says of all its rows what no roster may say would say it of everybody who is exported."""
    said = titles(parts, shape.sheet, shape.heads, shape.first)
    if any(scrub(text)[0] is None for text in said):
        sentence = _(
            "表的标题或工作表名写了名册不得登记的内容，照它导出，等于给每一行都打上这个标记。请改掉标题再上传。"
        )
        raise Refused("sheets.layout.title", sentence)


def _named(name: str) -> str:
    name = safe_head(name.strip())
    if not name:
        raise Refused("sheets.layout.name", _("请给版式起个名称，例如“省厅货车司机登记表”。"))
    if scrub(name)[0] is None:
        raise Refused("sheets.layout.forbidden", _("名称里有名册不得登记的内容，请换一个说法。"))
    return name[:60]


def _managed(actor: Actor, region: str) -> dict[str, str]:
    found = place(region)
    if found is None or not within(found.code, actor.scope_for(PERMISSION)):
        raise NotFound
    if found.level == "township" or not found.in_force:
        raise Refused("sheets.layout.place", _("版式归县、市、省，请选择县一级或以上、正在使用的地区。"))
    return placed(region)


def _kept(
    actor: Actor, levels: dict[str, str], content: bytes, name: str, *, stays: bool = False
) -> StoredFile:
    with new_sealed() as (file_id, writer):
        writer.write(content)
    file = enter_file(
        file_id=file_id, size=writer.size, actor=actor, kind=KIND, name=safe_file_name(name), place=levels
    )
    if stays:
        file.expires_at = STAYS
        file.save(update_fields=["expires_at"])
    return file


def _note(actor: Actor, layout: Layout, what: str) -> None:
    record(
        actor=actor, action=f"sheets.layout.{what}", target_kind="layout", target=layout.pk, region=layout.home,
        new={"name": layout.name, "register": layout.register, "version": layout.version},
    )  # fmt: skip
