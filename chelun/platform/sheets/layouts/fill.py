"""Filling a form: rows are written under its heads in its own look, what stands below moves down, nothing else changes.

The body is streamed, so a list of any length takes as much memory as the blank form.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.dom.minidom import Element
from xml.sax.saxutils import escape, quoteattr

from chelun.engines.tables.columns.own import NOTE_MARKS
from chelun.platform.sheets.layouts import package
from chelun.platform.sheets.layouts.labels import filled_in
from chelun.platform.sheets.layouts.page import Page, children, empty
from chelun.platform.sheets.layouts.parts import Parts, pack, sheets
from chelun.platform.sheets.layouts.refs import Growth, cell_at, copied, letters_of, named
from chelun.platform.sheets.layouts.sentences import Unusable
from chelun.platform.sheets.layouts.shape import SERIAL, Shape
from chelun.platform.sheets.writing.texts import cell_text

MOST_ROWS = 200_000
Value = str | float | None
RowValues = Mapping[str, Value]
"""The values of a row by field. A number only where a field holds numbers."""
_ROW_LOOK = ("ht", "customHeight", "s", "customFormat", "thickTop", "thickBot")


@dataclass(frozen=True, slots=True)
class Line:
    """How a row of the table looks: attributes of the row, and for each cell its column, style and formula."""

    look: str
    cells: tuple[tuple[int, str, str], ...]
    row: int


def fill(
    target: BinaryIO, parts: Parts, shape: Shape, rows: Iterable[RowValues], count: int, fixed: Mapping[str, str],
    mark: str,
) -> int:  # fmt: skip
    """Write a copy of the form with `count` rows; how many were written. `mark` is the watermark.

    The form keeps the blank rows that it has where the list is shorter. Raises Unusable for more than MOST_ROWS.
    """
    if count > MOST_ROWS:
        raise Unusable("too_long", rows=count, limit=MOST_ROWS)
    texts = package.shared_texts(parts)
    name, page = _page(parts, shape, texts)
    growth = Growth(shape.first, shape.last, max(count, shape.last - shape.first + 1))
    body = Body(page, shape, growth)
    _fill_fixed(page, shape, {**fixed, "count": str(count)})
    bottom = grow(page, shape, growth)
    _sign(page, shape, bottom + 2, mark)
    changed: dict[str, bytes | Iterable[bytes]] = dict(package.grown(parts, name, page, growth, texts))
    changed |= package.workbook(parts, page.name, growth, bottom + 2) | package.described(parts, mark[:200])
    changed[name] = pieces(page, shape, body.lines(rows, count), bottom + 2)
    pack(target, {**parts, **changed})
    return count


def _page(parts: Parts, shape: Shape, texts: Sequence[str]) -> tuple[str, Page]:
    name = sheets(parts).get(shape.sheet)
    if name is None:
        raise Unusable("sheet_gone", sheet=shape.sheet)
    return name, Page(shape.sheet, parts[name], texts)


class Body:
    """The rows of the table: the first, the last and those between look as in the form."""

    def __init__(self, page: Page, shape: Shape, growth: Growth) -> None:
        self._prefix = page.prefix
        self._shape = shape
        self._growth = growth
        self._fields = shape.fields
        middle = min(shape.first + 1, shape.last)
        between = middle if middle < shape.last else shape.first
        self._first, self._between, self._last = (
            self._line(page, row) for row in (shape.first, between, shape.last)
        )

    def _line(self, page: Page, number: int) -> Line:
        row = page.rows.get(number)
        look = "".join(
            f" {name}={quoteattr(row.getAttribute(name))}"
            for name in _ROW_LOOK
            if row is not None and row.hasAttribute(name)
        )
        cells = {}
        for cell in page.cells(number):
            place = cell_at(cell.getAttribute("r"))
            if place:
                cells[place[0]] = (place[0], cell.getAttribute("s"), page.formula(cell))
        for at in self._fields.values():
            cells.setdefault(at, (at, "", ""))
        return Line(look, tuple(cells[at] for at in sorted(cells)), number)

    def lines(self, rows: Iterable[RowValues], count: int) -> Iterator[bytes]:
        """The XML of all rows of the table; blank ones follow where the list is shorter than the form."""
        number = self._shape.first
        values = iter(rows)
        for place in range(self._growth.count):
            row = next(values, None) if place < count else None
            yield self._written(self._look(place), number + place, place + 1, row).encode()

    def _look(self, place: int) -> Line:
        if place == 0:
            return self._first
        return self._last if place == self._growth.count - 1 else self._between

    def _written(self, line: Line, number: int, serial: int, row: RowValues | None) -> str:
        by_place = {at: field for field, at in self._fields.items()}
        cells = []
        for at, style, formula in line.cells:
            look = f' r="{letters_of(at)}{number}"' + (f' s="{style}"' if style else "")
            field = by_place.get(at)
            if field is None:
                cells.append(self._kept(look, formula, number - line.row))
            elif row is None:
                cells.append(f"<{self._prefix}c{look}/>")
            else:
                cells.append(self._valued(look, float(serial) if field == SERIAL else row.get(field)))
        tag = f"{self._prefix}row"
        return f'<{tag} r="{number}"{line.look}>{"".join(cells)}</{tag}>'

    def _kept(self, look: str, formula: str, down: int) -> str:
        """A cell that no field fills: the form's own formula goes on in it."""
        p = self._prefix
        if not formula:
            return f"<{p}c{look}/>"
        return f"<{p}c{look}><{p}f>{escape(copied(formula, 0, down))}</{p}f></{p}c>"

    def _valued(self, look: str, value: Value) -> str:
        p = self._prefix
        if value is None or value == "":
            return f"<{p}c{look}/>"
        if isinstance(value, int | float):
            shown = repr(int(value)) if float(value).is_integer() else repr(float(value))
            return f"<{p}c{look}><{p}v>{shown}</{p}v></{p}c>"
        text = escape(cell_text(value))
        return f'<{p}c{look} t="inlineStr"><{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is></{p}c>'


def _fill_fixed(page: Page, shape: Shape, values: Mapping[str, str]) -> None:
    """Write what stands beside the table: behind its label, or into an empty cell."""
    wanted: dict[str, dict[str, str]] = {}
    for each in shape.fixed:
        wanted.setdefault(each.cell, {})[each.what] = values.get(each.what, "")
    for reference, what in wanted.items():
        place = cell_at(reference)
        if place is None:
            continue
        cell = page.ensure(*place)
        text = filled_in(page.text(cell), what)
        number = set(what) == {"count"} and text.isdecimal()
        page.write(cell, float(text) if number else text)


def grow(page: Page, shape: Shape, growth: Growth) -> int:
    """Move what stands under the table, and everything that names rows; the last row that is written."""
    _move_merges(page, shape, growth)
    for cell in page.every_cell():
        if shape.first <= (cell_at(cell.getAttribute("r")) or (0, 0))[1] <= shape.last:
            continue
        formula = page.formula(cell)
        if formula:
            page.give_formula(cell, growth.formula(formula, page.name, here=True))
    for row in sorted(page.rows):
        if row > shape.last:
            _move_row(page, row, growth.row(row))
    package.move_ranges(page, growth)
    return max([growth.row(row) for row in page.rows] + [shape.first + growth.count - 1])


def _move_row(page: Page, row: int, to: int) -> None:
    element = page.rows[row]
    element.setAttribute("r", str(to))
    for cell in children(element, "c"):
        place = cell_at(cell.getAttribute("r"))
        if place:
            cell.setAttribute("r", f"{letters_of(place[0])}{to}")


def _move_merges(page: Page, shape: Shape, growth: Growth) -> None:
    """Merged ranges below move; those within the first row of the table are repeated in each row."""
    kept, repeated = [], []
    for left, top, right, bottom in page.merges():
        if shape.first <= top and bottom <= shape.last:
            repeated += [(left, right)] if top == bottom == shape.first else []
        elif growth.row(top) <= growth.end(bottom):
            kept.append(growth.span(named(left, top, right, bottom)))
    for place in range(growth.count):
        number = shape.first + place
        kept += [named(left, number, right, number) for left, right in repeated]
    page.set_merges(kept)


def _sign(page: Page, shape: Shape, row: int, mark: str) -> None:
    """The watermark: a line under everything, and on each printed page."""
    page.write(page.ensure(min(column.at for column in shape.columns), row), f"{NOTE_MARKS[0]} {mark}")
    package.sign_printing(page, mark)


def pieces(page: Page, shape: Shape, body: Iterator[bytes], last: int) -> Iterator[bytes]:
    """The worksheet as it is written: rows above, the table, rows below."""
    package.set_dimension(page, last)
    opening = re.sub(r"/?>$", ">", _opened(page.root))
    yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{opening}'.encode()
    for child in page.root.childNodes:
        if child is not page.data:
            yield child.toxml().encode()
            continue
        yield f"<{page.data.tagName}>".encode()
        yield from (_row(page, number) for number in sorted(page.rows) if number < shape.first)
        yield from body
        yield from (_row(page, number) for number in sorted(page.rows) if number > shape.last)
        yield f"</{page.data.tagName}>".encode()
    yield f"</{page.root.tagName}>".encode()


def _row(page: Page, number: int) -> bytes:
    written: str = page.rows[number].toxml()
    return written.encode()


def _opened(element: Element) -> str:
    """The start tag of an element with all its attributes."""
    copy: Any = element.cloneNode(False)
    return str(copy.toxml())


def emptied(page: Page, shape: Shape) -> None:
    """Take every value out of the table, and the formulas of columns that fields fill."""
    filled = set(shape.fields.values())
    for number in range(shape.first, shape.last + 1):
        for cell in page.cells(number):
            place = cell_at(cell.getAttribute("r"))
            if not page.formula(cell) or (place and place[0] in filled):
                empty(cell)


__all__ = ["MOST_ROWS", "Body", "RowValues", "Value", "emptied", "fill", "grow", "pieces"]
