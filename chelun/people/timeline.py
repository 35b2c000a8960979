"""What a file's history is made of. Rooms above add their own lines to `TIMELINE`; the registers' own come from the trail."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chelun.core.registries import Registry
from chelun.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a history: when, what in words, by whom, and where to read more. `text` may add a sentence."""

    at: datetime
    title: str
    text: str = ""
    who: str = ""
    url: str = ""
    tone: str = ""


Source = Callable[[Scope, str, UUID, Collection[str]], Iterable[Happening]]
"""(scope, kind of subject, subject, places in scope that know it) → happenings, in any order, some hundred at most."""

TIMELINE: Registry[Source] = Registry("timeline source")
MOST = 200


def happenings_of(scope: Scope, kind: str, parts: Mapping[UUID, Collection[str]]) -> list[Happening]:
    """The history of a file that may be made of several leaves, each with the places that know it; what befell several is one line."""
    found = {line: None for leaf, homes in parts.items() for line in happenings(scope, kind, leaf, homes)}
    return sorted(found, key=lambda line: line.at, reverse=True)[:MOST]


def happenings(scope: Scope, kind: str, subject: UUID, homes: Collection[str]) -> list[Happening]:
    """The history of a subject, newest first, from every room."""
    found = [line for source in TIMELINE for line in source(scope, kind, subject, homes)]
    return sorted(found, key=lambda line: line.at, reverse=True)[:MOST]
