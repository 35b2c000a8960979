"""How relatives go: with their consent, with their day, with the registered person unless they agreed to something of their own."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chelun.core.actors import Actor
from chelun.core.crypto import seal_with
from chelun.core.jsontext import to_sorted_json
from chelun.families.choices import Stage
from chelun.families.models import FamilyWish, Relative
from chelun.families.rules import CONTACT, SERVICES
from chelun.families.selectors import KIND, open_facts, show_relative, standing_of
from chelun.platform.privacy.choices import ErasureGround
from chelun.platform.privacy.keys import key_of
from chelun.platform.privacy.kinds import Known, SubjectKind
from chelun.platform.privacy.services.consents import end_consents
from chelun.platform.privacy.services.erasing import erase_at_once
from chelun.platform.privacy.services.holds import by_hold
from chelun.platform.privacy.walk import erase_rows
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.batches import hold_place

Subjects = Collection[UUID]


def hold_relatives(subjects: Subjects) -> tuple[str, ...]:
    """Let nobody else write in their places until the transaction ends; these places."""
    rows = Relative.objects.filter(pk__in=list(subjects)).order_by("home")
    homes = tuple(rows.values_list("home", flat=True).distinct())
    for home in homes:
        hold_place(placed(home))
    return homes


def know_relatives(subjects: Subjects) -> Known:
    """Nothing to look for elsewhere: relatives come by no sheet and leave by no list. A telephone may be the driver's too."""
    return Known()


def leave_relatives(subjects: Subjects) -> Callable[[], Mapping[str, int]]:
    """Nothing is mentioned by their rows alone."""
    return dict


RELATIVE_KIND = SubjectKind(
    KIND, gettext_lazy("家属"), Relative, hold_relatives, know_relatives, leave_relatives, show_relative, travels=False
)  # fmt: skip


def rows_of(subjects: Subjects) -> Any:
    """The rows of relatives, and of those whose registered person is one of the subjects."""
    mine = list(subjects)
    return Relative.objects.filter(pk__in=mine) | Relative.objects.filter(person__in=mine)


def strike_relatives(rows: Any, subjects: Subjects) -> None:
    """Relatives themselves go. With a registered person go those who were only to be reached for him, keys and all; who agreed to
    something of their own stay, and nothing says any more whose they are."""
    rows.filter(pk__in=list(subjects)).delete()
    tied = dict(rows.filter(person__in=list(subjects)).values_list("pk", "home"))
    own = {consent.subject for consent in standing_of(tied, SERVICES)}
    if tied.keys() - own:
        erase_rows(RELATIVE_KIND, tied.keys() - own)
    for relative in own:
        end_consents([relative], tied[relative], CONTACT)
    Relative.objects.filter(pk__in=own).update(person=None)
    for row in Relative.objects.filter(pk__in=own):
        restate(row)


def restate(relative: Relative) -> None:
    """Until when anything that was agreed to counts, None when nothing does; a telephone goes with the consent to be reached."""
    consents = standing_of([relative.pk])
    relative.until = max((consent.until for consent in consents if consent.until), default=None)
    relative.save(update_fields=["until"])
    reached = relative.stage != Stage.ADULT or CONTACT in {consent.purpose for consent in consents}
    if not reached and relative.until is not None and not by_hold(KIND, relative.home, [relative.pk]):
        _forget_telephone(relative)


def _forget_telephone(relative: Relative) -> None:
    """What was kept for a purpose that is over goes; the rest stays."""
    key = key_of(relative.pk)
    facts = open_facts(relative, key)
    if facts.pop("phone", ""):
        relative.sealed = seal_with(key, to_sorted_json(facts))
        relative.save(update_fields=["sealed"])


def stop(actor: Actor, subject: UUID, home: str) -> None:
    """A consent was taken back: with the last one everything goes at once, unless a dispute keeps it, out of sight, for now."""
    relative = Relative.objects.select_for_update(of=("self",)).filter(pk=subject).first()
    if relative is None:
        return
    restate(relative)
    if relative.until is None and not by_hold(KIND, home, [subject]):
        erase_relative(actor, relative, ErasureGround.WITHDRAWN, _("家属的同意已撤回"))


def erase_relative(actor: Actor, relative: Relative, ground: str, reason: str) -> None:
    """Take a relative out of everything, with a proof."""
    erase_at_once(
        actor=actor, kind=KIND, subject=relative.pk, home=relative.home, ground=ground, reason=reason
    )


def wishes_of(subjects: Subjects) -> Any:
    """The wishes that wait on the files of some registered persons."""
    return FamilyWish.objects.filter(person__in=list(subjects))
