"""Printing everything that is held of a person, for himself."""

from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.reasons import reasoned
from chelun.people.selectors.records import Held
from chelun.people.services.revealing import reveal_whole
from chelun.platform.audit.services import record
from chelun.platform.privacy.services import note_opening


def copy_of(*, actor: Actor, found: Held, reason: str, whole: bool) -> Held:
    """Write down that a copy is printed; `whole` asks for numbers in the clear as well, as far as the actor may reveal."""
    why = reasoned(reason, "people.copy.reason", _("请写明打印的理由（至少 4 个字）。"))
    shown = (
        reveal_whole(actor=actor, register="person", subject=found.subject, reason=why) if whole else found
    )
    note_opening(
        actor=actor,
        subject=found.subject,
        subject_kind="person",
        regions=shown.homes,
        what="printed",
        reason=why,
    )
    record(
        actor=actor, action="people.person.printed", target_kind="person", target=found.subject, region=shown.homes[0],
        reason=why, new={"whole": whole},
    )  # fmt: skip
    return shown
