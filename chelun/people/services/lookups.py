"""Looking somebody up by a number is written down; by last digits it is bounded as well, for those can be guessed."""

from collections.abc import Sequence

from chelun.core.actors import Actor
from chelun.people.models import PersonCard
from chelun.people.selectors.search import Asked
from chelun.platform.privacy.services import note_openings, spend_lookup


def note_lookup(*, actor: Actor, asked: Asked, found: Sequence[PersonCard]) -> None:
    """Write down a look-up by ID number, telephone or last digits. Refused beyond the day's budget, found or not."""
    spend_lookup(actor=actor, what=f"lookup:{asked.kind}")
    opened = [(card.person_id, card.home) for card in found]
    note_openings(actor=actor, opened=opened, subject_kind="person", what="searched")
