"""What the registers do when rooms below tell them something."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from chelun.core.actors import SystemActor
from chelun.people.reminders import DAYS
from chelun.people.services.likeness import ask_to_look
from chelun.platform.regions.events import setting_changed
from chelun.platform.sheets.batches import outdate_places
from chelun.platform.sheets.events import batch_published


@receiver(setting_changed)
def count_papers_again(sender: object, region: str, key: str, **kwargs: Any) -> None:
    """Another span of reminding: which papers expire soon is another number from now on."""
    if key == DAYS:
        outdate_places(region)


@receiver(batch_published)
def look_for_likenesses(sender: object, batch: UUID, **kwargs: Any) -> None:
    """New rows are seen: the files of their place are compared. A search that runs already may not have seen them."""
    ask_to_look(actor=SystemActor("people"), after=str(batch))
