"""One worksheet of a form as a tree: its rows, cells, texts, merged ranges and formulas.

Nodes keep the prefixes and attributes that the file has; what is made anew gets the prefix of the root.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.dom.minidom import Document, Element

from chelun.platform.sheets.layouts.parts import document
from chelun.platform.sheets.layouts.refs import cell_at, copied, corners, letters_of
from chelun.platform.sheets.layouts.sentences import Unusable
from chelun.platform.sheets.writing.texts import cell_text

CELLS = 60_000
_FUNCTION = re.compile(r"([A-Za-z_][\w.]*)\s*\(")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_OUTSIDE = re.compile(r"[\[\]|#@{}]|(?<!\w)!|://")
FUNCTIONS = frozenset({
    "SUM", "SUBTOTAL", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS", "SUMIF", "SUMIFS",
    "SUMPRODUCT", "AVERAGE", "AVERAGEIF", "MAX", "MIN", "ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "ABS",
    "MOD", "IF", "IFERROR", "IFNA", "AND", "OR", "NOT", "ROW", "ROWS", "COLUMN", "COLUMNS", "TODAY", "NOW",
    "DATE", "YEAR", "MONTH", "DAY", "DATEDIF", "TEXT", "VALUE", "LEFT", "RIGHT", "MID", "LEN", "TRIM",
    "CONCATENATE", "CONCAT", "SUBSTITUTE", "FIND", "SEARCH", "UPPER", "LOWER", "PROPER", "REPT", "EXACT",
    "ISBLANK", "ISNUMBER", "ISTEXT", "ISERROR", "VLOOKUP", "HLOOKUP", "LOOKUP", "INDEX", "MATCH", "CHOOSE",
    "RANK", "N", "T",
})  # fmt: skip
"""What a form may compute with: nothing that opens, fetches, calls or addresses by a text."""


def check_formula(text: str, cell: str) -> None:
    """Refuse a formula that reaches out of the workbook or uses a function that a form does not need."""
    bare = _QUOTED.sub('""', text)
    if _OUTSIDE.search(re.sub(r"'(?:[^'\[\]|]|'')*'!", "A!", bare)):
        raise Unusable("formula", cell=cell)
    for name in _FUNCTION.findall(bare):
        if name.upper().removeprefix("_XLFN.") not in FUNCTIONS:
            raise Unusable("function", cell=cell, function=name[:30])


class Page:
    """A worksheet that is read and changed as a tree."""

    def __init__(self, name: str, content: bytes, texts: Sequence[str]) -> None:
        self.name = name
        self._texts = texts
        self.tree: Document = document(content)
        root = self.tree.documentElement
        assert root is not None
        self.root: Element = root
        self.prefix = f"{root.prefix}:" if root.prefix else ""
        found = self.child("sheetData")
        if found is None:
            raise Unusable("sheet_gone", sheet=name)
        self.data: Element = found
        self.rows: dict[int, Element] = {}
        self._number_rows()
        self._own_formulas()

    def child(self, name: str) -> Element | None:
        """The first child of the worksheet of that name."""
        return next(iter(children(self.root, name)), None)

    def make(self, name: str, **attributes: object) -> Element:
        """A new element of the worksheet's own kind."""
        element = self.tree.createElement(self.prefix + name)
        for key, value in attributes.items():
            element.setAttribute(key, str(value))
        return element

    def cells(self, row: int) -> list[Element]:
        """The cells of a row in their order."""
        element = self.rows.get(row)
        return children(element, "c") if element is not None else []

    def cell(self, column: int, row: int) -> Element | None:
        """The cell at a place, if it is written."""
        wanted = f"{letters_of(column)}{row}"
        return next((each for each in self.cells(row) if each.getAttribute("r") == wanted), None)

    def every_cell(self) -> Iterator[Element]:
        """All cells, row by row."""
        for row in sorted(self.rows):
            yield from self.cells(row)

    def text(self, cell: Element) -> str:
        """What a cell says as text; the stored result of a formula."""
        kind = cell.getAttribute("t")
        if kind == "inlineStr":
            return "".join(content(each) for each in descendants(cell, "t"))
        value = "".join(content(each) for each in children(cell, "v"))
        if kind == "s":
            return self._texts[int(value)] if value.isdecimal() and int(value) < len(self._texts) else ""
        return value

    def formula(self, cell: Element) -> str:
        """A cell's formula, '' where it has none."""
        return "".join(content(each) for each in children(cell, "f"))

    def write(self, cell: Element, value: str | float | None) -> None:
        """Give a cell a value: a number as a number, a text as a text and never as a formula."""
        empty(cell)
        if isinstance(value, int | float):
            self._add(cell, "v", repr(value))
        elif value:
            cell.setAttribute("t", "inlineStr")
            inline, text = self.make("is"), self.make("t")
            text.setAttribute("xml:space", "preserve")
            text.appendChild(self.tree.createTextNode(cell_text(value)))
            inline.appendChild(text)
            cell.appendChild(inline)

    def give_formula(self, cell: Element, text: str) -> None:
        """Give a cell a formula without a result: whoever opens the file computes it."""
        empty(cell)
        self._add(cell, "f", text)

    def ensure(self, column: int, row: int) -> Element:
        """The cell at a place, made where it is not written."""
        found = self.cell(column, row)
        return found if found is not None else self._insert(column, row)

    def merges(self) -> list[tuple[int, int, int, int]]:
        """The merged ranges."""
        found = (corners(each.getAttribute("ref")) for each in descendants(self.root, "mergeCell"))
        return [each for each in found if each is not None]

    def set_merges(self, references: Sequence[str]) -> None:
        """Write the merged ranges anew."""
        holder = self.child("mergeCells")
        if holder is None:
            return
        for each in list(holder.childNodes):
            holder.removeChild(each)
        for reference in references:
            holder.appendChild(self.make("mergeCell", ref=reference))
        if references:
            holder.setAttribute("count", str(len(references)))
        else:
            self.root.removeChild(holder)

    def _add(self, cell: Element, name: str, text: str) -> None:
        element = self.make(name)
        element.appendChild(self.tree.createTextNode(text))
        cell.appendChild(element)

    def _insert(self, column: int, row: int) -> Element:
        line = self.rows.get(row)
        if line is None:
            line = self.rows[row] = self.make("row", r=row)
            after = next((self.rows[each] for each in sorted(self.rows) if each > row), None)
            self.data.insertBefore(line, after)
        cell = self.make("c", r=f"{letters_of(column)}{row}")
        later = (each for each in children(line, "c") if _column(each) > column)
        line.insertBefore(cell, next(later, None))
        return cell

    def _number_rows(self) -> None:
        """Give every row and cell its number where the file leaves it out; refuse a sheet that is no blank form."""
        last = count = 0
        for row in children(self.data, "row"):
            written = row.getAttribute("r")
            last = int(written) if written.isdecimal() else last + 1
            row.setAttribute("r", str(last))
            self.rows[last] = row
            column = -1
            for cell in children(row, "c"):
                place = cell_at(cell.getAttribute("r"))
                column = place[0] if place else column + 1
                cell.setAttribute("r", f"{letters_of(column)}{last}")
                count += 1
            if count > CELLS:
                raise Unusable("too_much", sheet=self.name)

    def _own_formulas(self) -> None:
        """Write every shared formula out at its own cell, and check all of them."""
        shared: dict[str, tuple[str, tuple[int, int]]] = {}
        for cell in self.every_cell():
            for formula in children(cell, "f"):
                place = cell_at(cell.getAttribute("r")) or (0, 1)
                text = content(formula)
                if formula.getAttribute("t") == "shared":
                    text = _unshared(shared, formula, text, place)
                elif formula.getAttribute("t"):
                    raise Unusable("formula", cell=cell.getAttribute("r"))
                check_formula(text, cell.getAttribute("r"))
                self.give_formula(cell, text) if text else empty(cell)


def _unshared(
    shared: dict[str, tuple[str, tuple[int, int]]], formula: Element, text: str, place: tuple[int, int]
) -> str:
    key = formula.getAttribute("si")
    if text:
        shared[key] = (text, place)
        return text
    first, (column, row) = shared.get(key, ("", place))
    return copied(first, place[0] - column, place[1] - row)


def _column(cell: Element) -> int:
    place = cell_at(cell.getAttribute("r"))
    return place[0] if place else -1


def put_after(root: Element, element: Element, neighbour: Element) -> None:
    """Put an element right behind another."""
    after: Any = neighbour.nextSibling
    root.insertBefore(element, after)


def empty(cell: Element) -> None:
    """Take a cell's value and formula; its look stays."""
    for each in list(cell.childNodes):
        cell.removeChild(each)
    for name in ("t", "cm", "vm"):
        if cell.hasAttribute(name):
            cell.removeAttribute(name)


def children(element: Any, name: str) -> list[Element]:
    """The children of an element of that name, whatever their prefix."""
    return [each for each in element.childNodes if isinstance(each, Element) and local_name(each) == name]


def descendants(element: Any, name: str) -> Iterator[Element]:
    """All elements of that name below one, in the order of the file."""
    for each in element.childNodes:
        if isinstance(each, Element):
            if local_name(each) == name:
                yield each
            yield from descendants(each, name)


def local_name(element: Element) -> str:
    """The name of an element without its prefix."""
    return element.tagName.rpartition(":")[2]


def content(element: Element) -> str:
    """The text in an element."""
    return "".join(
        each.data for each in element.childNodes if each.nodeType in (each.TEXT_NODE, each.CDATA_SECTION_NODE)
    )
