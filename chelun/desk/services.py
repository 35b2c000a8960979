"""Proposing a change, handing it in, checking it; the last «yes» applies it through the single door."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import seal_with
from chelun.core.errors import NotFound, Refused
from chelun.core.jsontext import to_json
from chelun.core.reasons import reasoned, without_numbers
from chelun.desk.choices import ChangeState, Verdict
from chelun.desk.models import ChangeCheck, ChangeRequest
from chelun.desk.place_settings import CHECKS
from chelun.desk.rules import FACT_OF, OPEN, Line, is_last, lines_between, may_check
from chelun.desk.selectors import Change, change_detail, change_list, lines_of, seen_of
from chelun.people.services.amending import UNCHANGED, amend, cells_of, facts_of, standing_in
from chelun.people.services.door import checked_row
from chelun.people.services.intake.shelf import SHELVES
from chelun.people.services.revealing import REVEAL
from chelun.platform.audit.services import record
from chelun.platform.privacy.keys import keys_of, make_keys
from chelun.platform.privacy.services import spend_reveal
from chelun.platform.regions.selectors import placed, within
from chelun.platform.regions.words import values_for

FILE, CHECK = "people.edit", "changes.check"
REASONLESS = "desk.change.reason"


def propose_change(
    *,
    actor: Actor,
    register: str = "person",
    subject: UUID,
    home: str,
    raw: Mapping[str, str],
    reason: str,
    hand_in: bool,
) -> ChangeRequest:
    """Propose that these cells should stand on a file. `raw` holds what the form showed; the rest stays.

    RowRefused names fields that the rules refuse; Refused when nothing differs or the reason is missing. NotFound
    outside the scope in which the actor may edit.
    """
    lines = _lines(actor, register, subject, home, raw)
    why = _reason(reason)
    with transaction.atomic():
        request = ChangeRequest.objects.create(
            **placed(home), home=home, **{f"{register}_id": subject}, reason=why, sealed=_sealed(subject, lines),
            filed_by=actor.actor_name, checks_needed=checks_in(home),
            state=ChangeState.FILED if hand_in else ChangeState.DRAFT, taken=[line.field for line in lines],
        )  # fmt: skip
        _noted(actor, request, "filed" if hand_in else "drafted", fields=request.taken)
    return request


def change_draft(
    *,
    actor: Actor,
    change: UUID,
    raw: Mapping[str, str],
    reason: str,
    hand_in: bool,
    dropped: Collection[str] = (),
) -> ChangeRequest:
    """Propose something else in a draft of one's own. What `raw` leaves out stays proposed, unless it is `dropped`.

    The lines are drawn anew against what stands now. It is refused as a proposal is, and when it is no draft any more.
    """
    with transaction.atomic():
        request = _own_draft(actor, change)
        kept = {line.field: line.new for line in lines_of(request) if line.field not in dropped}
        lines = _lines(actor, request.register, request.subject, request.home, {**kept, **raw})
        request.reason, request.taken = _reason(reason), [line.field for line in lines]
        request.sealed = _sealed(request.subject, lines)
        request.save(update_fields=["reason", "taken", "sealed"])
        _noted(actor, request, "changed", fields=request.taken)
        if hand_in:
            _hand_in(actor, request)
    return request


def hand_in(*, actor: Actor, change: UUID) -> None:
    """Hand a draft of one's own in."""
    with transaction.atomic():
        _hand_in(actor, _own_draft(actor, change))


def _own_draft(actor: Actor, change: UUID) -> ChangeRequest:
    """A request of one's own that is still a draft, held until the transaction ends."""
    request = _own(actor, change)
    _expect(request, {ChangeState.DRAFT})
    return request


def _hand_in(actor: Actor, request: ChangeRequest) -> None:
    request.state, request.checks_needed = ChangeState.FILED, checks_in(request.home)
    request.save(update_fields=["state", "checks_needed"])
    _noted(actor, request, "filed")


def withdraw_change(*, actor: Actor, change: UUID) -> None:
    """Take a request of one's own back, as long as it is not decided."""
    with transaction.atomic():
        request = _own(actor, change)
        _expect(request, OPEN)
        _decide(request, ChangeState.WITHDRAWN, "")
        _noted(actor, request, "withdrawn")


def refuse_change(*, actor: Actor, change: UUID, note: str) -> None:
    """Say no, with a reason that the proposer reads."""
    note = reasoned(note, REASONLESS, _("请写明不同意的理由（至少 4 个字），提出的人会看到。"))
    with transaction.atomic():
        request = _to_check(actor, change)
        _check(actor, request, Verdict.REFUSE, note, [])
        _decide(request, ChangeState.REFUSED, note, unread=True)
        _noted(actor, request, "refused")


def pass_change(
    *, actor: Actor, change: UUID, taken: Collection[str], seen: str, note: str = ""
) -> ChangeRequest:
    """Say yes to some of the lines. With the last check needed they stand on the file at once.

    `seen` is the digest of what stood when the checker looked (`seen_of`): Refused when it is another by now.
    RowRefused when the rules refuse what would come of it.
    """
    with transaction.atomic():
        request = _to_check(actor, change)
        proposed = lines_of(request)
        lines = [line for line in proposed if line.field in request.taken and line.field in taken]
        if not lines:
            raise Refused("desk.change.none", _("一项也没有选。都不采纳，请点“不同意”。"))
        standing = cells_of(request.register, standing_in(request.register, request.subject, request.home))
        if seen != seen_of(proposed, standing):
            raise Refused("desk.change.moved", _("您打开以后，档案上的内容又变了，请重新核对再审核。"))
        last = is_last(checks_done=request.checks_done, checks_needed=request.checks_needed)
        _check(actor, request, Verdict.PASS, note, [line.field for line in lines])
        if last:
            raw = {line.field: line.new for line in lines}
            amend(actor=actor, register=request.register, subject=request.subject, home=request.home, raw=raw)
            _decide(request, ChangeState.APPLIED, note.strip(), unread=len(lines) < len(proposed))
        _noted(actor, request, "applied" if last else "checked", fields=request.taken)
    return request


def line_to_reveal(actor: Actor, change: UUID, field: str) -> tuple[Change, Line]:
    """A line that stands masked before one who is to check it now and may see it in the clear; NotFound for anybody else."""
    found = change_detail(scope=actor.scope_for(REVEAL), actor=actor, change=change)
    line = next((line for line in found.lines if line.field == field), None)
    hidden = SHELVES[found.request.register].hides(FACT_OF.get(field, field))
    if line is None or not hidden or not may_reveal(actor, found):
        raise NotFound
    return found, line


def may_reveal(actor: Actor, change: Change) -> bool:
    """Whether he is to check it now, and may see secret values in its place."""
    home = change.request.home
    rights = all(within(home, actor.scope_for(right)) for right in (CHECK, REVEAL))
    return rights and change.may_check(actor)


def reveal_line(*, actor: Actor, change: Change, line: Line, reason: str) -> None:
    """Allow one line to be shown: both its values count as one, are written down, and the person can read the reason."""
    request = change.request
    spend_reveal(
        actor=actor, subject=request.subject, subject_kind=request.register, field=FACT_OF.get(line.field, line.field),
        reason=reason, region=request.home,
    )  # fmt: skip


def note_read(actor: Actor, request: ChangeRequest) -> None:
    """Its writer has seen what became of it: it waits on his start page no longer."""
    if request.unread and request.filed_by == actor.actor_name:
        ChangeRequest.objects.filter(pk=request.pk).update(unread=False)


def _lines(actor: Actor, register: str, subject: UUID, home: str, raw: Mapping[str, str]) -> list[Line]:
    """What would be different; refused where nothing is, and where the rules refuse it."""
    old = cells_of(register, facts_of(actor, register, subject, home))
    lines = lines_between(old, {name: cell for name, cell in raw.items() if name not in UNCHANGED[register]})
    if not lines:
        raise Refused("desk.change.same", _("没有改动任何一项。"))
    checked_row(register, {**old, **raw}, placed(home))
    return lines


def _reason(typed: str) -> str:
    return reasoned(typed, REASONLESS, _("请写明变更的理由（至少 4 个字）。"))


def _sealed(subject: UUID, lines: Iterable[Line]) -> bytes:
    return seal_with(_key(subject), to_json([line.stored() for line in lines]))


def _key(subject: UUID) -> bytes:
    """The subject's key; a firm or vehicle that had nothing to keep secret gets its first."""
    found = keys_of([subject]).get(subject)
    return found if found is not None else make_keys([subject])[subject]


def checks_in(home: str) -> int:
    """How many checks the place asks for."""
    return int(str(values_for(home).value(CHECKS)))


def _own(actor: Actor, change: UUID) -> ChangeRequest:
    request = _locked(actor, change, FILE)
    if request.filed_by != actor.actor_name:
        raise NotFound
    return request


def _to_check(actor: Actor, change: UUID) -> ChangeRequest:
    request = _locked(actor, change, CHECK)
    _expect(request, {ChangeState.FILED})
    checked_by = list(request.checks.values_list("by", flat=True))
    if not may_check(
        state=request.state, filed_by=request.filed_by, checked_by=checked_by, actor=actor.actor_name
    ):
        raise Refused("desk.change.own", _("自己提出的、已经审核过的申请，须由别人审核。"))
    return request


def _locked(actor: Actor, change: UUID, permission: str) -> ChangeRequest:
    rows = change_list(scope=actor.scope_for(permission), actor=actor).select_for_update(of=("self",))
    request = rows.filter(pk=change).first()
    if request is None:
        raise NotFound
    return request


def _expect(request: ChangeRequest, states: Collection[str]) -> None:
    if request.state not in states:
        raise Refused("desk.change.over", _("这份申请已经办结，或者不在这一步。"))


def _check(actor: Actor, request: ChangeRequest, verdict: Verdict, note: str, taken: list[str]) -> None:
    ChangeCheck.objects.create(
        request=request, number=request.checks_done + 1, by=actor.actor_name, verdict=verdict,
        note=without_numbers(note.strip()[:200]), taken=taken,
    )  # fmt: skip
    request.checks_done += 1
    # Of a refused one it stays told what it was about.
    request.taken = taken or request.taken
    request.save(update_fields=["checks_done", "taken"])


def _decide(request: ChangeRequest, state: ChangeState, answer: str, *, unread: bool = False) -> None:
    request.state, request.answer, request.decided_at = state, answer[:200], timezone.now()
    request.unread = unread
    request.save(update_fields=["state", "answer", "decided_at", "unread"])


def _noted(actor: Actor, request: ChangeRequest, verb: str, **new: Any) -> None:
    record(
        actor=actor, action=f"desk.change.{verb}", target_kind=request.register, target=request.subject,
        region=request.home, reason=request.reason, new=new,
    )  # fmt: skip
