"""A form as it is kept: emptied of what stood in its table, without what would outlive it unseen."""

import re
from dataclasses import replace
from io import BytesIO

from chelun.platform.sheets.layouts import package
from chelun.platform.sheets.layouts.fill import Body, emptied, grow, pieces
from chelun.platform.sheets.layouts.page import Page, children, content, descendants
from chelun.platform.sheets.layouts.parts import Parts, document, find, pack, sheets, xml_bytes
from chelun.platform.sheets.layouts.refs import Growth
from chelun.platform.sheets.layouts.sentences import Unusable
from chelun.platform.sheets.layouts.shape import Shape

EXAMPLE_ROWS = 20
"""A form that came filled keeps so many rows of its table at most."""
BLANK_ROWS = 2_000
_DROPPED = re.compile(
    r"xl/(calcchain\.xml|comments.*|threadedcomments/.*|persons/.*|drawings/(vml|comments)drawing.*)|docprops/custom\.xml|docmetadata/.*",
    re.I,
)


def blank(parts: Parts, shape: Shape) -> tuple[bytes, Shape]:
    """The form as it is kept, and its shape then. Raises Unusable where the rows of the table cannot be."""
    parts = without_asides(parts)
    texts = package.shared_texts(parts)
    name = sheets(parts).get(shape.sheet)
    if name is None:
        raise Unusable("sheet_gone", sheet=shape.sheet)
    page = Page(shape.sheet, parts[name], texts)
    count = _rows(page, shape)
    emptied(page, shape)
    growth = Growth(shape.first, shape.last, count)
    body = Body(page, shape, growth)
    bottom = grow(page, shape, growth)
    changed = package.grown(parts, name, page, growth, texts) | package.workbook(
        parts, shape.sheet, growth, bottom
    )
    changed[name] = b"".join(pieces(page, shape, body.lines((), 0), bottom))
    kept = _without_lost_texts({**parts, **changed, **package.described(parts, "")})
    target = BytesIO()
    pack(target, kept)
    return target.getvalue(), replace(shape, last=shape.first + count - 1)


def _rows(page: Page, shape: Shape) -> int:
    """How many rows the table keeps: those of a blank form, a few of one that came filled."""
    rows = shape.last - shape.first + 1
    if rows < 1 or (shape.heads and shape.first <= max(shape.heads)):
        raise Unusable("body")
    filled = sum(
        any(page.text(cell) and not page.formula(cell) for cell in page.cells(number))
        for number in range(shape.first, shape.last + 1)
    )
    if filled:
        return min(rows, EXAMPLE_ROWS)
    if rows > BLANK_ROWS:
        raise Unusable("tall", limit=BLANK_ROWS)
    return rows


def without_asides(parts: Parts) -> Parts:
    """Without remarks on cells, the order of calculation and properties of our own, and whatever points to them."""
    gone = {name for name in parts if _DROPPED.fullmatch(name)}
    kept = {name: part for name, part in parts.items() if name not in gone}
    for name in kept:
        if name.lower().endswith(".rels"):
            kept[name] = _unlinked(kept[name], gone)
    types = find(kept, "[Content_Types].xml")
    tree = document(kept[types])
    for element in list(descendants(tree, "Override")):
        if element.getAttribute("PartName").lstrip("/") in gone and element.parentNode is not None:
            element.parentNode.removeChild(element)
    kept[types] = xml_bytes(tree)
    for sheet in sheets(kept).values():
        kept[sheet] = _without_remarks(kept[sheet])
    return kept


def _unlinked(part: bytes, gone: set[str]) -> bytes:
    lost = {name.rpartition("/")[2].lower() for name in gone}
    tree = document(part)
    for element in list(descendants(tree, "Relationship")):
        if (
            element.getAttribute("Target").rpartition("/")[2].lower() in lost
            and element.parentNode is not None
        ):
            element.parentNode.removeChild(element)
    return xml_bytes(tree)


def _without_remarks(part: bytes) -> bytes:
    tree = document(part)
    root = tree.documentElement
    for element in children(root, "legacyDrawing"):
        element.parentNode.removeChild(element)  # type: ignore[union-attr]
    return xml_bytes(tree)


def _without_lost_texts(parts: Parts) -> Parts:
    """Shared texts to which no cell refers any more are blanked: they were somebody's row."""
    name = package.strings_part(parts)
    if not name:
        return parts
    used = {number for part in sheets(parts).values() for number in _numbers(parts[part])}
    tree = document(parts[name])
    for number, element in enumerate(children(tree.documentElement, "si")):
        if number not in used:
            for each in list(element.childNodes):
                element.removeChild(each)
            element.appendChild(tree.createElement(element.tagName.replace("si", "t")))
    return {**parts, name: xml_bytes(tree)}


def _numbers(part: bytes) -> set[int]:
    page = Page("", part, ())
    return {
        int(value)
        for cell in page.every_cell()
        if cell.getAttribute("t") == "s"
        for each in children(cell, "v")
        if (value := content(each)).isdecimal()
    }
