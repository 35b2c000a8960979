"""The quality of the data by source: rows brought, refused, waiting; files without this or that; how old it is."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from chelun.core.scope import Scope
from chelun.core.ui import Cell, Column, Row, Table, day, number
from chelun.people.displays.facts import source_name
from chelun.people.models import PersonSource, UnresolvedRow
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.models import SheetImport

QUALITY_COLUMNS = (
    _("来源"), _("地区数"), _("人员"), _("读到的行"), _("退回的行"), _("退回率 %"), _("待甄别"), _("最近数据日期"),
)  # fmt: skip


@dataclass(slots=True)
class SourceQuality:
    """One source: how many persons it speaks of, how many of its rows were refused or wait, its newest date."""

    source: str
    places: set[str] = field(default_factory=set)
    persons: int = 0
    rows: int = 0
    refused: int = 0
    waiting: int = 0
    newest: date | None = None

    @property
    def refused_share(self) -> float:
        """Refused rows of all rows, in percent."""
        return 100 * self.refused / self.rows if self.rows else 0.0


def quality_rows(*, scope: Scope) -> list[SourceQuality]:
    """All sources of the places in scope, those with the greatest share of refused and waiting rows first."""
    found: dict[str, SourceQuality] = {}
    hidden = hidden_batches()
    records = PersonSource.objects.in_scope(scope).visible(hidden)
    for row in (
        records.values("source", "home")
        .annotate(n=Count("person", distinct=True), newest=Max("as_of"))
        .order_by()
    ):
        quality = found.setdefault(row["source"], SourceQuality(row["source"]))
        quality.places.add(row["home"])
        quality.persons += row["n"]
        quality.newest = max(filter(None, (quality.newest, row["newest"])))
    for source, counts in _imported(scope).items():
        quality = found.setdefault(source, SourceQuality(source))
        quality.rows, quality.refused = counts["rows"], counts["refused"]
    waiting = UnresolvedRow.objects.in_scope(scope).visible(hidden).filter(settled_as="")
    for source, count in waiting.values_list("source").annotate(n=Count("id")).order_by():
        found.setdefault(source, SourceQuality(source)).waiting = count
    return sorted(found.values(), key=lambda each: (-each.refused_share, -each.waiting, each.source))


def _imported(scope: Scope) -> dict[str, Counter[str]]:
    imported: dict[str, Counter[str]] = defaultdict(Counter)
    rows = SheetImport.objects.in_scope(scope).filter(state="published").values_list("source", "counts")
    for source, counts in rows:
        checked = counts.get("checked", {})
        imported[source].update(rows=checked.get("rows", 0), refused=checked.get("refused", 0))
    return imported


def quality_cells(row: SourceQuality) -> list[object]:
    """The cells of a source, unformatted."""
    newest = day(row.newest) if row.newest else ""
    return [
        source_name(row.source), len(row.places), row.persons, row.rows, row.refused, round(row.refused_share, 1), row.waiting, newest,
    ]  # fmt: skip


def quality_table_of(rows: Sequence[SourceQuality]) -> Table:
    """The sources as a table whose numbers open to their rows."""
    columns = [
        Column(str(place), label, numeric=0 < place < 7) for place, label in enumerate(QUALITY_COLUMNS)
    ]
    return Table(_("按来源的数据质量"), columns, [_row(row) for row in rows])


def _row(row: SourceQuality) -> Row:
    query = urlencode({"source": row.source})
    imports = f"{reverse('sheets:import_list')}?{query}"
    waiting = f"{reverse('people:unresolved_list')}?{query}"
    return Row([
        source_name(row.source),
        number(len(row.places)),
        Cell(number(row.persons), f"{reverse('people:person_list')}?{query}"),
        Cell(number(row.rows), imports),
        Cell(number(row.refused), imports, "warn" if row.refused else ""),
        number(row.refused_share, 1),
        Cell(number(row.waiting), waiting if row.waiting else "", "warn" if row.waiting else ""),
        day(row.newest) if row.newest else "",
    ])  # fmt: skip
