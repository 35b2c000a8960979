"""Cards that readers have seen and that give way go to the past, with the span in which they stood."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from chelun.core.bulk import insert_rows
from chelun.people.rules.past import Moments
from chelun.people.services.intake.shelf import Shelf
from chelun.platform.sheets.models import Batch

SPAN = ("known_from", "known_to")


def let_pass(shelf: Shelf, cards: Collection[UUID], ended: datetime) -> None:
    """Keep cards that stop being shown at a moment, with their spans, before they are deleted; not what nobody can have seen."""
    names = shelf.card_fields()
    rows = list(shelf.cards.filter(id__among=list(cards)).values_list(*names))
    shown = moments_of_batches({row[names.index("batch")] for row in rows})
    spans = [(_begin(names, row, shown), ended) for row in rows]
    values = [(*row, *span) for row, span in zip(rows, spans, strict=True) if span[0] and span[0] < ended]
    if values:
        insert_rows(shelf.past_model, (*names, *SPAN), values)


def _begin(names: tuple[str, ...], row: Any, shown: Moments) -> datetime | None:
    """When a card began to show: with its batch, of the single door at once; None when nobody has seen it."""
    batch: UUID | None = row[names.index("batch")]
    begin: datetime | None = row[names.index("updated_at")] if batch is None else shown.get(batch)
    return begin


def moments_of_batches(batches: Collection[UUID | None]) -> Moments:
    """When some batches showed."""
    named = {batch for batch in batches if batch}
    return dict(Batch.objects.filter(pk__in=named).values_list("id", "published_at")) if named else {}
