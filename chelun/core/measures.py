"""Indicators, as the rooms that own the data declare them in their `measures.py`. The cockpit computes and shows them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise

from chelun.core.registries import Registry

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number with its meaning.

    `definition` says in words what is counted, `region` which region of the thing decides where it counts,
    `formula` how it is computed, `query` how the rows are found: from which register, under which conditions. `parts` are
    the labels of a breakdown, `parts_head` says by what ('': by kind of work). `share_of` names the
    indicator that this one is a part of, so that a percentage can be shown. `rows` gives the address of the rows
    behind the number in a region (and part), `permission` what is needed to open them.
    """

    name: str
    label: Text
    definition: Text
    region: Text
    formula: Text
    unit: Text
    rows: Callable[[str, str], str]
    parts: Mapping[str, Text] = field(default_factory=dict)
    share_of: str = ""
    good: str = ""
    """'more' or 'less' where one of them is better, '' where neither is."""
    permission: str = "people.view"
    query: Text = ""
    parts_head: Text = ""
    place: str = ""
    """The region that has added this indicator for itself and all below it; '' for one that all have."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A count in one place: the code of a province, city, county or township, a part or '', and the number."""

    indicator: str
    code: str
    part: str
    value: int


@dataclass(frozen=True, slots=True)
class ByHome:
    """How the same is counted home by home, so that only those that changed need be counted again.

    `count` gives the numbers of some homes (None: of all) with the home whose rows they are; a subject of several homes
    is in each. `repeated` gives what has to be taken off the sum for them, below zero. `until` says up to which
    day the numbers of a home hold though nothing changes; a home that is not in it holds for good.
    """

    count: Callable[[Collection[str] | None], Iterable[tuple[str, Tally]]]
    repeated: Callable[[], Iterable[Tally]]
    until: Callable[[Collection[str] | None], Mapping[str, date]] = lambda homes: {}


@dataclass(frozen=True, slots=True)
class MeasureSource:
    """Indicators that are counted together, because one pass over a table gives them all."""

    name: str
    indicators: tuple[Indicator, ...]
    tally: Callable[[], Iterable[Tally]]
    by_home: ByHome | None = None
    added: Callable[[], Iterable[Indicator]] = tuple
    """Indicators that places have added."""


MEASURES: Registry[MeasureSource] = Registry("measure source")


def indicators(path: Collection[str] = ()) -> dict[str, Indicator]:
    """All declared indicators by name, in order, then those that the places on a path of codes have added."""
    found = {indicator.name: indicator for source in MEASURES for indicator in source.indicators}
    if path:
        added = (indicator for source in MEASURES for indicator in source.added())
        found |= {indicator.name: indicator for indicator in added if indicator.place in path}
    return found
