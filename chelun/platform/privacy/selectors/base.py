"""Reads of who looked; of erasures, requests, notices and consents of the reader's places."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from chelun.core.actors import Actor
from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.platform.privacy.acts import Ask, act_for
from chelun.platform.privacy.choices import OPEN_REQUESTS, ErasureState, RequestKind, RequestState
from chelun.platform.privacy.kinds import SUBJECT_KINDS, Shown
from chelun.platform.privacy.models import (
    AccessRecord,
    Consent,
    Erasure,
    ErasureShare,
    Notice,
    PersonRequest,
    Tombstone,
    standing,
)
from chelun.platform.privacy.services.erasing import seal_of
from chelun.platform.privacy.services.holds import DECIDE
from chelun.platform.privacy.services.requests import content_of

OPEN, OVERDUE = "open", "overdue"


def access_list(*, subject: UUID, regions: Collection[str]) -> QuerySet[AccessRecord]:
    """Everybody who looked at what these places (their own codes) know of one subject, newest first."""
    return AccessRecord.objects.filter(subject=subject, region__in=regions).order_by("-at")


@dataclass(frozen=True, slots=True)
class Proof:
    """An erasure as one reader may see it: `own` when it was decided in his places, with what went in his places only.

    `shown` names the subject while it is not erased yet; `genuine` says that the whole proof bears its seal.
    """

    erasure: Erasure
    own: bool
    shares: tuple[ErasureShare, ...]
    shown: Shown | None
    stone: Tombstone | None
    genuine: bool


def erasure_list(scope: Scope) -> QuerySet[Erasure]:
    """The erasures that were decided in these places or took something away in them, newest first."""
    mine, shares = Erasure.objects.in_scope(scope), ErasureShare.objects.in_scope(scope)
    return Erasure.objects.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=shares.values("erasure"))).order_by(
        "-id"
    )


def erasure_proof(scope: Scope, pk: UUID) -> Proof:
    """One erasure; NotFound when it concerns none of the places."""
    erasure = erasure_list(scope).filter(pk=pk).first()
    if erasure is None:
        raise NotFound
    shares = list(ErasureShare.objects.filter(erasure=pk))
    visible = set(ErasureShare.objects.in_scope(scope).filter(erasure=pk).values_list("pk", flat=True))
    own = Erasure.objects.in_scope(scope).filter(pk=pk).exists()
    seen = tuple(share for share in shares if share.pk in visible or (own and not share.home))
    stone = Tombstone.objects.filter(erasure=pk).first()
    genuine = erasure.state == ErasureState.DONE and erasure.seal == seal_of(erasure, shares)
    return Proof(erasure, own, seen, _shown(scope, erasure), stone, genuine)


def _shown(scope: Scope, erasure: Erasure) -> Shown | None:
    if erasure.state == ErasureState.DONE:
        return None
    try:
        return SUBJECT_KINDS[erasure.subject_kind].shown(scope, erasure.subject)
    except NotFound:
        return None


def subject_shown(scope: Scope, kind: str, subject: UUID) -> Shown:
    """A subject by its name; NotFound when no place in scope knows it, or the kind can never be erased."""
    known = SUBJECT_KINDS.get(kind)
    if known is None:
        raise NotFound
    return known.shown(scope, subject)


def count_undecided(actor: Actor) -> int:
    """Erasures that wait for a second person, other than the actor's own."""
    waiting = Erasure.objects.in_scope(actor.scope_for(DECIDE)).filter(state=ErasureState.PROPOSED)
    return waiting.exclude(proposed_by=actor.actor_name).count()


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it is shown: opened, with what its act asks, and the subject by name while it is not erased."""

    request: PersonRequest
    content: dict[str, Any]
    asks: tuple[Ask, ...]
    shown: Shown | None


def request_list(scope: Scope, *, state: str = "", kind: str = "") -> QuerySet[PersonRequest]:
    """Requests registered in these places; `state` may also be 'open' for all that wait, or 'overdue'."""
    rows = PersonRequest.objects.in_scope(scope)
    rows = rows.filter(state=state) if state in RequestState.values else rows
    if state in (OPEN, OVERDUE):
        rows = rows.filter(state__in=OPEN_REQUESTS)
    if state == OVERDUE:
        rows = rows.filter(due_on__lt=timezone.localdate())
    return rows.filter(kind=kind) if kind in RequestKind.values else rows


def request_asked(scope: Scope, pk: UUID) -> Asked:
    """One request; NotFound outside the places."""
    request = PersonRequest.objects.in_scope(scope).filter(pk=pk).first()
    if request is None:
        raise NotFound
    content = content_of(request)
    try:
        shown = SUBJECT_KINDS[request.subject_kind].shown(scope, request.subject)
    except NotFound:
        return Asked(request, content, (), None)
    asks = act_for(request.subject_kind, request.kind).asks(scope, request.subject, request.home)
    return Asked(request, content, tuple(asks), shown)


def count_requests(actor: Actor) -> int:
    """Requests that nobody has answered."""
    rows = PersonRequest.objects.in_scope(actor.scope_for(DECIDE))
    return rows.filter(state__in=OPEN_REQUESTS).count()


def count_overdue(actor: Actor) -> int:
    """Requests whose day has passed without an answer."""
    rows = PersonRequest.objects.in_scope(actor.scope_for(DECIDE))
    return rows.filter(state__in=OPEN_REQUESTS, due_on__lt=timezone.localdate()).count()


def notice_list(scope: Scope) -> QuerySet[Notice]:
    """All versions of the notices of these places, those published last first."""
    return Notice.objects.in_scope(scope).order_by("-id")


def notice_places() -> list[str]:
    """The codes of the places that have a notice in force. Public: which offices use this system is no secret."""
    rows = Notice.objects.filter(valid_from__lte=timezone.localdate()).order_by("region")
    return list(rows.values_list("region", flat=True).distinct()[:500])


def consent_in(scope: Scope, consent: UUID) -> Consent:
    """One of these places; NotFound otherwise."""
    found = Consent.objects.in_scope(scope).filter(pk=consent).first()
    if found is None:
        raise NotFound
    return found


def is_last(consent: Consent) -> bool:
    """Whether no other consent of its subject stands in the place."""
    others = Consent.objects.filter(
        standing(timezone.localdate()), subject=consent.subject, home=consent.home
    )
    return not others.exclude(pk=consent.pk).exists()


def consent_list(scope: Scope, subject: UUID) -> list[Consent]:
    """What a person agreed to in these places, the newest first."""
    rows = Consent.objects.in_scope(scope).filter(subject=subject).select_related("notice")
    return list(rows.order_by("-given_at")[:100])
