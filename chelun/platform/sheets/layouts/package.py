"""What lies around a form's table: shared texts, other sheets, names, tables, pictures, print set-up, properties."""

import re
from collections.abc import Iterator, Sequence
from xml.dom.minidom import Element
from xml.sax.saxutils import escape

from chelun.platform.sheets.layouts.page import (
    Page,
    check_formula,
    children,
    content,
    descendants,
    local_name,
    put_after,
)
from chelun.platform.sheets.layouts.parts import (
    Parts,
    document,
    find,
    main_part,
    relations,
    sheets,
    xml_bytes,
)
from chelun.platform.sheets.layouts.refs import Growth, corners, named
from chelun.platform.sheets.writing.book import as_header

_BEFORE_HEADER = (
    "pageSetup", "pageMargins", "printOptions", "hyperlinks", "dataValidations", "conditionalFormatting",
    "phoneticPr", "mergeCells", "customSheetViews", "dataConsolidate", "sortState", "autoFilter", "scenarios",
    "protectedRanges", "sheetProtection", "sheetCalcPr", "sheetData",
)  # fmt: skip
_RANGED = {"conditionalFormatting": "sqref", "dataValidation": "sqref", "ignoredError": "sqref", "autoFilter": "ref",
           "protectedRange": "sqref", "sortState": "ref", "hyperlink": "ref"}  # fmt: skip
_FORMULAS = frozenset({"formula", "formula1", "formula2"})
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
)
HEADER_LIMIT = 255


def shared_texts(parts: Parts) -> list[str]:
    """The shared texts of a workbook in their order; readings of characters are left out."""
    name = strings_part(parts)
    if not name:
        return []
    root = document(parts[name]).documentElement
    return ["".join(_plain(each)) for each in children(root, "si")]


def strings_part(parts: Parts) -> str:
    """The part that holds the shared texts, '' where there is none."""
    kinds = relations(parts, main_part(parts)).values()
    return next((name for kind, name in kinds if kind == "sharedStrings"), "")


def _plain(element: Element) -> Iterator[str]:
    for each in element.childNodes:
        if isinstance(each, Element) and local_name(each) == "t":
            yield content(each)
        elif isinstance(each, Element) and local_name(each) == "r":
            yield from _plain(each)


def check_form(parts: Parts) -> None:
    """Refuse a workbook whose cells, rules or names compute with anything that reaches out of it."""
    texts = shared_texts(parts)
    for name, part in sheets(parts).items():
        page = Page(name, parts[part], texts)
        for element in _elements(page.root):
            if local_name(element) in _FORMULAS or element.tagName == "xm:f":
                _check_named(content(element), name)
    main = document(parts[main_part(parts)])
    for element in descendants(main, "definedName"):
        _check_named(content(element), element.getAttribute("name"))


def _check_named(text: str, where: str) -> None:
    if text and "#REF!" not in text:
        check_formula(text, where)


def move_ranges(page: Page, growth: Growth) -> None:
    """Formats, lists of choices, filters and page breaks go with the rows they are about."""
    for element in _elements(page.root):
        name = local_name(element)
        attribute = _RANGED.get(name, "")
        if attribute and element.hasAttribute(attribute):
            element.setAttribute(attribute, growth.spans(element.getAttribute(attribute)))
        elif name == "sqref":
            _set_text(page, element, growth.spans(content(element)))
        elif name in _FORMULAS:
            _set_text(page, element, growth.formula(content(element), page.name, here=True))
    for holder in children(page.root, "rowBreaks"):
        for element in children(holder, "brk"):
            if element.getAttribute("id").isdecimal():
                element.setAttribute("id", str(growth.end(int(element.getAttribute("id")))))


def _set_text(page: Page, element: Element, text: str) -> None:
    for each in list(element.childNodes):
        element.removeChild(each)
    element.appendChild(page.tree.createTextNode(text))


def _elements(element: Element) -> Iterator[Element]:
    """Every element of a worksheet but its cells."""
    for each in element.childNodes:
        if isinstance(each, Element) and local_name(each) != "sheetData":
            yield each
            yield from _elements(each)


def grown(parts: Parts, name: str, page: Page, growth: Growth, texts: Sequence[str]) -> Parts:
    """The other parts that name rows of the table's sheet, after its growth."""
    changed: Parts = {}
    for sheet, part in sheets(parts).items():
        if part != name:
            changed[part] = _elsewhere(Page(sheet, parts[part], texts), page.name, growth)
    for kind, part in relations(parts, name).values():
        if kind == "table" and part:
            changed[part] = _table(parts[part], growth)
        elif kind == "drawing" and part:
            changed[part] = _drawing(parts[part], growth)
    return changed


def _elsewhere(other: Page, sheet: str, growth: Growth) -> bytes:
    for cell in other.every_cell():
        formula = other.formula(cell)
        if formula:
            other.give_formula(cell, growth.formula(formula, sheet, here=False))
    return xml_bytes(other.tree)


def _table(content_: bytes, growth: Growth) -> bytes:
    tree = document(content_)
    for element in (tree.documentElement, *descendants(tree, "autoFilter")):
        if element is not None and element.hasAttribute("ref"):
            element.setAttribute("ref", growth.span(element.getAttribute("ref")))
    return xml_bytes(tree)


def _drawing(content_: bytes, growth: Growth) -> bytes:
    """Pictures under the table move down with what they stand beside; rows are counted from 0 here."""
    tree = document(content_)
    for element in descendants(tree, "row"):
        number = content(element)
        if number.isdecimal() and element.firstChild is not None:
            element.firstChild.nodeValue = str(growth.row(int(number) + 1) - 1)
    return xml_bytes(tree)


def workbook(parts: Parts, sheet: str, growth: Growth, last: int) -> Parts:
    """The workbook with its names moved, the printed area down to the last row, and everything to be computed on opening."""
    name = main_part(parts)
    tree = document(parts[name])
    root = tree.documentElement
    assert root is not None
    numbers = [each.getAttribute("name") for each in descendants(root, "sheet")]
    for each in descendants(root, "definedName"):
        moved = growth.formula(content(each), sheet, here=False)
        local = each.getAttribute("localSheetId")
        mine = local.isdecimal() and int(local) < len(numbers) and numbers[int(local)] == sheet
        if mine and each.getAttribute("name") == "_xlnm.Print_Area":
            moved = re.sub(r"\d+$", lambda found: str(max(int(found[0]), last)), moved)
        if each.firstChild is not None:
            each.firstChild.nodeValue = moved
    for each in descendants(root, "calcPr"):
        each.setAttribute("fullCalcOnLoad", "1")
        break
    else:
        _add_calculation(tree, root)
    return {name: xml_bytes(tree)}


def _add_calculation(tree: object, root: Element) -> None:
    prefix = f"{root.prefix}:" if root.prefix else ""
    element = root.ownerDocument.createElement(f"{prefix}calcPr")  # type: ignore[union-attr]
    element.setAttribute("fullCalcOnLoad", "1")
    before = ("definedNames", "externalReferences", "functionGroups", "sheets")
    after = next(each for name in before for each in children(root, name))
    put_after(root, element, after)


def described(parts: Parts, title: str) -> Parts:
    """The properties of the file: a title, and nobody's name who wrote the form."""
    name = find(parts, "docProps/core.xml")
    return {name: _CORE.format(title=escape(title)).encode()} if name else {}


def sign_printing(page: Page, mark: str) -> None:
    """The watermark on each printed page, beside what the form itself prints there as far as both fit."""
    found = page.child("headerFooter")
    if found is None:
        found = page.make("headerFooter")
        after = next(each for name in _BEFORE_HEADER for each in reversed(children(page.root, name)))
        put_after(page.root, found, after)
    for name in ("differentOddEven", "differentFirst"):
        if found.hasAttribute(name):
            found.removeAttribute(name)
    for each in list(found.childNodes):
        if not (isinstance(each, Element) and local_name(each) in {"oddHeader", "oddFooter"}):
            found.removeChild(each)
    _print_mark(page, found, "oddHeader", f"&C{as_header(mark)}")
    _print_mark(page, found, "oddFooter", f"&L{as_header(mark)[:150]}")


def _print_mark(page: Page, holder: Element, name: str, mark: str) -> None:
    element = next(iter(children(holder, name)), None)
    if element is None:
        element = page.make(name)
        holder.insertBefore(element, holder.firstChild if name == "oddHeader" else None)
    theirs = content(element)
    section = mark[:2]
    if section in theirs:
        theirs = theirs.replace(section, f"{mark}\n", 1)
    else:
        theirs = mark + theirs if theirs.startswith("&") or not theirs else f"{mark}&C{theirs}"
    _set_text(page, element, theirs if len(theirs) <= HEADER_LIMIT else mark)


def set_dimension(page: Page, last: int) -> None:
    """State how far the sheet reaches."""
    element = page.child("dimension")
    found = corners(element.getAttribute("ref")) if element is not None else None
    if element is not None and found is not None:
        left, top, right, _bottom = found
        element.setAttribute("ref", named(left, top, right, max(last, top)))
