"""Registries: how a lower room can use what a higher one brings, without importing it.

Each app may have modules `checks`, `jobs`, `measures`, `menu`, `timeline`, `sections`, `holders`, `sheets`, `subjects`, `receivers`,
`archives`, `health`, `place_settings`, `deviations`; they are imported once at start (`autodiscover`) and register their values here by
their own room's registry.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

from django.utils.module_loading import autodiscover_modules

T = TypeVar("T")

MODULES = (
    "checks",
    "today",
    "jobs",
    "receivers",
    "subjects",
    "sheets",
    "measures",
    "menu",
    "timeline",
    "sections",
    "holders",
    "archives",
    "health",
    "place_settings",
    "deviations",
)


class Registry(Generic[T]):
    """Named values in the order in which they came. A name can be given only once."""

    def __init__(self, noun: str) -> None:
        self._noun = noun
        self._values: dict[str, T] = {}

    def add(self, name: str, value: T) -> T:
        """Register `value`; a second value of the same name is a mistake of the programmer."""
        if name in self._values:
            raise ValueError(f"{self._noun} {name!r} is registered twice")
        self._values[name] = value
        return value

    def get(self, name: str) -> T | None:
        """The value of that name, or None."""
        return self._values.get(name)

    def __getitem__(self, name: str) -> T:
        return self._values[name]

    def __iter__(self) -> Iterator[T]:
        return iter(self._values.values())

    def __len__(self) -> int:
        return len(self._values)

    def names(self) -> list[str]:
        """All names, in order."""
        return list(self._values)


def autodiscover() -> None:
    """Import the registering modules of every app. Called once, when the apps are ready."""
    for module in MODULES:
        autodiscover_modules(module)
