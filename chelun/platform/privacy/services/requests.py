"""Requests of a person: registered at the counter for whoever stands there, done by the privacy officer, answered in words."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import open_with, seal_with
from chelun.core.errors import NotFound, Refused
from chelun.core.jsontext import from_json, to_sorted_json
from chelun.core.locks import again
from chelun.platform.audit.services import record
from chelun.platform.privacy.acts import act_for
from chelun.platform.privacy.choices import (
    OPEN_REQUESTS,
    Identity,
    LawfulException,
    OnBehalf,
    RequestKind,
    RequestState,
)
from chelun.platform.privacy.keys import key_of, keys_of
from chelun.platform.privacy.kinds import SUBJECT_KINDS
from chelun.platform.privacy.models import Erasure, PersonRequest
from chelun.platform.privacy.rules import due_on
from chelun.platform.privacy.services.erasing import propose_erasure
from chelun.platform.privacy.services.holds import DECIDE
from chelun.platform.privacy.settings import TERM
from chelun.platform.regions.selectors import placed
from chelun.platform.regions.words import values_for

REGISTER = "privacy.register"
PROOFS = {
    OnBehalf.SELF: (Identity.CARD, Identity.LICENCE),
    OnBehalf.GUARDIAN: (Identity.KINSHIP,),
    OnBehalf.AGENT: (Identity.LETTER,),
    OnBehalf.KIN: (Identity.KINSHIP,),
}
"""How it must be made sure who asks, by who stands at the counter."""
MOST_LETTERS = 1000


def register_request(
    *,
    actor: Actor,
    subject_kind: str,
    subject: UUID,
    kind: str,
    on_behalf: str,
    identity: str,
    words: str,
    asked: Mapping[str, str],
) -> PersonRequest:
    """Write down what a person asks for, about what the place holds that knew him last. NotFound outside the actor's places.

    Refused when it was not made sure who asks, or when the same is asked already and not answered.
    """
    if kind not in RequestKind.values or on_behalf not in OnBehalf.values:
        raise Refused("privacy.request.kind", _("请选择事项和申请人。"))
    if identity not in PROOFS[OnBehalf(on_behalf)]:
        raise Refused("privacy.request.identity", _("这样核对身份与申请人不符，请按申请人选择核对方式。"))
    shown = SUBJECT_KINDS[subject_kind].shown(actor.scope_for(REGISTER), subject)
    home = shown.homes[0]
    with transaction.atomic():
        same = PersonRequest.objects.filter(subject=subject, home=home, kind=kind, state__in=OPEN_REQUESTS)
        if kind not in (RequestKind.COMPLAINT, RequestKind.CORRECT) and same.exists():
            raise Refused("privacy.request.twice", _("同样的请求已经受理，还没有答复，不必再登记。"))
        term = str(values_for(home).value(TERM))
        request = PersonRequest.objects.create(
            subject=subject, subject_kind=subject_kind, home=home, kind=kind, on_behalf=on_behalf, identity=identity,
            sealed=_sealed(subject, {"words": words.strip()[:MOST_LETTERS], "asked": dict(asked)}),
            received_by=actor.actor_name, due_on=due_on(timezone.localdate(), term), **placed(home),
        )  # fmt: skip
        _noted(actor, request, "received")
    return request


def take_request(*, actor: Actor, request: UUID) -> None:
    """Say that one works on it."""
    with transaction.atomic():
        present = _open(actor, request)
        present.state, present.owner = RequestState.WORKING, actor.actor_name
        present.save(update_fields=["state", "owner"])
        _noted(actor, present, "taken")


def grant_request(*, actor: Actor, request: UUID, answer: str) -> PersonRequest:
    """Do what was asked, through the room that owns the data, and answer. A deletion goes by `grant_deletion`."""
    _answered(answer)

    def grant() -> PersonRequest:
        present = _open(actor, request)
        if present.kind == RequestKind.DELETE:
            raise Refused("privacy.request.deletion", _("删除请从“同意删除”办理，要由第二人批准。"))
        act = act_for(present.subject_kind, present.kind)
        content = content_of(present)
        if act.carry_out is not None:
            act.carry_out(actor, present.subject, present.home, content.get("asked", {}))
        return _end(actor, present, RequestState.DONE, answer)

    return again(grant)


def grant_deletion(*, actor: Actor, request: UUID, ground: str, answer: str) -> Erasure:
    """Agree to a deletion: an erasure is proposed, and a second person approves it. The request ends with it."""
    _answered(answer)
    with transaction.atomic():
        present = _open(actor, request)
        if present.kind != RequestKind.DELETE or present.erasure:
            raise Refused("privacy.request.no_deletion", _("这项请求不是删除，或已经提出抹除。"))
        erasure = propose_erasure(
            actor=actor, kind=present.subject_kind, subject=present.subject, ground=ground,
            reason=_("本人请求删除，受理编号 {number}").format(number=present.pk.hex[-8:].upper()),
        )  # fmt: skip
        present.erasure, present.owner, present.state = erasure.pk, actor.actor_name, RequestState.WORKING
        present.sealed = _sealed(
            present.subject, content_of(present) | {"answer": answer.strip()[:MOST_LETTERS]}
        )
        present.save(update_fields=["erasure", "owner", "state", "sealed"])
        _noted(actor, present, "taken")
    return erasure


def refuse_request(*, actor: Actor, request: UUID, exception: str, answer: str) -> PersonRequest:
    """Say no: only with a lawful exception by its name, and in words for the person."""
    if exception not in LawfulException.values:
        raise Refused("privacy.request.exception", _("不予办理必须写明法律规定的例外。"))
    _answered(answer)
    with transaction.atomic():
        present = _open(actor, request)
        present.exception = exception
        return _end(actor, present, RequestState.REFUSED, answer)


def withdraw_request(*, actor: Actor, request: UUID) -> None:
    """The person does not want it any more."""
    with transaction.atomic():
        present = _open(actor, request, REGISTER)
        if present.erasure:
            raise Refused("privacy.request.erasing", _("抹除已经提出，请先由提出人收回抹除。"))
        _end(actor, present, RequestState.WITHDRAWN, "")


def end_with_erasure(erasure: UUID) -> None:
    """Somebody was erased: all that he had asked for is over. Called in the same transaction."""
    done = Erasure.objects.get(pk=erasure)
    requests = PersonRequest.objects.filter(subject=done.subject, state__in=OPEN_REQUESTS)
    requests.update(state=RequestState.DONE, decided_by=done.decided_by, decided_at=datetime.now(UTC))


def release_from_erasure(erasure: UUID) -> None:
    """The erasure was not approved: the request waits for another answer."""
    PersonRequest.objects.filter(erasure=erasure, state__in=OPEN_REQUESTS).update(erasure=None)


def content_of(request: PersonRequest) -> dict[str, Any]:
    """What was asked and answered; nothing when the subject was erased."""
    key = keys_of([request.subject]).get(request.subject)
    content: dict[str, Any] = from_json(open_with(key, bytes(request.sealed))) if key else {}
    return content


def _sealed(subject: UUID, content: Mapping[str, Any]) -> bytes:
    return seal_with(key_of(subject), to_sorted_json(content))


def _answered(answer: str) -> None:
    if len(answer.strip()) < 4:
        raise Refused("privacy.request.answer", _("请写明给本人的答复（至少 4 个字）。"))


def _open(actor: Actor, pk: UUID, permission: str = DECIDE) -> PersonRequest:
    rows = PersonRequest.objects.select_for_update().in_scope(actor.scope_for(permission))
    present = rows.filter(pk=pk).first()
    if present is None:
        raise NotFound
    if present.state not in OPEN_REQUESTS:
        raise Refused("privacy.request.ended", _("这项请求已经办结。"))
    return present


def _end(actor: Actor, request: PersonRequest, state: str, answer: str) -> PersonRequest:
    request.sealed = _sealed(request.subject, content_of(request) | {"answer": answer.strip()[:MOST_LETTERS]})
    request.state, request.decided_by, request.decided_at = state, actor.actor_name, datetime.now(UTC)
    request.owner = request.owner or actor.actor_name
    request.save()
    _noted(actor, request, {"done": "answered", "refused": "refused"}.get(str(state), "withdrawn"))
    return request


def _noted(actor: Actor, request: PersonRequest, verb: str) -> None:
    record(
        actor=actor, action=f"privacy.request.{verb}", target_kind=request.subject_kind, target=request.subject,
        region=request.home, new={"kind": request.kind, "request": str(request.pk), "exception": request.exception},
    )  # fmt: skip
