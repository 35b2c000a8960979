"""What the cockpit does when rooms below tell it something."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from chelun.cockpit.services import ask_after_change, ask_for_computing
from chelun.core.actors import SystemActor
from chelun.people.events import files_joined
from chelun.platform.privacy.events import data_deleted
from chelun.platform.sheets.events import batch_published, place_written


@receiver(batch_published)
def compute_again(sender: object, batch: UUID, **kwargs: Any) -> None:
    """New rows are seen: the indicators are computed anew. A computing that runs already may not have counted them."""
    ask_for_computing(actor=SystemActor("cockpit"), after=str(batch))


@receiver(data_deleted)
def compute_without(sender: object, after: str, **kwargs: Any) -> None:
    """Somebody was erased, or much was deleted by term: the indicators are computed anew."""
    ask_for_computing(actor=SystemActor("cockpit"), after=after)


@receiver(files_joined)
def compute_joined(sender: object, bulk: UUID, **kwargs: Any) -> None:
    """Many files have become one, or two again: the indicators are computed anew."""
    ask_for_computing(actor=SystemActor("cockpit"), after=str(bulk))


@receiver(place_written)
def compute_corrected(sender: object, **kwargs: Any) -> None:
    """A row was entered, corrected, settled, joined or taken off by hand: the indicators follow as they follow an import."""
    ask_after_change(actor=SystemActor("cockpit"))
