"""What keeps somebody's data from going for now: a dispute or inquiry that an officer names, an open request, a consent in force."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import open_with, seal_with
from chelun.core.errors import NotFound, Refused
from chelun.core.scope import ScopedQuerySet
from chelun.platform.audit.services import record
from chelun.platform.privacy.choices import OPEN_REQUESTS, ErasureState, HoldGround
from chelun.platform.privacy.keys import key_of, keys_of
from chelun.platform.privacy.kinds import HOLDINGS, SUBJECT_KINDS, kin_of, leaves_of
from chelun.platform.privacy.models import Consent, Erasure, Hold, PersonRequest, standing
from chelun.platform.regions.selectors import placed

DECIDE = "privacy.decide"
WORDS = 8


def set_hold(
    *, actor: Actor, subject_kind: str, subject: UUID, ground: str, words: str, until: date | None
) -> Hold:
    """Keep what is held of somebody until the hold is released or its day is over. NotFound outside the actor's places."""
    if ground not in HoldGround.values:
        raise Refused("privacy.hold.ground", _("请选择暂缓删除的依据。"))
    if len(words.strip()) < WORDS:
        raise Refused(
            "privacy.hold.words", _("请写明是哪一件争议、调查，或哪部法律的哪一条（至少 8 个字）。")
        )
    if until is not None and until <= timezone.localdate():
        raise Refused("privacy.hold.until", _("留存至哪一天要晚于今天；说不定就留空。"))
    home = SUBJECT_KINDS[subject_kind].shown(actor.scope_for(DECIDE), subject).homes[0]
    values = {
        "subject": subject, "subject_kind": subject_kind, "home": home, "ground": ground, "until": until,
        "sealed": seal_with(key_of(subject), words.strip()[:500]), "set_by": actor.actor_name, **placed(home),
    }  # fmt: skip
    try:
        with transaction.atomic():
            _standing().filter(
                subject=subject, home=home, ground=ground, until__lt=timezone.localdate()
            ).update(released_at=datetime.now(UTC), released_by=actor.actor_name)
            hold = Hold.objects.create(**values)
            _noted(actor, hold, "set")
    except IntegrityError as error:
        raise Refused("privacy.hold.twice", _("同样依据的暂缓删除已经有了，先解除原来的。")) from error
    return hold


def release_hold(*, actor: Actor, hold: UUID) -> Hold:
    """It is over: what is due goes with the next run."""
    with transaction.atomic():
        rows = Hold.objects.select_for_update().in_scope(actor.scope_for(DECIDE))
        present = rows.filter(pk=hold).first()
        if present is None:
            raise NotFound
        if present.released_at:
            raise Refused("privacy.hold.released", _("这项暂缓删除已经解除。"))
        present.released_at, present.released_by = datetime.now(UTC), actor.actor_name
        present.save(update_fields=["released_at", "released_by"])
        _noted(actor, present, "lifted")
    return present


def words_of(hold: Hold) -> str:
    """What the officer wrote; '' when the subject was erased since."""
    key = keys_of([hold.subject]).get(hold.subject)
    return open_with(key, bytes(hold.sealed)) if key else ""


def refuse_if_held(kind: str, subject: UUID) -> None:
    """Refused while a hold stands on any identity of the subject, in whichever place; which one is not told here."""
    if _standing_now().filter(subject__in=leaves_of(kind, subject)).exists():
        raise Refused(
            "privacy.erasure.held",
            _("有依法暂缓删除的决定还没有解除，现在不能抹除。请在“暂缓删除”里核对，或答复本人属于法定例外。"),
        )


def kept_for_now(kind: str, home: str, subjects: Collection[UUID]) -> dict[UUID, str]:
    """Those of some subjects who may not go in a place now, each with the name of the exception (`kinds.HOLDINGS`)."""
    found: dict[UUID, str] = {}
    for holding in HOLDINGS:
        for subject in holding.held(kind, home, subjects):
            found.setdefault(subject, holding.name)
    return found


def by_hold(kind: str, home: str, subjects: Collection[UUID]) -> set[UUID]:
    """A dispute or inquiry, or a statute's term."""
    return _meant(_standing_now(), subjects)


def by_request(kind: str, home: str, subjects: Collection[UUID]) -> set[UUID]:
    """He has asked for something and has no answer yet: it would have no object any more."""
    return _meant(PersonRequest.objects.filter(state__in=OPEN_REQUESTS), subjects)


def by_consent(kind: str, home: str, subjects: Collection[UUID]) -> set[UUID]:
    """What he agreed to goes on in this place. Rows that are over by themselves are not kept for it (no kind)."""
    rows = Consent.objects.filter(standing(timezone.localdate()), home=home)
    return _meant(rows, subjects) if kind else set()


def _meant(rows: QuerySet[Any], subjects: Collection[UUID]) -> set[UUID]:
    """Those of the subjects whom the rows name, by any of their identities."""
    named: dict[str, set[UUID]] = {}
    for kind, subject in rows.order_by().values_list("subject_kind", "subject").distinct():
        named.setdefault(kind, set()).add(subject)
    kin = {leaf for kind, each in named.items() for leaf in kin_of(kind, each)}
    return set(subjects) & kin


def by_erasure(kind: str, home: str, subjects: Collection[UUID]) -> set[UUID]:
    """Somebody decides on his erasure already."""
    return _meant(Erasure.objects.filter(state__in=(ErasureState.PROPOSED, ErasureState.RUNNING)), subjects)


def _standing() -> ScopedQuerySet[Hold]:
    return Hold.objects.filter(released_at=None)


def _standing_now() -> ScopedQuerySet[Hold]:
    return _standing().filter(Q(until=None) | Q(until__gte=timezone.localdate()))


def _noted(actor: Actor, hold: Hold, verb: str) -> None:
    record(
        actor=actor, action=f"privacy.hold.{verb}", target_kind=hold.subject_kind, target=hold.subject,
        region=hold.home, new={"ground": hold.ground, "until": hold.until.isoformat() if hold.until else ""},
    )  # fmt: skip
