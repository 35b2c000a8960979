"""When something was known: from the moment at which its batch showed (the single door: at once) until it was taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

Moments = Mapping[UUID, datetime | None]
"""When each batch showed; None for one that nobody has seen yet."""


@dataclass(frozen=True, slots=True)
class Span:
    """Known from (None: never yet) until (None: still)."""

    begin: datetime | None
    end: datetime | None

    def holds(self, moment: datetime) -> bool:
        """Whether it was known at a moment; the one at which it ends no longer counts."""
        return self.begin is not None and self.begin <= moment and (self.end is None or moment < self.end)


def span_of(written: datetime, batch: UUID | None, superseded_by: UUID | None, shown: Moments) -> Span:
    """The span of a row that was written at a moment, by a batch or the single door, and given way to another batch.

    What is put under a batch that shows already (a waiting row that was settled later) is known from its own writing.
    """
    begin: datetime | None = written
    if batch is not None and batch in shown:
        published = shown[batch]
        begin = None if published is None else max(written, published)
    return Span(begin, shown.get(superseded_by) if superseded_by else None)
