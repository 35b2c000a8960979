"""Looking at a workbook that may become a form: its tables with their heads, where each begins and ends, what asks for something."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from chelun.engines.tables.reading import Table, walk
from chelun.engines.tables.reading.values import Row
from chelun.platform.sheets.layouts import package
from chelun.platform.sheets.layouts.labels import asked
from chelun.platform.sheets.layouts.page import Page
from chelun.platform.sheets.layouts.parts import LIMITS, Parts, open_parts, sheets
from chelun.platform.sheets.layouts.refs import cell_at
from chelun.platform.sheets.layouts.sentences import Unusable
from chelun.platform.sheets.layouts.shape import FixedCell, Shape

LOOK_ROWS = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """A table of a workbook: the first of its sheet, its rows, some of its filled rows, totals and notes under its heads."""

    table: Table
    first: int
    last: int
    sample: tuple[tuple[str, ...], ...]
    beneath: tuple[int, ...] = ()


def open_form(content: bytes) -> Parts:
    """The parts of a workbook that may become a form. Raises Unreadable or Unusable."""
    parts = open_parts(BytesIO(content))
    package.check_form(parts)
    return parts


def look(content: bytes, parts: Parts) -> list[Seen]:
    """The first table of each sheet, in their order. Raises Unreadable where there is none."""
    tables: dict[int, Table] = {}
    rows: dict[int, list[Row]] = {}
    open_sheet = -1
    for item in walk(BytesIO(content), limits=LIMITS):
        if isinstance(item, Table):
            open_sheet = item.sheet_index if item.number == 1 else open_sheet
            if item.number == 1:
                tables[item.sheet_index] = item
        elif item.table == 1 and open_sheet in tables:
            rows.setdefault(open_sheet, []).append(item)
    pages = _pages(parts)
    return [_seen(table, rows.get(index, []), pages[table.sheet]) for index, table in tables.items()]


def _pages(parts: Parts) -> dict[str, Page]:
    texts = package.shared_texts(parts)
    return {name: Page(name, parts[part], texts) for name, part in sheets(parts).items()}


def _seen(table: Table, rows: Sequence[Row], page: Page) -> Seen:
    """Where a table stands: from under its head to the row above its total or its notes, blank rows included."""
    heads = [row.number for row in rows if row.kind == "head" and row.number < table.first_row + 3]
    first = max([*heads, *table.head_rows], default=table.first_row - 1) + 1
    under = [
        row.number for row in rows if row.number >= first and row.kind in {"total", "note", "title", "head"}
    ]
    beside = [row.number for row in rows if row.number >= first and row.kind == "section"]
    data = [row for row in rows if row.kind == "data" and row.number >= first]
    end = min(under, default=0) or min((number for number in beside if not data), default=0)
    last = end - 1 if end else max([*page.rows, *(row.number for row in data)], default=first)
    sample = tuple(row.cells for row in data if row.number <= last)[:LOOK_ROWS]
    beneath = tuple(row.number for row in rows if row.number >= first and row.kind in {"total", "note"})
    return Seen(table, first, max(first, last), sample, beneath)


def check_rows(content: bytes, parts: Parts, shape: Shape) -> None:
    """Refuse rows of a table among which a total or a note stands: emptying the form would take it away for good."""
    for seen in look(content, parts):
        number = next((row for row in seen.beneath if shape.first <= row <= shape.last), 0)
        if number and seen.table.sheet == shape.sheet:
            raise Unusable("beneath", row=number)


def fixed_cells(parts: Parts, sheet: str, first: int, last: int) -> list[FixedCell]:
    """The cells outside a table that ask for a place, a day, a name or a number."""
    page = _pages(parts)[sheet]
    found = []
    for cell in page.every_cell():
        place = cell_at(cell.getAttribute("r"))
        if place is None or first <= place[1] <= last or page.formula(cell):
            continue
        found += [FixedCell(cell.getAttribute("r"), what) for what in asked(page.text(cell))]
    return found


def titles(parts: Parts, sheet: str, heads: Sequence[int], first: int) -> list[str]:
    """What stands above the heads of a table, and the name of its sheet: what is said of every row."""
    top = min(heads, default=first)
    page = _pages(parts)[sheet]
    above = [cell for cell in page.every_cell() if (cell_at(cell.getAttribute("r")) or (0, top))[1] < top]
    return [sheet, *(text for cell in above if (text := page.text(cell)))]
