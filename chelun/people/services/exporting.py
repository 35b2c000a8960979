"""A list leaves the house: masked, watermarked, without formulas, written down, kept sealed until it expires."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.core.reasons import reasoned
from chelun.core.scope import Scope
from chelun.core.ui import Address, Table, aside
from chelun.core.ui.tables import Cell, CellLike
from chelun.people.displays.fields import field_values
from chelun.people.displays.lists import LISTINGS
from chelun.people.selectors import Filters
from chelun.people.selectors.owned import own_at
from chelun.people.services.holding import looked_at
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import enqueue
from chelun.platform.privacy.services import note_export
from chelun.platform.regions.selectors import placed
from chelun.platform.regions.words import home_region, values_for
from chelun.platform.sheets.models import Layout, StoredFile
from chelun.platform.sheets.selectors.layouts import layouts_in_use
from chelun.platform.sheets.services.exports import export_form, export_tables
from chelun.platform.sheets.writing.export import ExportColumn, ExportTable

EXPORT = "people.export"
KIND = "people.export"
AT_ONCE = 2_000
CHUNK = 500


def export_list(
    *, actor: Actor, register: str, query: Mapping[str, str], purpose: str, layout: str = ""
) -> StoredFile | Job:
    """Take the present list away as .xlsx: at once when it is short, else as a job. Refused without a purpose.

    `layout` names the bureau's own form (its id) that is filled; '' is the list as it is shown.
    """
    purpose = reasoned(purpose, "people.export.purpose", _("请写明导出的用途（至少 4 个字）。"))
    scope = actor.scope_for(EXPORT)
    filters = Filters.of(query)
    if filters.asked.kind == "refused":
        raise Refused("people.export.number", filters.asked.advice)
    rows = LISTINGS[register].rows(scope, filters)
    if layout:
        _layout(scope, register, layout)
    asked: dict[str, Any] = {"register": register, "query": dict(query), "purpose": purpose, "layout": layout}
    if rows.order_by()[: AT_ONCE + 1].count() <= AT_ONCE:
        return write_export(actor=actor, **asked)
    return enqueue(
        actor=actor, kind=KIND, title=_("导出名单：{purpose}").format(purpose=purpose),
        params=asked, region=placed(home_region(scope)),
    )  # fmt: skip


def layouts_for(scope: Scope, register: str) -> list[Layout]:
    """The forms that a list may fill: those of the reader's place and of the places above it."""
    return layouts_in_use(placed(home_region(scope)), register)


def _layout(scope: Scope, register: str, layout: str) -> Layout:
    found = next((each for each in layouts_for(scope, register) if str(each.pk) == layout), None)
    if found is None:
        raise Refused("people.export.layout", _("这份版式已停用或不在您的地区，请重新选择。"))
    return found


def run_export(context: JobContext) -> dict[str, str]:
    """The job of kind `people.export`. A restart begins anew: nothing stands before the file is whole."""
    stored = write_export(actor=context.actor, progress=context.progress, **context.params)
    return {"file": str(stored.pk)}


def write_export(
    *,
    actor: Actor,
    register: str,
    query: Mapping[str, str],
    purpose: str,
    layout: str = "",
    progress: Any = None,
) -> StoredFile:
    """Write the list, or fill a form with it, seal it, and write down that it left and whom it names."""
    scope = actor.scope_for(EXPORT)
    source = _Rows(scope, register, query, progress)
    said: dict[str, Any] = {
        "actor": actor, "name": f"{source.caption}-{timezone.localdate().isoformat()}", "region": home_region(scope),
        "purpose": purpose, "action": "people.list.exported",
        "noted": {"register": register, "filters": {**query, **({"q": "…"} if query.get("q") else {})}},
    }  # fmt: skip
    if layout:
        form = _layout(scope, register, layout)
        said["name"] = f"{form.name}-{timezone.localdate().isoformat()}"
        stored = export_form(layout=form, rows=source.fields(), count=source.count(), **said)
    else:
        stored = export_tables(tables=[source.table()], **said)
    for kind, named in source.named.items():
        for chunk in _chunks(iter(named)):
            with transaction.atomic():
                note_export(actor=actor, subjects=chunk, subject_kind=kind, reason=purpose)
    return stored


class _Rows:
    """A list as rows of a workbook, some hundred in memory; `named` gathers whom it names."""

    def __init__(self, scope: Scope, register: str, query: Mapping[str, str], progress: Any) -> None:
        self._scope = scope
        self._register = register
        self._cards = LISTINGS[register].rows(scope, Filters.of(query))
        self._address = Address("", (("region", query.get("region", "")),))
        self._kinds = values_for(home_region(scope)).kinds()
        self._progress = progress
        self.named: dict[str, list[tuple[UUID, str]]] = {}
        self.caption = str(self._shown([]).caption)

    def table(self) -> ExportTable:
        """The workbook's table; its rows are read while it is written."""
        columns = [ExportColumn(str(column.label)) for column in self._shown([]).columns]
        return ExportTable(
            self.caption, columns, self._rows(), [_("身份证号、手机号和证号打码；截至导出时。")]
        )

    def count(self) -> int:
        """How many rows the list has."""
        return int(self._cards.order_by().count())

    def fields(self) -> Iterator[dict[str, str | float | None]]:
        """The same rows field by field, as a form wants them."""
        own = {each.name: each for each in own_at(self._scope, self._register, self._address.get("region"))}
        for cards in self._read():
            yield from field_values(self._register, cards, self._kinds, own)

    def _rows(self) -> Iterator[Sequence[object]]:
        for cards in self._read():
            for row in self._shown(cards).rows:
                yield [_text(cell) for cell in row.cells]

    def _read(self) -> Iterator[list[Any]]:
        """The cards, some hundred at a time; whom they name is gathered."""
        read = 0
        for cards in _chunks(self._cards.iterator(chunk_size=CHUNK)):
            for kind, named in looked_at(self._register, cards).items():
                self.named.setdefault(kind, []).extend(named)
            yield cards
            read += len(cards)
            if self._progress:
                self._progress(read)

    def _shown(self, cards: Sequence[Any]) -> Table:
        return LISTINGS[self._register].table(self._scope, cards, self._kinds, self._address)


def _text(cell: CellLike) -> str:
    if isinstance(cell, Cell):
        return aside(cell.text, cell.note)
    return str(cell)


def _chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
