"""Which numbers of a table must stay hidden, so that nobody can compute a small one from the others. Pure.

A small number (above 0, below the bound) is hidden; a 0 tells of nobody and is shown. That alone is no protection: in
a line with one hidden number the total gives it away, and two hidden ones that add up to 2 are both 1. So for every
small number others are hidden as well, along a closed walk that goes by lines and columns in turn, totals included: by
such a walk the small number could be greater by as much as the bound, some numbers on it as much greater and some as much
less, with every shown number still right and every hidden one above 0. Numbers that would have to be less are
therefore only taken where they are great enough. (After Cox, Network models for complementary cell suppression, 1995.)
"""

import heapq
from collections.abc import Mapping, Sequence

Cell = tuple[int, int]
Table = Sequence[Sequence[int]]
Node = tuple[str, int]
Ways = dict[Node, list[tuple[Node, Cell]]]
TOTAL_WEIGHT = 1_000_000
"""Totals are hidden only where nothing else will do."""


def hidden_cells(table: Table, bound: int) -> frozenset[Cell]:
    """The cells to hide of a table whose last line and last column are the totals. Nothing where there is nothing small."""
    positive = {(at, place): n for at, line in enumerate(table) for place, n in enumerate(line) if n > 0}
    small = sorted(cell for cell, n in positive.items() if n < bound)
    if not small:
        return frozenset()
    totals = (len(table) - 1, len(table[0]) - 1)
    costs = {
        cell: n + TOTAL_WEIGHT * sum(a == b for a, b in zip(cell, totals, strict=True))
        for cell, n in positive.items()
    }
    ways = {side: _ways(side, positive, totals, bound) for side in (1, -1)}
    costs |= dict.fromkeys(small, 0)
    hidden = set(small)
    for cell in small:
        walk = _walk(cell, ways[_side(cell, totals)], costs)
        costs |= dict.fromkeys(walk, 0)
        hidden |= walk
    return frozenset(hidden)


def hidden_in_list(values: Sequence[int], total: int, bound: int) -> tuple[frozenset[int], bool]:
    """The places of a list to hide, and whether its total must be hidden as well."""
    small = {place for place, n in enumerate(values) if 0 < n < bound}
    if not small:
        return frozenset(), 0 < total < bound
    great = sorted((n, place) for place, n in enumerate(values) if n > bound)
    return frozenset(small | {place for _n, place in great[:1]}), not great


def _ways(side: int, positive: Mapping[Cell, int], totals: Cell, bound: int) -> Ways:
    """From which line to which column one may go, and back, by which cell, when a cell of this side is to be raised.

    Totals count against what they are the total of: with every number of a line at its own side and the total at the
    other, each line and column adds up to 0. What is gone to from a line changes the one way, what is gone to from a column the other.
    """
    ways: Ways = {}
    for cell, n in positive.items():
        same = _side(cell, totals) == side
        line, column = ("line", cell[0]), ("column", cell[1])
        if n > bound or not same:
            ways.setdefault(line, []).append((column, cell))
        if n > bound or same:
            ways.setdefault(column, []).append((line, cell))
    return ways


def _side(cell: Cell, totals: Cell) -> int:
    """1 for a number and for the total of all, -1 for the total of a line or a column."""
    return -1 if (cell[0] == totals[0]) != (cell[1] == totals[1]) else 1


def _walk(cell: Cell, ways: Ways, costs: Mapping[Cell, int]) -> set[Cell]:
    """The cheapest walk from the cell's line to its column by other cells. There is one over the totals if over nothing else."""
    start, goal = ("line", cell[0]), ("column", cell[1])
    best = {start: 0}
    came: dict[Node, tuple[Node, Cell]] = {}
    waiting: list[tuple[int, Node]] = [(0, start)]
    while waiting:
        cost, node = heapq.heappop(waiting)
        if node == goal:
            break
        for step, by in ways.get(node, ()):
            reached = cost + costs[by]
            if by != cell and reached < best.get(step, reached + 1):
                best[step], came[step] = reached, (node, by)
                heapq.heappush(waiting, (reached, step))
    found, node = set(), goal
    while node != start:
        node, by = came[node]
        found.add(by)
    return found
