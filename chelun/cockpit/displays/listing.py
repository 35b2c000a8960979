"""A table that is the same on the page and in a workbook: each column says once what it is in both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from chelun.core.ui import Address, Column, Row, Table
from chelun.core.ui.tables import CellLike
from chelun.core.ui.values import Text
from chelun.platform.sheets.writing.export import ExportColumn, ExportTable, Kind

T = TypeVar("T")


@dataclass(frozen=True)
class Each(Generic[T]):
    """A column: its head, what stands in it on the page, and unformatted in a workbook."""

    column: Column
    cell: Callable[[T], CellLike]
    bare: Callable[[T], object]
    kind: Kind = "text"


@dataclass(frozen=True)
class Listing(Generic[T]):
    """Rows with their columns, and what is to be known of them."""

    title: Text
    columns: Sequence[Each[T]]
    rows: Sequence[T]
    notes: Sequence[str] = ()

    def table(self, address: Address) -> Table:
        """As the page shows it."""
        rows = [Row([each.cell(row) for each in self.columns]) for row in self.rows]
        return Table(self.title, [each.column for each in self.columns], rows, address)

    @property
    def export(self) -> ExportTable:
        """For a workbook."""
        heads = [ExportColumn(str(each.column.label), each.kind) for each in self.columns]
        return ExportTable(
            str(self.title),
            heads,
            ([each.bare(row) for each in self.columns] for row in self.rows),
            self.notes,
        )
