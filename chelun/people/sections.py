"""What a file's page, and the person's own copy, show beside the registers' own parts. Rooms above add to `SECTIONS`,
`FACT_LINES` and `COPY_PARTS` from their `sections.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chelun.core.actors import Actor
from chelun.core.registries import Registry
from chelun.core.scope import Scope
from chelun.core.ui import Fact
from chelun.people.displays.words import KindNames
from chelun.people.selectors.records import Held


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is being shown: whose it is, to whom, and the names of kinds of work where he works."""

    register: str
    held: Held
    scope: Scope
    actor: Actor
    kinds: KindNames


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a file: a template of the room that gives it, which finds what it needs as `section`.

    `first` ones stand above the facts, the others below them.
    """

    template: str
    content: Any
    first: bool = False


SECTIONS: Registry[Callable[[Opened], Section | None]] = Registry("section of a file")

FACT_LINES: Registry[Callable[[Opened], list[Fact]]] = Registry("lines among the facts of a file")
"""What rooms above know of a subject that reads like a fact of it."""

COPY_PARTS: Registry[Callable[[Held], tuple[str, list[Fact]]]] = Registry("part of a person's copy")
"""Each gives a heading with its lines; none where it has nothing to tell."""


def sections_of(opened: Opened) -> list[Section]:
    """The parts that rooms above have for this file, in the order of the rooms."""
    made = (make(opened) for make in SECTIONS)
    return [section for section in made if section is not None]


def lines_of(opened: Opened) -> list[Fact]:
    """What rooms above have to say among this file's facts, in the order of the rooms."""
    return [line for lines in FACT_LINES for line in lines(opened)]
