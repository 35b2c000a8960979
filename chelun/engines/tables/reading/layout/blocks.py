"""Which columns of a stretch of rows make one table: tables that stand side by side are cut apart here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from chelun.engines.tables.reading.layout.heads import Head, block_cells, find_head
from chelun.engines.tables.reading.layout.words import head_key, is_head_word, is_label, is_note
from chelun.engines.tables.reading.values import RawRow, is_blank


@dataclass(frozen=True, slots=True)
class Block:
    """Columns `left` to `right` (0-based) of a stretch, with the head found there or None."""

    left: int
    right: int
    head: Head | None


def find_blocks(window: Sequence[RawRow], known: Sequence[tuple[int, int]] = ()) -> list[Block]:
    """Cut the columns of a window into blocks, left to right; a window without tables gives none.

    `known` are the columns of the tables above: tables that stand side by side go on where the new ones keep to them.
    """
    runs = _runs(window)
    if not runs or is_form(window):
        return []
    if len(known) > 1 and all(
        any(left <= run[0] and run[1] <= right for left, right in known) for run in runs
    ):
        runs = list(known)
        return [Block(left, right, find_head(window, left, right)) for left, right in runs]
    blocks = [Block(left, right, find_head(window, left, right)) for left, right in runs]
    strong = [block for block in blocks if _is_strong(block)]
    if len(strong) < 2:
        left, right = runs[0][0], runs[-1][1]
        whole = Block(left, right, find_head(window, left, right))
        strong = [whole] if whole.head or _looks_tabular(window, whole) else []
    return [part for block in strong for part in _periods(window, block)]


HEADS_IN_A_ROW = 4
"""So many words side by side are no line of a form."""


def is_form(window: Sequence[RawRow]) -> bool:
    """Whether a page is a form about one person or firm: words and values in turn, line by line."""
    lines = [[cell for cell in row.cells if cell] for row in window]
    lines = [line for line in lines if len(line) >= 2]
    if not 3 <= len(lines) <= 40 or len(lines) * 2 < len(window) or _is_row_of_heads(lines[0]):
        return False
    turns = sum(is_head_word(line[0]) and not is_head_word(line[1]) for line in lines)
    words = Counter(head_key(line[0]) for line in lines)
    return turns * 10 >= len(lines) * 7 and max(words.values()) <= 2


def _is_row_of_heads(line: Sequence[str]) -> bool:
    """Whether a line is hardly anything but heads: a list of papers says 驾驶证 in its cells, which is a head elsewhere."""
    return len(line) >= HEADS_IN_A_ROW and sum(map(is_head_word, line)) * 4 >= len(line) * 3


def _runs(window: Sequence[RawRow]) -> list[tuple[int, int]]:
    """Return the runs of columns that hold something in rows that are not titles; merged-over columns count."""
    used: set[int] = set()
    for row in window:
        if len(row.cells) - row.cells.count("") < 2 and len(window) > 1:
            continue
        used.update(column for column, cell in enumerate(row.cells) if not is_blank(cell))
        for span in row.spans:
            if span.right - span.left < 8 and span.left < len(row.cells) and row.cells[span.left]:
                used.update(range(span.left, span.right + 1))
    if not used:
        used = {column for row in window for column, cell in enumerate(row.cells) if not is_blank(cell)}
    runs: list[tuple[int, int]] = []
    for column in sorted(used):
        if runs and column == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs


def _is_strong(block: Block) -> bool:
    """Whether a run stands as a table of its own: at least two columns with heads."""
    return block.head is not None and sum(map(bool, block.head.names)) >= 2


def _looks_tabular(window: Sequence[RawRow], block: Block) -> bool:
    """Whether rows without any head are a table all the same, and not a page of remarks."""
    rows = [block_cells(row, block.left, block.right) for row in window]
    wide = sum(sum(not is_blank(cell) for cell in cells) >= 2 for cells in rows)
    if wide:
        return True
    texts = [next((cell for cell in cells if cell), "") for cells in rows]
    prose = sum(len(text) > 20 or is_note(text) or is_label(text) for text in texts)
    return prose * 3 < len(texts) and len(texts) > 2


def _periods(window: Sequence[RawRow], block: Block) -> list[Block]:
    """Cut a block whose heads repeat («姓名 电话 姓名 电话») into its repetitions."""
    if block.head is None:
        return [block]
    keys = [head_key(name) for name in block.head.names]
    count = len(keys)
    for period in range(2, count // 2 + 1):
        if (
            count % period == 0
            and len(set(keys[:period])) == period
            and keys == keys[:period] * (count // period)
        ):
            lefts = range(block.left, block.right + 1, period)
            return [
                Block(left, left + period - 1, find_head(window, left, left + period - 1)) for left in lefts
            ]
    return [block]
