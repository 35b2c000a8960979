"""The quality of the data by source: what it brought, what the files lack, rows refused and waiting, how old it is."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chelun.cockpit.models import SourceQuality
from chelun.cockpit.selectors import computation_of
from chelun.core.actors import Actor
from chelun.core.scope import Scope
from chelun.core.ui import Address, Cell, Column, Row, Table, day, number
from chelun.people.displays.ranks import source_name
from chelun.people.selectors.sources import GAPS, stale_before, waiting_by_source
from chelun.platform.regions.selectors import within
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.registers import REGISTERS
from chelun.platform.sheets.wording import register_label

GAP_QUERY = {"without_id": {"no_id": "on"}, "without_phone": {"missing": "phones"}, "stale": {"older": ""}}


@dataclass(slots=True)
class Source:
    """One source: what it speaks of by register, what the persons' files lack, what became of its rows, its newest date."""

    name: str
    places: set[str] = field(default_factory=set)
    subjects: Counter[str] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    refused: int = 0
    waiting: int = 0
    newest: date | None = None

    @property
    def refused_share(self) -> float:
        """Refused rows of all rows, in percent."""
        return 100 * self.refused / self.rows if self.rows else 0.0


def quality_rows(*, scope: Scope) -> list[Source]:
    """All sources of the places in scope, those with the greatest share of refused and waiting rows first."""
    found: dict[str, Source] = {}
    for row in SourceQuality.objects.filter(computation=computation_of(None)):
        if within(row.home, scope):
            _take(found.setdefault(row.source, Source(row.source)), row)
    for source, counts in _imported(scope).items():
        quality = found.setdefault(source, Source(source))
        quality.rows, quality.refused = counts["rows"], counts["refused"]
    for source, waiting in waiting_by_source(scope).items():
        found.setdefault(source, Source(source)).waiting = waiting
    return sorted(found.values(), key=lambda each: (-each.refused_share, -each.waiting, each.name))


def _take(quality: Source, row: SourceQuality) -> None:
    quality.places.add(row.home)
    quality.subjects[row.register] += row.subjects
    quality.gaps.update({name: getattr(row, name) for name in GAPS})
    quality.newest = max(filter(None, (quality.newest, row.newest)))


def _imported(scope: Scope) -> dict[str, Counter[str]]:
    imported: dict[str, Counter[str]] = defaultdict(Counter)
    rows = SheetImport.objects.in_scope(scope).filter(state="published").values_list("source", "counts")
    for source, counts in rows:
        checked = counts.get("checked", {})
        imported[source].update(rows=checked.get("rows", 0), refused=checked.get("refused", 0))
    return imported


def quality_columns(*, one_place: bool = False) -> list[Column]:
    """The heads of the table; the number of places shows only where there are several."""
    registers = [Column(each.name, register_label(each.name), numeric=True) for each in REGISTERS]
    return [
        Column("source", _("来源"), wide=True), Column("places", _("地区数"), numeric=True, extra=one_place), *registers,
        Column("without_id", _("缺身份证号"), numeric=True), Column("without_phone", _("缺联系电话"), numeric=True),
        Column("stale", _("一年未更新"), numeric=True), Column("rows", _("读到的行"), numeric=True),
        Column("refused", _("退回的行"), numeric=True), Column("share", _("退回率 %"), numeric=True),
        Column("waiting", _("待甄别"), numeric=True), Column("newest", _("最近数据日期"), code=True),
    ]  # fmt: skip


def quality_cells(row: Source) -> list[object]:
    """The cells of a source, unformatted."""
    newest = day(row.newest) if row.newest else ""
    return [
        source_name(row.name), len(row.places), *(row.subjects[each.name] for each in REGISTERS), *(row.gaps[name] for name in GAPS),
        row.rows, row.refused, round(row.refused_share, 1), row.waiting, newest,
    ]  # fmt: skip


def quality_table_of(rows: Sequence[Source], actor: Actor, address: Address) -> Table:
    """The sources as a table whose numbers open to their rows, for who may see these."""
    alone = len(set().union(*(row.places for row in rows))) < 2
    return Table(
        _("按来源的数据质量"),
        quality_columns(one_place=alone),
        [Row(list(_cells(row, actor))) for row in rows],
        address,
    )


def _cells(row: Source, actor: Actor) -> Iterator[str | Cell]:
    sheets, edits = actor.has("sheets.import"), actor.has("people.edit")
    imports = _url("sheets:import_list", row, state="published") if sheets else ""
    yield source_name(row.name)
    yield number(len(row.places))
    for register in REGISTERS:
        yield _number(row.subjects[register.name], _url(register.rows_url, row))
    for name in GAPS:
        asked = {key: value or stale_before().isoformat() for key, value in GAP_QUERY[name].items()}
        yield _number(row.gaps[name], _url("people:person_list", row, **asked), "warn")
    yield _number(row.rows, imports)
    yield _number(row.refused, imports, "warn")
    yield number(row.refused_share, 1)
    yield _number(row.waiting, _url("people:unresolved_list", row) if edits else "", "warn")
    yield day(row.newest) if row.newest else ""


def _number(value: int, url: str, tone: str = "") -> Cell:
    return Cell(number(value), url if value else "", tone if value else "")


def _url(name: str, row: Source, **query: str) -> str:
    return name and f"{reverse(name)}?{urlencode({'source': row.name, **query})}"
