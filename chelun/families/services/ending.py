"""Taking a consent back, by the page of the family."""

from uuid import UUID

from django.db import transaction

from chelun.core.actors import Actor
from chelun.core.errors import NotFound
from chelun.families.models import Relative
from chelun.families.selectors import relative_kept, standing_of, write_right
from chelun.platform.privacy.services.consents import withdraw_consent


def withdraw(*, actor: Actor, relative: UUID, consent: str) -> bool:
    """Take back one consent of a relative whom the actor may write; whether anything is still kept and shown."""
    with transaction.atomic():
        row = relative_kept(actor, relative)
        found = next((each for each in standing_of([row.pk]) if str(each.pk) == consent), None)
        if found is None:
            raise NotFound
        withdraw_consent(actor=actor, consent=found.pk, permission=write_right(row.stage))
    return Relative.objects.filter(pk=relative, until__isnull=False).exists()
