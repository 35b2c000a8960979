"""Registers whose rows can be counted by two things at once, as the rooms that own the rows declare them in `measures.py`.

A dimension may never be, nor hint at, membership, ethnicity, religion or health; a household area is such a hint.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from chelun.core.registries import Registry

Text = str | Promise
NOT_KNOWN = "-"
"""The value of rows that do not say."""
ALL = "*"
"""Stands for all rows, whatever their value: the key of a total."""
Counts = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something by which the rows of a register are told apart. `words` says a value, `order` the usual order of values.

    Without an order the greatest comes first. `note` says what makes its lines add up to more than the total.
    """

    name: str
    label: Text
    words: Callable[[str], Text]
    order: tuple[str, ...] = ()
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A register with its dimensions.

    `count` gives, for a region of six digits and two dimensions, the number of every pair of values and the totals
    (`ALL`); `rows` the address of the rows behind one of them, by the values asked for.
    """

    name: str
    label: Text
    unit: Text
    dimensions: tuple[Dimension, ...]
    count: Callable[[str, str, str], Counts]
    rows: Callable[[str, Mapping[str, str]], str]
    permission: str = "people.view"
    note: Text = ""
    by_name: Mapping[str, Dimension] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {each.name: each for each in self.dimensions})


CROSSINGS: Registry[Crossing] = Registry("crossing")
