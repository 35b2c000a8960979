"""What the firms app does when rooms below tell it something."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from chelun.core.actors import SystemActor
from chelun.firms.services.reviewing import ask_for_review
from chelun.platform.sheets.events import batch_published


@receiver(batch_published)
def review_again(sender: object, batch: UUID, **kwargs: Any) -> None:
    """New rows are seen: firms are reviewed anew. A review that runs already may not have seen them."""
    ask_for_review(actor=SystemActor("firms"), after=str(batch))
