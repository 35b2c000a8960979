"""Counting home by home: what a home came to at a state is kept, and counted again only when its state is another."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from chelun.cockpit.models import PlaceTally
from chelun.core.measures import ByHome, MeasureSource, Tally
from chelun.platform.regions.models import level_of
from chelun.platform.regions.selectors import children

QUALITY = "cockpit.quality"
Cells = list[list[Any]]
Homes = Collection[str] | None


@dataclass(slots=True)
class Counted:
    """What is to be kept of one source: the homes that were counted (None: all there are), and what they came to."""

    source: str
    homes: Homes
    cells: Mapping[str, Cells] = field(default_factory=dict)
    until: Mapping[str, date] = field(default_factory=dict)


def tallies_of(
    source: MeasureSource, states: Mapping[str, int], *, full: bool
) -> tuple[list[Tally], Counted | None]:
    """The numbers of a source, and what of them is to be kept. `states` must have been read before."""
    if source.by_home is None:
        return [tally for tally in source.tally() if tally.value], None
    kept = {} if full else kept_of(source.name)
    homes = homes_to_count(kept, states)
    counted = _counted(source.name, source.by_home, homes)
    sums: Counter[tuple[str, str, str]] = Counter()
    standing = (row.cells for home, row in kept.items() if homes is not None and home not in homes)
    for cells in (*standing, *counted.cells.values()):
        for indicator, code, part, value in cells:
            sums[indicator, code, part] += value
    for tally in source.by_home.repeated():
        sums[tally.indicator, tally.code, tally.part] += tally.value
    return [Tally(*key, value) for key, value in sums.items() if value], counted


def kept_of(source: str) -> dict[str, PlaceTally]:
    """What is kept of a source, by home."""
    return {row.home: row for row in PlaceTally.objects.filter(source=source)}


def homes_to_count(kept: Mapping[str, PlaceTally], states: Mapping[str, int]) -> Homes:
    """The homes whose state is another than when they were counted, or whose numbers no longer hold today; None for all.

    Whoever writes a city or a province may write homes below it as well.
    """
    if not kept:
        return None
    today = timezone.localdate()
    changed = {home for home, version in states.items() if home not in kept or kept[home].version != version}
    changed |= {home for home, row in kept.items() if row.until is not None and row.until < today}
    return {home for code in changed for home in _with_below(code)}


def keep(counted: Counted, states: Mapping[str, int]) -> None:
    """Keep what was counted, in the caller's transaction; the same numbers are the same cells, however they were found."""
    rows = PlaceTally.objects.filter(source=counted.source)
    (rows if counted.homes is None else rows.filter(home__in=counted.homes)).delete()
    homes = {*states, *counted.cells, *counted.until} if counted.homes is None else set(counted.homes)
    PlaceTally.objects.bulk_create(
        [
            PlaceTally(
                source=counted.source, home=home, version=states.get(home, 0),
                until=counted.until.get(home), cells=sorted(counted.cells.get(home, [])),
            )
            for home in sorted(homes)
        ],
        batch_size=200,
    )  # fmt: skip


def _counted(name: str, by_home: ByHome, homes: Homes) -> Counted:
    if homes is not None and not homes:
        return Counted(name, homes)
    cells: dict[str, Cells] = defaultdict(list)
    for home, tally in by_home.count(homes):
        cells[home].append([tally.indicator, tally.code, tally.part, tally.value])
    return Counted(name, homes, cells, by_home.until(homes))


def _with_below(code: str) -> Iterable[str]:
    """A home, and the homes that may lie below it."""
    yield code
    if level_of(code) in ("province", "city"):
        for child in children(code):
            if len(child.code) == 6 and child.code != code:
                yield from _with_below(child.code)
