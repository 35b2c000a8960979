"""What follows within privacy: a request for deletion ends with its erasure."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from chelun.platform.privacy.events import erasure_declined, subject_erased
from chelun.platform.privacy.services.requests import end_with_erasure, release_from_erasure


@receiver(subject_erased)
def end_requests(sender: object, erasure: UUID, **kwargs: Any) -> None:
    """Whoever asked to be deleted is; what else he had asked for has no object any more."""
    end_with_erasure(erasure)


@receiver(erasure_declined)
def release_requests(sender: object, erasure: UUID, **kwargs: Any) -> None:
    """Not approved: the request waits for another answer."""
    release_from_erasure(erasure)
