"""Hidden numbers stay hidden: whoever knows every shown number and that hidden ones are above 0 finds no small one."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from chelun.cockpit.rules.suppression import Cell, hidden_cells, hidden_in_list

BOUND = 3
numbers = st.one_of(st.just(0), st.integers(1, BOUND - 1), st.integers(1, 9))
tables = st.sampled_from([(1, 2), (1, 4), (2, 2), (2, 3), (3, 2)]).flatmap(
    lambda size: st.lists(
        st.lists(numbers, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


def with_totals(cells: list[list[int]]) -> list[list[int]]:
    lines = [[*line, sum(line)] for line in cells]
    return [*lines, [sum(column) for column in zip(*lines, strict=True)]]


def others(cells: list[list[int]], hidden: frozenset[Cell]) -> Iterator[list[list[int]]]:
    """All tables that fit what is shown, within a range that is wide enough to find a second one."""
    shown = with_totals(cells)
    columns = len(cells[0])
    most = [
        shown[at][columns] if (at, columns) not in hidden else max(shown[at]) + BOUND
        for at in range(len(cells))
    ]

    def line_fits(at: int, line: list[int]) -> bool:
        return ((at, columns) in hidden and sum(line) > 0) or sum(line) == shown[at][columns]

    def lines(at: int, line: list[int]) -> Iterator[list[int]]:
        place = len(line)
        if place == columns:
            if line_fits(at, line):
                yield line
            return
        room = most[at] + (BOUND if (at, columns) in hidden else 0) - sum(line)
        for value in range(1, room + 1) if (at, place) in hidden else [shown[at][place]]:
            yield from lines(at, [*line, value])

    def tables(at: int, above: list[list[int]]) -> Iterator[list[list[int]]]:
        if at == len(cells):
            found = with_totals(above)
            if all(
                found[-1][place] == shown[-1][place] if (at, place) not in hidden else found[-1][place] > 0
                for place in range(columns + 1)
            ):
                yield above
            return
        for line in lines(at, []):
            yield from tables(at + 1, [*above, line])

    yield from tables(0, [])


@settings(max_examples=150, deadline=None)
@given(tables)
def test_no_small_number_can_be_solved_for(cells: list[list[int]]) -> None:
    shown = with_totals(cells)
    hidden = hidden_cells(shown, BOUND)
    small = {(at, place) for at, line in enumerate(shown) for place, n in enumerate(line) if 0 < n < BOUND}
    assert small <= hidden
    open_still = set(small)
    for found in others(cells, hidden):
        full = with_totals(found)
        open_still -= {(at, place) for at, place in open_still if full[at][place] != shown[at][place]}
        if not open_still:
            break
    assert open_still == set()


@settings(max_examples=200, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=6))
def test_no_small_number_of_a_list_can_be_solved_for(values: list[int]) -> None:
    hidden, total_hidden = hidden_in_list(values, sum(values), BOUND)
    small = {place for place, n in enumerate(values) if 0 < n < BOUND}
    assert small <= hidden
    for place in small:
        others = [n for at, n in enumerate(values) if at in hidden and at != place]
        assert total_hidden or any(n > 1 for n in others)
    if 0 < sum(values) < BOUND:
        assert total_hidden


@given(tables)
def test_nothing_is_hidden_where_nothing_is_small_and_no_zero_ever(cells: list[list[int]]) -> None:
    shown = with_totals(cells)
    hidden = hidden_cells(shown, BOUND)
    assert all(shown[at][place] > 0 for at, place in hidden)
    if not any(0 < n < BOUND for line in shown for n in line):
        assert hidden == frozenset()


def test_one_small_number_hides_three_others_and_no_total() -> None:
    cells = with_totals([[2, 40, 50], [60, 70, 80], [90, 100, 110]])
    assert hidden_cells(cells, 10) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_two_small_numbers_of_a_line_are_not_given_away_by_their_sum() -> None:
    cells = with_totals([[1, 1, 50], [60, 70, 80]])
    assert (0, 2) in hidden_cells(cells, 10) or (0, 3) in hidden_cells(cells, 10)
    assert hidden_in_list([1, 1, 50], 52, 10) == (frozenset({0, 1, 2}), False)
    assert hidden_in_list([1, 1, 0], 2, 10) == (frozenset({0, 1}), True)


def test_a_large_table_is_done_at_once() -> None:
    cells = with_totals([[(7 * a + 3 * b) % 60 for b in range(12)] for a in range(180)])
    hidden = hidden_cells(cells, 10)
    small = sum(0 < n < 10 for line in cells for n in line)
    assert small <= len(hidden) <= 3 * small
