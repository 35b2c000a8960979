"""Looking at what is sensitive: written down every time, with a reason where a value is shown, within a daily budget."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.bulk import insert_rows
from chelun.core.errors import Refused
from chelun.core.identifiers import uuid7
from chelun.core.locks import wait_for_turn
from chelun.core.reasons import reasoned
from chelun.platform.audit.services import record
from chelun.platform.privacy.models import AccessRecord

NOBODY = UUID(int=0)
"""The subject of a look-up that has not found anybody yet."""


def note_opening(
    *,
    actor: Actor,
    subject: UUID,
    subject_kind: str,
    regions: Collection[str],
    what: str = "opened",
    reason: str = "",
) -> None:
    """Write down that somebody opened a file: a line for each place whose data he saw (their own codes).

    Several openings by the same reader on one day are one line.
    """
    opened = [(subject, region) for region in regions]
    note_openings(actor=actor, opened=opened, subject_kind=subject_kind, what=what, reason=reason)


def note_openings(
    *,
    actor: Actor,
    opened: Iterable[tuple[UUID, str]],
    subject_kind: str,
    what: str = "opened",
    reason: str = "",
) -> None:
    """As `note_opening` for several (subject, place) at once, in as many statements as for one."""
    wanted, day = set(opened), timezone.localdate()
    seen = AccessRecord.objects.filter(
        subject__in={subject for subject, _ in wanted},
        actor=actor.actor_name,
        day=day,
        what=what,
        reason=reason,
    ).values_list("subject", "region")
    if wanted <= set(seen):
        return
    with transaction.atomic():
        wait_for_turn(f"privacy.opening:{actor.actor_name}")
        _insert(actor, sorted(wanted - set(seen.all())), subject_kind, what, reason, day)


def note_export(
    *, actor: Actor, subjects: Iterable[tuple[UUID, str]], subject_kind: str, reason: str
) -> None:
    """Write down that a list with these (subject, place) left the house."""
    _insert(actor, subjects, subject_kind, "exported", reason[:200], timezone.localdate())


def _insert(
    actor: Actor, opened: Iterable[tuple[UUID, str]], subject_kind: str, what: str, reason: str, day: date
) -> None:
    now, name = timezone.now(), actor.actor_name
    fields = ("id", "subject", "subject_kind", "at", "day", "actor", "what", "reason", "region")
    rows = [
        (uuid7(), subject, subject_kind, now, day, name, what, reason, region) for subject, region in opened
    ]
    insert_rows(AccessRecord, fields, rows)


def spend_reveal(
    *, actor: Actor, subject: UUID, subject_kind: str, field: str, reason: str, region: str
) -> None:
    """Allow one sensitive value to be shown: refused without a reason or beyond the day's budget; always written down."""
    sentence = _("请写明查看的理由（至少 4 个字），本人可以看到这条理由。")
    why = reasoned(reason, "privacy.reveal.reason", sentence)
    with transaction.atomic():
        budget, day = settings.CHELUN_REVEALS_A_DAY, timezone.localdate()
        if _spent_in_turn(actor, day, "revealed:") >= budget:
            sentence = _("今天查看原文的次数已用完（{budget} 次）。确有需要，请联系安全管理员。")
            raise Refused("privacy.reveal.budget", sentence.format(budget=budget))
        _write(actor, subject, subject_kind, f"revealed:{field}", why, day, region)
        record(
            actor=actor, action="privacy.value.revealed", target_kind=subject_kind, target=subject, region=region,
            reason=why, new={"field": field},
        )  # fmt: skip


def spend_lookup(*, actor: Actor, what: str) -> None:
    """Allow one short look-up by last digits: such digests are guessable, so they are counted and bounded."""
    day = timezone.localdate()
    with transaction.atomic():
        if _spent_in_turn(actor, day, what) >= settings.CHELUN_LOOKUPS_A_DAY:
            raise Refused(
                "privacy.lookup.budget", _("今天按尾号查找的次数已用完，请改用完整号码或姓名查找。")
            )
        _write(actor, NOBODY, "", what, "", day)


def _spent_in_turn(actor: Actor, day: date, what: str) -> int:
    """How often today; whoever asks at the same moment by the same account waits until this one is written down."""
    wait_for_turn(f"privacy.budget:{actor.actor_name}")
    return AccessRecord.objects.filter(actor=actor.actor_name, day=day, what__startswith=what).count()


def _write(
    actor: Actor, subject: UUID, subject_kind: str, what: str, reason: str, day: date, region: str = ""
) -> None:
    AccessRecord.objects.create(
        subject=subject, subject_kind=subject_kind, actor=actor.actor_name, what=what, reason=reason, day=day,
        region=region,
    )  # fmt: skip
