"""Running jobs: claim one, run it, write down how it ended, and take back what dead workers held.

Nothing here waits: the loop is in `worker`. Every write is one short statement with a condition, so that it
decides between two workers on SQLite and PostgreSQL alike.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from chelun.core.actors import Actor, SystemActor
from chelun.core.errors import Refused
from chelun.core.trouble import frames_only, is_disk_full
from chelun.platform.accounts.models import User
from chelun.platform.jobs import rules
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.context import Cancelled, JobContext, Later, Lost, Stopped, never
from chelun.platform.jobs.kinds import JOB_KINDS, JobKind
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.processes import is_gone, own_name

logger = logging.getLogger("chelun.jobs")
LANGUAGE = "zh-hans"


def claim(worker: str) -> Job | None:
    """Take the oldest waiting job whose time has come; None when there is none. Never the same for two workers.

    No job is told to wait longer than `rules.BACKOFF_MOST`: one that seems to wait longer was queued while the
    clock was wrong, and its time has come.
    """
    now = timezone.now()
    due = Q(run_after__lte=now) | Q(run_after__gt=now + rules.BACKOFF_MOST)
    waiting = Job.objects.filter(due, state=State.QUEUED, kind__in=JOB_KINDS.names())
    for job_id in waiting.order_by("run_after", "id").values_list("pk", flat=True)[:10]:
        if _taken(job_id, worker):
            return Job.objects.get(pk=job_id)
    return None


def _taken(job_id: UUID, worker: str) -> bool:
    now = timezone.now()
    waiting = Job.objects.filter(pk=job_id, state=State.QUEUED)
    return bool(
        waiting.update(
            state=State.RUNNING, worker=worker, attempts=F("attempts") + 1, started_at=now, heartbeat_at=now, error=""
        )
    )  # fmt: skip


def run_claimed(job: Job, stopping: Callable[[], bool] = never) -> None:
    """Run a claimed job to its end and write down how it ended. Only a failing database gets out of here."""
    kind = JOB_KINDS[job.kind]
    actor, language = acting_for(job)
    with override(language):
        try:
            result = kind.run(JobContext(job, actor, stopping))
            _end(job, state=State.DONE, result=dict(result or {}), message="", error="")
        except Lost:
            logger.warning("job %s was taken over by another worker", job.pk)
        except Stopped:
            _queue_again(job, attempts=max(job.attempts - 1, 0), message=_("服务停止，稍后继续"))
        except Later as later:
            _queue_later(job, later)
        except Cancelled:
            _end(job, state=State.CANCELLED, message=_("已按要求停下"))
        except Refused as refusal:
            _end(job, state=State.FAILED, error=refusal.message[:500])
        except Exception as error:
            _after_error(job, kind, error)


def run_here(job: Job) -> None:
    """Run a job in this process, within a request, unless a worker was first. If the process dies, a worker takes it up."""
    name = str(own_name(request=True))
    if _taken(job.pk, name):
        job.refresh_from_db()
        run_claimed(job)
    job.refresh_from_db()


def run_waiting(limit: int = 1000) -> int:
    """Run what waits, here and now, in this process: for commands and tests. Returns how many jobs were run."""
    name = str(own_name())
    for count in range(limit):
        job = claim(name)
        if job is None:
            return count
        run_claimed(job)
    return limit


def acting_for(job: Job) -> tuple[Actor, str]:
    """Who acts when the job runs: its owner, with the rights that he has now; and the language to speak."""
    if job.owner_kind == "user":
        user = User.objects.filter(pk=job.owner_key).first()
        if user is not None:
            return user, user.language or LANGUAGE
        # The account is gone: nobody acts, so whatever asks for a right is refused.
        return User(username=job.owner_name, is_active=False), LANGUAGE
    return SystemActor(job.owner_name, job.owner_key), LANGUAGE


def sweep(me: str) -> int:
    """Take back the jobs of workers that are gone, and those that this (idle) worker failed to finish."""
    taken = 0
    for job in Job.objects.filter(state=State.RUNNING).order_by("id"):
        if job.worker == me or _is_orphan(job, timezone.now()):
            taken += _take_back(job)
    return taken


def beat(worker: str) -> None:
    """Say that the worker is alive."""
    Job.objects.filter(worker=worker, state=State.RUNNING).update(heartbeat_at=timezone.now())


def _is_orphan(job: Job, now: datetime) -> bool:
    name = rules.WorkerName.parse(job.worker)
    gone = is_gone(name) if name else None
    return rules.is_silent(job.heartbeat_at, now) if gone is None else gone


def _take_back(job: Job) -> bool:
    kind = JOB_KINDS.get(job.kind)
    if job.cancel_requested:
        return _end(job, state=State.CANCELLED, message=_("已按要求停下"))
    if not rules.may_resume(job.attempts, kind.max_attempts if kind else 1):
        return _end(
            job, state=State.FAILED, error=_("多次中断仍无进展，已停止。请联系管理员查看服务器内存和磁盘。")
        )
    return _queue_again(job, message=_("执行中断，正在接着做"))


def _queue_later(job: Job, later: Later) -> None:
    if Job.objects.filter(pk=job.pk, cancel_requested=True).exists():
        _end(job, state=State.CANCELLED, message=_("已按要求停下"))
        return
    after = timezone.now() + timedelta(seconds=later.seconds)
    _queue_again(job, attempts=max(job.attempts - 1, 0), message=later.sentence[:200], run_after=after)


def _after_error(job: Job, kind: JobKind, error: Exception) -> None:
    _drop_broken_connections()
    logger.error("job %s (%s) failed:\n%s", job.pk, job.kind, frames_only(error))
    attempts = Job.objects.filter(pk=job.pk).values_list("attempts", flat=True).first() or job.attempts
    sentence = spoken(error)
    if rules.may_try_again(attempts, kind.max_attempts):
        _queue_again(job, error=sentence, run_after=timezone.now() + rules.backoff(attempts))
    else:
        _end(job, state=State.FAILED, error=sentence)


def spoken(error: Exception) -> str:
    """A sentence for the clerk about an error that nobody foresaw."""
    if is_disk_full(error):
        return _("服务器磁盘已满，没有写完。请管理员清出空间后点“重试”，会从中断处接着做。")
    if isinstance(error, MemoryError):
        return _("服务器内存不足，没有做完。请管理员处理后点“重试”。")
    return _("程序出错（%(name)s），没有做完。请把任务编号告诉管理员。") % {"name": type(error).__name__}


def _drop_broken_connections() -> None:
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def _end(job: Job, **values: Any) -> bool:
    return _write(job, finished_at=timezone.now(), **values)


def _queue_again(job: Job, **values: Any) -> bool:
    return _write(job, **{"state": State.QUEUED, "worker": "", "run_after": timezone.now(), **values})


def _write(job: Job, **values: Any) -> bool:
    mine = Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker)
    return bool(mine.update(**values))
