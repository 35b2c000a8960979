"""The door of this folder: what a file is, which tables it holds, and its rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from chelun.engines.tables.reading.delimited import TextBook
from chelun.engines.tables.reading.files import name_of, opened
from chelun.engines.tables.reading.layout.walk import Sheet, SheetWalk
from chelun.engines.tables.reading.ods import OdsBook
from chelun.engines.tables.reading.package import Package
from chelun.engines.tables.reading.sentences import Unreadable, notice
from chelun.engines.tables.reading.sniff import sniff
from chelun.engines.tables.reading.values import (
    LIMITS,
    Limits,
    Notice,
    Report,
    Row,
    Source,
    Table,
    Workbook,
)
from chelun.engines.tables.reading.web import WebBook
from chelun.engines.tables.reading.xls import XlsBook
from chelun.engines.tables.reading.xlsx import XlsxBook
from chelun.engines.tables.reading.xml2003 import Xml2003Book


class Book(Protocol):
    """What every format gives: its name, what the clerk is told, its sheets one after the other."""

    format: str
    warnings: list[Notice]

    def sheets(self) -> Iterator[Sheet]:
        """Open the sheets that have rows."""


_BOOKS: dict[str, Callable[[BinaryIO, Limits], Book]] = {
    "text": TextBook,
    "ole": XlsBook,
    "web": WebBook,
    "xml2003": Xml2003Book,
}


def inspect(source: Source, *, limits: Limits = LIMITS, name: str = "") -> Workbook:
    """Return the format and the sheets of a file. `name` is the clerk's name of it where the source has none.

    Raises `Unreadable` with a sentence for everything that cannot be read.
    """
    with _book(source, name, limits) as book:
        infos = tuple(sheet.info for sheet in book.sheets())
        hidden = [notice("hidden_sheet", sheet=info.name) for info in infos if info.hidden]
        return Workbook(book.format, infos, (*book.warnings, *hidden))


def tables(source: Source, *, limits: Limits = LIMITS, name: str = "") -> list[Table]:
    """Return the tables of a file as far as the first `limits.look_rows` filled rows of each sheet show them.

    A file in which no sheet has a table is `Unreadable`.
    """
    found: list[Table] = []
    walks: list[SheetWalk] = []
    with _book(source, name, limits) as book:
        for index, sheet in enumerate(book.sheets()):
            sheet_walk = SheetWalk(sheet, index, limits)
            walks.append(sheet_walk)
            for item in sheet_walk.items():
                if isinstance(item, Table):
                    found.append(item)
                elif sheet_walk.is_late():
                    break
    if not any(sheet_walk.is_late() for sheet_walk in walks):
        _refuse_without_tables(walks)
    return [table for table in found if not table.late]


def rows(source: Source, table: Table, *, limits: Limits = LIMITS, name: str = "") -> Iterator[Row]:
    """Give the rows of one table from its titles to its end; the last table also gives what `late` tables hold.

    Those rows come as `foreign`, so that over the tables of a sheet no row is left out. Rows of sheets, and of
    stretches, that hold no table at all come only from `walk`.
    """
    late = False
    last = 0
    for item in walk(source, limits=limits, name=name, only=table.sheet_index):
        if isinstance(item, Table):
            late = late or item.late
            last = last if item.late else item.number
        elif late and last == table.number:
            yield item._replace(table=table.number, kind="foreign")
        elif item.table == table.number:
            yield item


def walk(
    source: Source,
    *,
    limits: Limits = LIMITS,
    name: str = "",
    report: Report | None = None,
    only: int | None = None,
) -> Iterator[Table | Row]:
    """Give everything in one pass: each table before its rows, and every row that is not blank.

    `report` is counted up on the way; `only` restricts the walk to one sheet by its `sheet_index`. A file in which
    no sheet has a table is `Unreadable`, at the end.
    """
    walks: list[SheetWalk] = []
    with _book(source, name, limits) as book:
        for index, sheet in enumerate(book.sheets()):
            if only is not None and index != only:
                continue
            walks.append(SheetWalk(sheet, index, limits))
            for item in walks[-1].items():
                if isinstance(item, Table):
                    yield item
                    continue
                if report is not None:
                    report.add(item)
                yield from item
            if sum(sheet_walk.filled for sheet_walk in walks) > limits.rows:
                raise Unreadable("too_many_rows", sheet=sheet.info.name, limit=limits.rows)
    if only is None:
        _refuse_without_tables(walks)


def _refuse_without_tables(walks: list[SheetWalk]) -> None:
    """Refuse a file after it has been walked, if there was nothing in it to be read."""
    if any(sheet_walk.tables for sheet_walk in walks):
        return
    if any(sheet_walk.forms for sheet_walk in walks):
        raise Unreadable("form")
    raise Unreadable("no_table" if any(sheet_walk.filled for sheet_walk in walks) else "no_rows")


@contextmanager
def _book(source: Source, name: str, limits: Limits) -> Iterator[Book]:
    """Open a file as what its bytes are."""
    with opened(source, limits) as file:
        form = sniff(file, name_of(source, name))
        yield _zipped(file, limits) if form == "zip" else _BOOKS[form](file, limits)


def _zipped(file: BinaryIO, limits: Limits) -> Book:
    """Open a zip as the office format that it holds."""
    package = Package(file, limits)
    names = package.names()
    if any(part.startswith("xl/") for part in names):
        return XlsxBook(package)
    if "content.xml" in package:
        return OdsBook(package)
    if any(part.startswith(("word/", "ppt/")) for part in names):
        raise Unreadable("document")
    raise Unreadable("archive")
