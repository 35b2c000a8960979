"""Area codes of GB/T 2260 as the readers need them: provinces, demo areas, and when a code was in use.

What lives here: the shape of an area history, how to build one from a list of changes, and the demo areas.
What does not: the data itself. The regions app reads it from its package and passes it in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

AreaHistory = Mapping[str, tuple[tuple[int, int | None], ...]]
"""Six-digit code → periods of use as (from year, to year or None for "until now"), both ends included."""

PROVINCES = frozenset(
    str(code)
    for codes in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71, 81, 82, 83),
    )
    for code in codes
)
"""First two digits that exist. 71, 81, 82 and 83 also stand on the residence permits of people from Taiwan,
Hong Kong and Macao (810000, 820000, 830000), which carry numbers of the same form."""

RESIDENCE_PERMIT_AREAS = frozenset({"810000", "820000", "830000"})
BASE_YEAR = 1980
"""Codes that were in use before the lists of changes begin count as in use from here."""

DEMO_COUNTY = "99"


def is_demo_area(code: str) -> bool:
    """Whether a six-digit code is kept for demonstrations and tests: any prefecture, county part 99.

    No authority ever issued such a code; the evidence is in the README of this engine.
    """
    return len(code) == 6 and code.endswith(DEMO_COUNTY)


def demo_area(prefecture: str) -> str:
    """The demo area that stands for a real prefecture or county code (only its first four digits count)."""
    return prefecture[:4] + DEMO_COUNTY


def build_area_history(
    current: Iterable[str], changes: Iterable[tuple[int, str | None, str | None]]
) -> dict[str, tuple[tuple[int, int | None], ...]]:
    """Periods of use of every code, from the codes in use today and the changes (year, old code, new code).

    Where the changes contradict one another the longer period wins: refusing a real person is worse than
    letting a typing error pass to the check digit. A prefecture's code and its 市辖区 group (..01) count as codes
    too: cities without counties put them on identity cards.
    """
    now = set(current)
    events: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for year, old, new in changes:
        if old == new:
            continue
        if old:
            events[old].append((year, False))
        if new:
            events[new].append((year, True))
    history = {code: _periods(sorted(events[code]), code in now) for code in now | set(events)}
    for code in [code for code in history if code.endswith("00")]:
        history.setdefault(code[:4] + "01", history[code])
    return history


def _periods(events: list[tuple[int, bool]], in_use: bool) -> tuple[tuple[int, int | None], ...]:
    if not events:
        return ((BASE_YEAR, None),)
    periods: list[tuple[int, int | None]] = []
    since: int | None = None if events[0][1] else BASE_YEAR
    for year, begins in events:
        if begins:
            since = year if since is None else since
        else:
            periods.append((year if since is None else since, year))
            since = None
    if since is not None or in_use:
        periods.append((events[-1][0] if since is None else since, None))
    return tuple(periods)


def was_in_use(history: AreaHistory, code: str, first: int, last: int) -> bool:
    """Whether a code was in use in any year from `first` to `last`."""
    return any(begin <= last and (end is None or end >= first) for begin, end in history.get(code, ()))
