"""Where the head of a table is, and what its columns are called: one to three lines, merged or not.

A head is told from data by known words, by the contrast of its texts with the values below, and by not coming back.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from chelun.engines.tables.reading.layout.words import (
    are_heads,
    are_pairs,
    clean_head,
    counts_columns,
    is_head_word,
    is_label,
    may_be_head,
    shape,
)
from chelun.engines.tables.reading.values import RawRow

_BELOW = 15
_REACH = 40
_LINES = 3
_VALUES = frozenset("Nndpb")


@dataclass(frozen=True, slots=True)
class Head:
    """Rows of a head, as places in the window, and a name for each column of the block, «» where it has none."""

    top: int
    bottom: int
    names: tuple[str, ...]


def block_cells(row: RawRow, left: int, right: int) -> list[str]:
    """Return the cells of a row within a block, always right − left + 1 of them."""
    cells = row.cells[left : right + 1]
    return cells + [""] * (right - left + 1 - len(cells))


def spread(row: RawRow, left: int, right: int) -> list[str]:
    """Return the cells of a row within a block, with merged cells repeated over the columns they cover."""
    cells = block_cells(row, left, right)
    for span in row.spans:
        if span.right > span.left and left <= span.left <= right and cells[span.left - left]:
            for column in range(span.left + 1, min(span.right, right) + 1):
                cells[column - left] = cells[column - left] or cells[span.left - left]
    return cells


def find_head(window: Sequence[RawRow], left: int, right: int) -> Head | None:
    """Find the head of a block in the first rows of a window, or None."""
    for place in range(min(len(window), _REACH)):
        if is_head(window, place, left, right):
            head = _whole_head(window, place, left, right)
            if head.bottom > place or not _is_outdone(window, place, left, right):
                return head
        elif _is_value_row(window[place], left, right):
            return None
    return None


def _is_value_row(row: RawRow, left: int, right: int) -> bool:
    """Whether a row holds values, so that a head further down is not the head of this row."""
    filled = [cell for cell in block_cells(row, left, right) if cell]
    if len(filled) < 2 or len(filled) * 2 < right - left + 1 or any(map(is_label, filled)):
        return False
    return not (all(map(may_be_head, filled)) or are_pairs(filled) or counts_columns(filled))


def _is_outdone(window: Sequence[RawRow], place: int, left: int, right: int) -> bool:
    """Whether the next row is much more of a head, so that this one only stands above it."""
    if place + 1 == len(window) or not is_head(window, place + 1, left, right):
        return False
    own, following = (
        sum(map(is_head_word, filter(None, block_cells(row, left, right))))
        for row in window[place : place + 2]
    )
    return following >= 2 * max(own, 1)


def is_head(window: Sequence[RawRow], place: int, left: int, right: int) -> bool:
    """Whether a row is a line of a head, judged by itself and by the rows that follow it."""
    own = block_cells(window[place], left, right)
    filled = [cell for cell in own if cell]
    width = right - left + 1
    if not filled or not _may_be(filled, width) or are_pairs(filled):
        return False
    words = sum(map(is_head_word, filled))
    if len(set(filled)) < 2:
        return width == 1 and words == 1 and len(filled[0]) <= 12
    if are_heads(filled):
        return True
    cells = spread(window[place], left, right)
    below = [block_cells(row, left, right) for row in window[place + 1 : place + 1 + _BELOW]]
    contrast, comes_back = _contrast(cells, below)
    if comes_back * 3 > len(filled) or len(filled) * 2 < _usual(below):
        return False
    return (words + contrast >= 2 and contrast > 0) or words * 3 >= len(filled) * 2


def _may_be(filled: list[str], width: int) -> bool:
    """Whether the texts of a row could be heads; lines like «填报单位：… 日期：…» are not."""
    unfit = sum(not may_be_head(cell) for cell in filled)
    if unfit and (unfit * 4 > len(filled) or sum(map(is_head_word, filled)) < 3 or not are_heads(filled)):
        return False
    labels = sum(map(is_label, filled))
    return not labels or (labels * 2 < len(filled) and len(filled) * 2 > width)


def _contrast(cells: list[str], below: list[list[str]]) -> tuple[int, int]:
    """Count the columns whose values below are of another kind than the text, and those where the text comes back."""
    contrast = comes_back = 0
    for column, cell in enumerate(cells):
        if not cell:
            continue
        values = [row[column] for row in below if row[column]]
        comes_back += cell in values
        shapes = Counter(map(shape, values))
        if shapes and sum(shapes[kind] for kind in _VALUES) * 2 > len(values):
            contrast += 1
    return contrast, comes_back


def _usual(below: list[list[str]]) -> int:
    """Return how many cells the rows below usually fill."""
    counts = sorted(len(row) - row.count("") for row in below)
    return counts[len(counts) // 2] if counts else 0


def _whole_head(window: Sequence[RawRow], place: int, left: int, right: int) -> Head:
    """Take the group line above and the lines below that belong to the same head."""
    top = bottom = place
    if place and _is_group_line(window[place - 1], window[place], left, right):
        top = place - 1
    while (
        bottom + 1 < len(window)
        and bottom - top + 1 < _LINES
        and _is_sub_line(window, bottom, top, left, right)
    ):
        bottom += 1
    return Head(top, bottom, _names(window[top : bottom + 1], left, right))


def _is_group_line(upper: RawRow, lower: RawRow, left: int, right: int) -> bool:
    """Whether the row above a head groups its columns: «基本情况 | 车辆情况»."""
    filled = [cell for cell in block_cells(upper, left, right) if cell]
    if upper.number + 1 != lower.number or not filled or not _may_be(filled, right - left + 1):
        return False
    if any(len(cell) > 15 for cell in filled) or are_pairs(filled):
        return False
    if len(set(filled)) >= 2:
        return True
    width = right - left + 1
    wide = [span for span in upper.spans if span.right > span.left and left <= span.left <= right]
    return any(span.left > left and (span.right - span.left + 1) * 10 < width * 7 for span in wide)


def _is_sub_line(window: Sequence[RawRow], bottom: int, top: int, left: int, right: int) -> bool:
    """Whether the row below a head line names the columns of its groups.

    A group of one column has a name above and a name below without any merge: allowed where the names are known words.
    """
    upper, lower = window[bottom], window[bottom + 1]
    filled = [cell for cell in block_cells(lower, left, right) if cell]
    if upper.number + 1 != lower.number or not filled or not _may_be(filled, right - left + 1):
        return False
    groups = _groups(upper, left, right)
    below = block_cells(lower, left, right)
    above = block_cells(upper, left, right)
    conflicts = [
        column
        for column, cell in enumerate(below)
        if cell and column not in groups and above[column] not in {"", cell}
    ]
    under = [column for column in groups if below[column]]
    words = sum(map(is_head_word, filled))
    if conflicts or not under:
        return 0 < len(conflicts) <= len(under) and are_heads(filled)
    merged = any(span.right > span.left for span in upper.spans) or any(
        span.bottom == lower.number for row in window[top : bottom + 1] for span in row.spans
    )
    return merged or words > 0


def _groups(row: RawRow, left: int, right: int) -> set[int]:
    """Return the columns, counted within the block, over which a group head stands: merged, or blank to its right."""
    cells = block_cells(row, left, right)
    spans = {span.left - left: span.right - left for span in row.spans if span.right > span.left}
    columns: set[int] = set()
    for column, cell in enumerate(cells):
        last = spans.get(column, column)
        if not spans:
            while last + 1 < len(cells) and not cells[last + 1]:
                last += 1
        if cell and last > column:
            columns.update(range(column, min(last, len(cells) - 1) + 1))
    return columns


def _names(lines: Sequence[RawRow], left: int, right: int) -> tuple[str, ...]:
    """Join the lines of a head column by column; a group's name is carried over the columns that it covers."""
    parts: list[list[str]] = [[] for _ in range(right - left + 1)]
    for place, row in enumerate(lines):
        cells = spread(row, left, right)
        if place + 1 < len(lines):
            cells = _carried(row, cells, block_cells(lines[place + 1], left, right), left)
        for column, cell in enumerate(cells):
            name = clean_head(cell)
            if name and name not in parts[column][-1:]:
                parts[column].append(name)
    return tuple("/".join(names) for names in parts)


def _carried(row: RawRow, cells: list[str], below: list[str], left: int) -> list[str]:
    """Carry a group's name to the right over blanks where the next line has a name of its own."""
    if any(span.right > span.left for span in row.spans):
        return cells
    carried = list(cells)
    for column in range(1, len(carried)):
        if not carried[column] and below[column] and below[column - 1]:
            carried[column] = carried[column - 1]
    return carried
