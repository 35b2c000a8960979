"""When a row is due, and what becomes of rows when the list is looked up again. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, TypeVar

from chelun.desk.choices import DueRule

K = TypeVar("K")


def due_on(rule: str, days: int | None, day: date | None, since: date) -> date:
    """The last day for a row that appeared on a day."""
    if rule == DueRule.DAY and day is not None:
        return day
    return since + timedelta(days=days or 0)


@dataclass(slots=True)
class Turnover(Generic[K]):
    """What a new look-up changes: rows that are new, rows that came back, rows that no longer stand in the list."""

    new: list[K] = field(default_factory=list)
    back: list[K] = field(default_factory=list)
    gone: list[K] = field(default_factory=list)


def turnover(found: Collection[K], known: Mapping[K, bool]) -> Turnover[K]:
    """Compare what a look-up found with the known rows; `known` says of each whether it stands in the list so far."""
    here = set(found)
    return Turnover(
        new=[each for each in found if each not in known],
        back=[each for each in found if known.get(each) is False],
        gone=[each for each, stands in known.items() if stands and each not in here],
    )
