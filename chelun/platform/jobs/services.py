"""Asking for a job, cancelling it, trying it again. Running it is in `execution`."""

import contextlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.locks import ATTEMPTS
from chelun.platform.audit.services import record
from chelun.platform.jobs.choices import LIVE, State
from chelun.platform.jobs.kinds import JOB_KINDS
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.selectors import live_job, may_manage, owner_key
from chelun.platform.regions.models import LEVELS, Placed

NOWHERE: Mapping[str, Any] = {}


def enqueue(
    *,
    actor: Actor,
    kind: str,
    title: str,
    params: Mapping[str, Any] = NOWHERE,
    region: Placed | Mapping[str, str] = NOWHERE,
    dedupe: str = "",
    not_before: datetime | None = None,
) -> Job:
    """Put work into the queue, in the caller's transaction: no worker sees it before that commits.

    `region` gives the columns province, city, county, township (a row or a mapping); without it only the owner
    and whoever manages jobs see the job. It begins as soon as a worker is free, or `not_before` then. When a live job of this kind has the same `dedupe`, that job is
    returned and nothing is added. KeyError for an unknown kind.
    """
    fields = {
        "kind": JOB_KINDS[kind].name,
        "title": title[:200],
        "params": dict(params),
        "dedupe": dedupe,
        "owner_kind": actor.actor_kind,
        "owner_key": owner_key(actor),
        "owner_name": getattr(actor, "command", actor.actor_name)[:120],
        **_placed(region),
        **({} if not_before is None else {"run_after": not_before}),
    }
    for _attempt in range(ATTEMPTS - 1):
        with contextlib.suppress(IntegrityError), transaction.atomic():
            return Job.objects.create(**fields)
        # It may have ended since it was in the way: then nothing is, and this one is queued after all.
        present = live_job(kind=kind, dedupe=dedupe) if dedupe else None
        if present is not None:
            return present
    with transaction.atomic():
        return Job.objects.create(**fields)


def enqueue_unless_waiting(*, actor: Actor, kind: str, title: str, not_before: datetime | None = None) -> Job:
    """Queue a job that does all there is to do, unless one waits: many small changes share it.

    For a transaction that writes. The one that waits is held until it commits, so that it begins after it and sees the
    change; one that another such transaction holds is passed over, so that nobody waits here.
    """
    waiting = Job.objects.select_for_update(skip_locked=True).filter(kind=kind, state=State.QUEUED)
    return waiting.first() or enqueue(actor=actor, kind=kind, title=title, not_before=not_before)


def cancel(*, actor: Actor, job: Job) -> None:
    """Cancel a waiting job at once; ask a running one to stop at its next step. Refused when it cannot be stopped."""
    with transaction.atomic():
        present = _managed(actor, job)
        if present.state not in LIVE:
            raise Refused("jobs.finished", _("这项任务已经结束，不能取消。"))
        kind = JOB_KINDS.get(present.kind)
        if present.state == State.RUNNING and kind and not kind.cancellable:
            raise Refused("jobs.not_cancellable", _("这项任务开始后不能中途取消，请等它做完。"))
        present.cancel_requested = True
        if present.state == State.QUEUED:
            present.state, present.finished_at = State.CANCELLED, timezone.now()
        present.save(update_fields=["cancel_requested", "state", "finished_at"])
        _write_down(actor, present, "jobs.job.cancelled")


def retry(*, actor: Actor, job: Job) -> None:
    """Queue a failed or cancelled job again; it goes on from its checkpoint."""
    with transaction.atomic():
        present = _managed(actor, job)
        if present.state not in (State.FAILED, State.CANCELLED):
            raise Refused("jobs.not_failed", _("只有失败或取消的任务可以重试。"))
        if present.dedupe and live_job(kind=present.kind, dedupe=present.dedupe):
            raise _already_live()
        present.state, present.error, present.worker = State.QUEUED, "", ""
        present.attempts, present.cancel_requested = 0, False
        present.run_after, present.finished_at = timezone.now(), None
        try:
            with transaction.atomic():
                present.save()
        except IntegrityError as error:
            raise _already_live() from error
        _write_down(actor, present, "jobs.job.retried")


def join_waiting(job_id: UUID) -> int:
    """End the waiting jobs of the same kind as this running one, which begins now and does their work as well; how many.

    Only for a kind whose job does all there is to do: a job that can be seen here waited before this one began.
    """
    running = Job.objects.get(pk=job_id)
    waiting = Job.objects.filter(kind=running.kind, state=State.QUEUED)
    return waiting.update(
        state=State.DONE, finished_at=timezone.now(), message=_("与另一项同样的任务一起完成")
    )


def _already_live() -> Refused:
    return Refused("jobs.already_live", _("同样的任务已在排队或进行，不必重试。"))


def _managed(actor: Actor, job: Job) -> Job:
    present = Job.objects.select_for_update().filter(pk=job.pk).first()
    if present is None or not may_manage(actor=actor, job=present):
        raise NotFound
    return present


def _write_down(actor: Actor, job: Job, action: str) -> None:
    region = job.township or job.county or job.city or job.province
    new = {"kind": job.kind, "state": job.state}
    record(actor=actor, action=action, target_kind="job", target=job.pk, region=region, new=new)


def _placed(region: Placed | Mapping[str, str]) -> dict[str, str]:
    if isinstance(region, Placed):
        return {level: getattr(region, level) for level in LEVELS}
    return {level: region.get(level, "") for level in LEVELS}
