"""The work of today: what waits for somebody, as the rooms declare it in their `today.py`. The start page shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from chelun.core.actors import Actor
from chelun.core.registries import Registry

Text = str | Promise


MOST = 1_000
"""What would take long to count is counted so far: more than that nobody works off today."""


class AtLeast(int):
    """A number that was counted no further: there are more."""


def up_to_most(rows: QuerySet[Any]) -> int:
    """How many rows there are, counted up to `MOST`."""
    found = len(rows.order_by().values_list("id", flat=True)[: MOST + 1])
    return AtLeast(MOST) if found > MOST else found


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that may wait. `count` gives how many for an actor, `AtLeast` where it counted no further; `act` says what to do, `done` what it means if none does.

    `counted` is false where the number says nothing (the chain was not checked today); `tone` is 'bad' for what is wrong.
    """

    name: str
    label: Text
    act: Text
    done: Text
    permission: str
    url_name: str
    icon: str
    count: Callable[[Actor], int]
    query: str = ""
    order: int = 100
    counted: bool = True
    tone: str = "warn"


DUTIES: Registry[Duty] = Registry("duty")
