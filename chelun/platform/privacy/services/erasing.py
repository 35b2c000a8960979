"""Erasing a subject: one proposes, another approves, a job does it and writes the proof.

What happens in which order, so that a kill at any moment loses nothing and leaves nothing: traces outside the declared
tables go first (they are found by rows that still stand), then in one transaction the rows, the identity and the key,
with the tombstone written outside the database before the commit.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import mac
from chelun.core.errors import NotFound, Refused
from chelun.core.locks import again
from chelun.core.reasons import reasoned
from chelun.core.upkeep import empty_log
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.services import record
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import enqueue
from chelun.platform.privacy.choices import ErasureGround, ErasureState
from chelun.platform.privacy.events import data_deleted, erasure_declined, subject_erased
from chelun.platform.privacy.kinds import SUBJECT_KINDS, TRACES, Search, SubjectKind, leaves_of
from chelun.platform.privacy.ledger import Entry, write_entry
from chelun.platform.privacy.models import Erasure, ErasureShare, Tombstone, TombstoneDigest
from chelun.platform.privacy.rules import bars_return, proof_text
from chelun.platform.privacy.services.holds import DECIDE, refuse_if_held
from chelun.platform.privacy.walk import Counts, batches_of, count_rows, erase_rows, is_gone, left_over
from chelun.platform.regions.selectors import placed

KIND = "privacy.erase"


def propose_erasure(*, actor: Actor, kind: str, subject: UUID, ground: str, reason: str) -> Erasure:
    """Say that a subject should be erased, and why. A second person approves. NotFound outside the actor's places."""
    if ground not in ErasureGround.values:
        raise Refused("privacy.erasure.ground", _("请选择抹除的依据。"))
    why = reasoned(reason, "privacy.erasure.reason", _("请写明抹除的理由（至少 4 个字）。"))
    shown = SUBJECT_KINDS[kind].shown(actor.scope_for(DECIDE), subject)
    refuse_if_held(kind, subject)
    with transaction.atomic():
        if Erasure.objects.filter(
            subject=subject, state__in=(ErasureState.PROPOSED, ErasureState.RUNNING)
        ).exists():
            raise Refused("privacy.erasure.twice", _("已经有人提出抹除，正在等待批准或办理，不必再提。"))
        erasure = Erasure.objects.create(
            subject=subject, subject_kind=kind, ground=ground, reason=why,
            proposed_by=actor.actor_name, **placed(shown.homes[0]),
        )  # fmt: skip
        _noted(actor, erasure, "proposed")
    return erasure


def propose_as_told(*, actor: Actor, kind: str, subject: UUID, home: str, ground: str, reason: str) -> bool:
    """Propose what an installation that sent us the subject has done itself: to erase in its own place what it said of
    him. A second person approves. False where it was told before, here or there, or nothing of him is here.

    In the caller's transaction; `actor` stands for whoever takes the archive in and cannot approve it.
    """
    told = Erasure.objects.filter(subject=subject, subject_kind=kind, homes=[home])
    if told.exists() or not left_over(SUBJECT_KINDS[kind], leaves_of(kind, subject), [home]):
        return False
    erasure = Erasure.objects.create(
        subject=subject, subject_kind=kind, ground=ground, reason=reason, homes=[home], proposed_by=actor.actor_name,
        **placed(home),
    )  # fmt: skip
    _noted(actor, erasure, "proposed")
    return True


def approve_erasure(*, actor: Actor, erasure: UUID) -> Job:
    """A second person agrees: the job that erases is queued. Refused for the one who proposed it."""
    with transaction.atomic():
        present = _decidable(actor, erasure)
        if present.proposed_by == actor.actor_name:
            raise Refused(
                "privacy.erasure.second",
                _("抹除要由提出人以外的第二个人批准，请另一位个人信息保护专员办理。"),
            )
        refuse_if_held(present.subject_kind, present.subject)
        _decided(actor, present, ErasureState.RUNNING)
        job = enqueue(
            actor=actor, kind=KIND, title=_("抹除个人信息"), params={"erasure": str(present.pk)}, region=present,
            dedupe=str(present.pk),
        )  # fmt: skip
        present.job_id = job.pk
        present.save(update_fields=["job_id"])
        _noted(actor, present, "approved")
    return job


def decline_erasure(*, actor: Actor, erasure: UUID) -> None:
    """It is not to be done. The proposer may take it back himself."""
    with transaction.atomic():
        present = _decidable(actor, erasure)
        _decided(actor, present, ErasureState.DECLINED)
        erasure_declined.send(sender=Erasure, erasure=present.pk)
        _noted(actor, present, "declined")


def run_erasure(context: JobContext) -> dict[str, Any]:
    """The job of kind `privacy.erase`; after a kill it does again what is not done."""
    erasure = Erasure.objects.filter(pk=context.params["erasure"]).first()
    if erasure is None or erasure.state == ErasureState.DONE:
        return {}
    context.progress(0, 2, _("正在清除文件和暂存的行"))
    clear_traces(erasure)
    context.progress(1, 2, _("正在抹除登记的内容"))
    # Somebody typed it, and may have named the person.
    Erasure.objects.filter(pk=erasure.pk).update(reason="")
    again(lambda: carry_out(context.actor, erasure.pk))
    context.progress(2, 2)
    return {"erasure": str(erasure.pk)}


def erase_at_once(*, actor: Actor, kind: str, subject: UUID, home: str, ground: str, reason: str) -> Erasure:
    """What rested on a consent goes without a second person: the person himself, or the day, has decided.

    For subjects that lie in the declared tables alone; in the caller's transaction.
    """
    erasure = Erasure.objects.create(
        subject=subject, subject_kind=kind, ground=ground, reason=reason, state=ErasureState.RUNNING,
        proposed_by=actor.actor_name, decided_by=actor.actor_name, decided_at=datetime.now(UTC), **placed(home),
    )  # fmt: skip
    return carry_out(actor, erasure.pk)


def clear_traces(erasure: Erasure) -> None:
    """Remove at once the stored files, staged rows and open imports that may still hold the subject; counted."""
    kind = SUBJECT_KINDS[erasure.subject_kind]
    search = search_for(kind, leaves_of(kind.name, erasure.subject), erasure.homes)
    files: Counter[str] = Counter(erasure.files)
    for trace in TRACES:
        files.update({f"{trace.name}.{label}": count for label, count in trace.clear(search).items()})
        erasure.files = dict(files)
        erasure.save(update_fields=["files"])


def search_for(kind: SubjectKind, subjects: Collection[UUID], homes: Collection[str]) -> Search:
    """What traces of some subjects are looked for by, in the places where they are known or in those that are given."""
    places = tuple(
        home for home in count_rows(kind, subjects, homes) if home and (not homes or home in homes)
    )
    return Search(kind.know(subjects), places, batches_of(kind, subjects, homes))


def carry_out(actor: Actor, pk: UUID, entry: Entry | None = None) -> Erasure:
    """In one transaction: count, erase, count again, and write the proof. `entry` is given when a restore does it again."""
    with transaction.atomic():
        erasure = Erasure.objects.select_for_update().get(pk=pk)
        if erasure.state == ErasureState.DONE:
            return erasure
        kind = SUBJECT_KINDS[erasure.subject_kind]
        subjects = entry.keys if entry else leaves_of(kind.name, erasure.subject)
        kind.hold(subjects)
        before = count_rows(kind, subjects, erasure.homes)
        known = entry or _entry(kind, erasure, subjects)
        if entry is None:
            write_entry(known)
        tidy = kind.leave(subjects)
        erasure.keys_destroyed = erase_rows(kind, subjects, erasure.homes)
        mentioned = tidy()
        _assert_gone(kind, subjects, erasure.homes)
        _keep_proof(erasure, subjects, before, count_rows(kind, subjects, erasure.homes), mentioned)
        _keep_tombstone(known)
        new = {"ground": erasure.ground, "keys": erasure.keys_destroyed, "proof": erasure.seal}
        _noted(actor, erasure, "done", new)
        subject_erased.send(sender=Erasure, erasure=erasure.pk)
        if erasure.ground != ErasureGround.EXPIRED:  # of many in a row, their job says that it is through
            data_deleted.send(sender=Erasure, after=str(erasure.pk))
            transaction.on_commit(empty_log)
    return erasure


def _entry(kind: SubjectKind, erasure: Erasure, subjects: Collection[UUID]) -> Entry:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    digests = tuple(sorted(kind.know(subjects).digests))
    keys = tuple(str(subject) for subject in subjects)
    return Entry(str(erasure.pk), kind.name, keys, tuple(erasure.homes), erasure.ground, now, digests)


def _assert_gone(kind: SubjectKind, subjects: Collection[UUID], homes: Sequence[str]) -> None:
    """A proof must not say what is not so: a table whose declaration does not reach its rows stops the erasure."""
    left = left_over(kind, subjects, homes)
    if left or not (homes or is_gone(kind, subjects)):
        raise RuntimeError(f"an erasure left rows behind: {dict(left)}")


def _keep_proof(
    erasure: Erasure, subjects: Sequence[UUID], before: Counts, after: Counts, mentioned: Mapping[str, int]
) -> None:
    now = datetime.now(UTC)
    homes = before.keys() | after.keys()
    ErasureShare.objects.filter(erasure=erasure).delete()
    shares = [
        ErasureShare(
            erasure=erasure, home=home, before=dict(before.get(home, {})), after=dict(after.get(home, {})),
            **(placed(home) if home else {"province": ""}),
        )
        for home in sorted(homes)
    ]  # fmt: skip
    ErasureShare.objects.bulk_create(shares)
    erasure.files = {**erasure.files, **{f"mentioned.{label}": count for label, count in mentioned.items()}}
    erasure.trail_rows = AuditEntry.objects.filter(target__in=[str(subject) for subject in subjects]).count()
    erasure.state, erasure.done_at = ErasureState.DONE, now
    erasure.seal = seal_of(erasure, shares)
    erasure.save()


def seal_of(erasure: Erasure, shares: Sequence[ErasureShare]) -> str:
    """The keyed digest of a whole proof: whoever changes a number of it in the database is found out."""
    values = {
        "erasure": str(erasure.pk), "subject": str(erasure.subject), "ground": erasure.ground, "reason": erasure.reason,
        "homes": list(erasure.homes), "proposed_by": erasure.proposed_by, "decided_by": erasure.decided_by,
        "done_at": erasure.done_at.astimezone(UTC).isoformat() if erasure.done_at else "",
        "keys": erasure.keys_destroyed, "trail": erasure.trail_rows, "files": dict(erasure.files),
        "shares": [[share.home, dict(share.before), dict(share.after)] for share in sorted(shares, key=_home)],
    }  # fmt: skip
    return mac(proof_text(values)).hex()


def _home(share: ErasureShare) -> str:
    return share.home


def _keep_tombstone(entry: Entry) -> None:
    stone = Tombstone.objects.create(
        erasure=UUID(entry.erasure), subject=entry.keys[0], subject_kind=entry.kind, ground=entry.ground,
        bars=bars_return(entry.ground), at=entry.moment,
    )  # fmt: skip
    TombstoneDigest.objects.bulk_create(
        TombstoneDigest(tombstone=stone, kind=kind, digest=digest) for kind, digest in entry.digests
    )


def _decidable(actor: Actor, pk: UUID) -> Erasure:
    rows = Erasure.objects.select_for_update().in_scope(actor.scope_for(DECIDE))
    present = rows.filter(pk=pk).first()
    if present is None:
        raise NotFound
    if present.state != ErasureState.PROPOSED:
        raise Refused("privacy.erasure.decided", _("这次抹除已经有人决定了。"))
    return present


def _decided(actor: Actor, erasure: Erasure, state: str) -> None:
    erasure.state, erasure.decided_by, erasure.decided_at = state, actor.actor_name, datetime.now(UTC)
    erasure.save(update_fields=["state", "decided_by", "decided_at"])


def _noted(actor: Actor, erasure: Erasure, verb: str, new: Mapping[str, object] | None = None) -> None:
    record(
        actor=actor, action=f"privacy.erasure.{verb}", target_kind=erasure.subject_kind, target=erasure.subject,
        region=erasure.county or erasure.city or erasure.province, reason=erasure.reason,
        new=new or {"ground": erasure.ground},
    )  # fmt: skip
