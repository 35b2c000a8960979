"""Which source outweighs which: for each group of facts an ordered list of doors and sources, then the newer date, then
what was known later. Without a list of its own a place follows `STANDARD`: the counter outweighs the roster.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

REST = ""
"""The group of all facts that no other group names."""
FORM, SHEET = "form", "sheet"
DOORS = (FORM, SHEET)
MOST_STEPS = 6

WORK_FACTS = frozenset(
    {"kinds", "enterprise", "uscc", "platform", "position", "plate", "plate_colour", "start", "end"}
)
"""What belongs to an engagement or a driver's tie. A form that changes one of them says all of them again."""

_CONTACT = frozenset({"phones", "address", "township"})
GROUPS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "person": {
        "who": frozenset({"name", "masked_name", "id_number", "sex", "birth"}),
        "contact": _CONTACT,
        "work": WORK_FACTS,
        "papers": frozenset({"certificate"}),
    },
    "enterprise": {
        "who": frozenset({"name", "uscc", "legal_representative", "investors"}),
        "contact": _CONTACT,
        "running": frozenset({"kinds", "status", "staff", "vehicles"}),
    },
    "vehicle": {
        "what": frozenset(
            {
                "plate",
                "plate_colour",
                "kinds",
                "vehicle_type",
                "energy",
                "gross_mass",
                "tonnage",
                "trailer_plate",
            }
        ),
        "work": frozenset({"enterprise", "uscc"}),
    },
    "credential": {
        "validity": frozenset({"presence", "number", "valid_from", "valid_to", "paper_status"}),
        "who": frozenset(
            {
                "name",
                "masked_name",
                "id_number",
                "sex",
                "birth",
                "enterprise",
                "uscc",
                "plate",
                "plate_colour",
            }
        ),
    },
}
"""What is ranked together, by register: facts of one matter should come from one hand."""


class Weighed(Protocol):
    """What is weighed: a source record."""

    @property
    def id(self) -> UUID: ...
    @property
    def door(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def as_of(self) -> date: ...
    @property
    def known_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record may come from: a door, a source, or a source by one door; '' is any."""

    door: str = ""
    source: str = ""

    def covers(self, record: Weighed) -> bool:
        """Whether the record came from here."""
        return self.door in ("", record.door) and self.source in ("", record.source)


Order = tuple[Origin, ...]
STANDARD: Order = (Origin(FORM), Origin(SHEET))
"""What somebody checked at a counter outweighs what a roster says."""


def place_in(order: Order, record: Weighed) -> int:
    """Where a record stands in an order, 0 for the first; one that the order does not name comes after all that it names."""
    return next((n for n, origin in enumerate(order) if origin.covers(record)), len(order))


def weight(order: Order, record: Weighed) -> tuple[int, date, datetime, int]:
    """What decides between two records: the place in the order, then the newer date, then the later knowledge.

    The key decides last, so that two records never weigh the same.
    """
    return (-place_in(order, record), record.as_of, record.known_at, record.id.int)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The orders in force for a register: by fact, and for the rest. Equal rankings give equal cards."""

    rest: Order = STANDARD
    by_fact: Mapping[str, Order] = field(default_factory=dict)

    def order_of(self, name: str) -> Order:
        """The order by which a fact is decided."""
        return self.by_fact.get(name, self.rest)

    def shares(self) -> "list[tuple[Order, frozenset[str] | None]]":
        """Each order with the facts that it decides; None: all that no other one does."""
        found: dict[Order, set[str]] = {}
        for name, order in self.by_fact.items():
            found.setdefault(order, set()).add(name)
        return [(self.rest, None), *((order, frozenset(names)) for order, names in found.items())]


DEFAULT = Ranking()
Lines = Mapping[str, Order]
"""A rule as it was decided: group → order. A group without a line follows the line of the rest, and this one `STANDARD`."""


def ranking_of(register: str, lines: Lines) -> Ranking:
    """The ranking that the lines of a rule give."""
    rest = lines.get(REST, STANDARD)
    groups = GROUPS.get(register, {})
    by_fact = {name: lines[group] for group, names in groups.items() if group in lines for name in names}
    return Ranking(rest, {name: order for name, order in by_fact.items() if order != rest})


def to_json(lines: Lines) -> dict[str, list[list[str]]]:
    """Lines as they are kept."""
    return {group: [[origin.door, origin.source] for origin in order] for group, order in lines.items()}


def from_json(kept: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, Order]:
    """What `to_json` made of lines."""
    return {group: tuple(Origin(door, source) for door, source in order) for group, order in kept.items()}


def nearest(kept: Iterable[tuple[str, Any]], path: Sequence[str]) -> Any | None:
    """Of what several places decided, what the finest one on the path did; `path` begins with the finest."""
    found = dict(kept)
    return next((found[code] for code in path if code in found), None)


def common_path(paths: Sequence[Sequence[str]]) -> list[str]:
    """The places that several paths share, the finest first: who decides where several places speak of one subject."""
    first, *others = paths
    return [code for code in first if code and all(code in other for other in others)]
