"""Which column goes to which field: the assignment with the greatest sum of scores."""

from collections.abc import Mapping, Sequence


def assign(scores: Sequence[Mapping[int, float]]) -> dict[int, int]:
    """Give rows (columns of a sheet) to targets (fields), each at most once, so that the sum of scores is greatest.

    `scores[row][target]` is positive; a missing pair is impossible and a row may stay without a target. Hungarian
    method with one private "nothing" target per row; worst case O(rows² × targets).
    """
    targets = sorted({target for row in scores for target in row})
    if not targets:
        return {}
    place = {target: column for column, target in enumerate(targets)}
    width = len(targets) + len(scores)
    costs = []
    for number, row in enumerate(scores):
        line = [1.0] * width
        for target, score in row.items():
            line[place[target]] = -score
        line[len(targets) + number] = 0.0
        costs.append(line)
    columns = _hungarian(costs)
    return {
        row: targets[column]
        for row, column in columns.items()
        if column < len(targets) and targets[column] in scores[row]
    }


def _hungarian(costs: Sequence[Sequence[float]]) -> dict[int, int]:
    """Cheapest assignment of every row to a column (at least as many columns as rows)."""
    height, width = len(costs), len(costs[0])
    row_price = [0.0] * (height + 1)
    column_price = [0.0] * (width + 1)
    owner = [0] * (width + 1)
    for row in range(1, height + 1):
        owner[0] = row
        _augment(costs, row_price, column_price, owner)
    return {owner[column] - 1: column - 1 for column in range(1, width + 1) if owner[column]}


def _augment(
    costs: Sequence[Sequence[float]], row_price: list[float], column_price: list[float], owner: list[int]
) -> None:
    """Find room for the row that stands in `owner[0]`, moving others along the cheapest chain."""
    width = len(column_price) - 1
    least = [float("inf")] * (width + 1)
    before = [0] * (width + 1)
    seen = [False] * (width + 1)
    current = 0
    while owner[current]:
        seen[current] = True
        row = owner[current]
        line, price = costs[row - 1], row_price[row]
        delta, following = float("inf"), 0
        for column in range(1, width + 1):
            if seen[column]:
                continue
            cost = line[column - 1] - price - column_price[column]
            if cost < least[column]:
                least[column], before[column] = cost, current
            if least[column] < delta:
                delta, following = least[column], column
        for column in range(width + 1):
            if seen[column]:
                row_price[owner[column]] += delta
                column_price[column] -= delta
            else:
                least[column] -= delta
        current = following
    while current:
        owner[current] = owner[before[current]]
        current = before[current]
