"""What the firms app does when rooms below tell it something."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from chelun.core.actors import SystemActor
from chelun.firms.services.reviewing import ask_for_review
from chelun.people.events import files_joined
from chelun.platform.sheets.events import batch_published


@receiver(batch_published)
def review_again(sender: object, batch: UUID, **kwargs: Any) -> None:
    """New rows are seen: firms are reviewed anew. A review that runs already may not have seen them."""
    ask_for_review(actor=SystemActor("firms"), after=str(batch))


@receiver(files_joined)
def review_joined(sender: object, bulk: UUID, **kwargs: Any) -> None:
    """Many vehicles have become one, or two again: the fleets of firms are counted anew."""
    ask_for_review(actor=SystemActor("firms"), after=str(bulk))
