"""What the registers do when rooms below tell them something."""

from typing import Any

from django.dispatch import receiver

from chelun.people.reminders import DAYS
from chelun.platform.regions.events import setting_changed
from chelun.platform.sheets.batches import outdate_places


@receiver(setting_changed)
def count_papers_again(sender: object, region: str, key: str, **kwargs: Any) -> None:
    """Another span of reminding: which papers expire soon is another number from now on."""
    if key == DAYS:
        outdate_places(region)
