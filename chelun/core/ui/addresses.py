"""The address of a list: what the reader filtered, sorted and chose lies in it, so that it can be sent and kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.http import HttpRequest

# Where a list was turned to; forgotten as soon as anything else changes.
PAGING = ("after", "before")


@dataclass(frozen=True, slots=True)
class Address:
    """A path and its query as pairs, in order."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """The address of the page that was asked for."""
        pairs = ((name, value) for name, values in request.GET.lists() for value in values)
        return cls(request.path, tuple((name, str(value)) for name, value in pairs))

    def get(self, name: str) -> str:
        """The last value of a name, or ''."""
        return next((value for key, value in reversed(self.pairs) if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a name."""
        return tuple(value for key, value in self.pairs if key == name)

    def having(self, **changes: str) -> str:
        """The address with these values instead; '' takes a name out. Paging starts anew unless it is given."""
        kept = self.others({*changes, *PAGING})
        return self._join([*kept, *((name, value) for name, value in changes.items() if value)])

    def without(self, name: str, value: str | None = None) -> str:
        """The address without a name, or without one of its values."""
        kept = [pair for pair in self.others(PAGING) if pair[0] != name or value not in (None, pair[1])]
        return self._join(kept)

    def others(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """The pairs of all other names: what a GET form has to carry along."""
        left_out = set(names)
        return [(key, value) for key, value in self.pairs if key not in left_out and value]

    def _join(self, pairs: Iterable[tuple[str, str]]) -> str:
        query = urlencode(list(pairs))
        return f"{self.path}?{query}" if query else self.path
