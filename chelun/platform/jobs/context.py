"""What a running job holds in its hand: its parameters, its actor, its progress and its checkpoint."""

import time
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from chelun.core.actors import Actor
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.models import Job

WRITE_EVERY_SECONDS = 0.5


class Cancelled(Exception):
    """Somebody asked for the job to be cancelled. Let it pass; the worker writes it down."""


class Stopped(Exception):
    """The worker is told to stop. Let it pass; another worker goes on from the checkpoint."""


class Later(Exception):
    """The work cannot begin yet: it is tried again after some seconds, and this does not count as an attempt."""

    def __init__(self, sentence: str, seconds: float = 2.0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.seconds = seconds


class Lost(Exception):
    """The job belongs to another worker now. Let it pass: nothing more may be written."""


def never() -> bool:
    """The worker is never told to stop (runs inside a command or a test)."""
    return False


class JobContext:
    """Given to `JobKind.run`. Its writes are fenced: a worker that lost the job gets `Lost`, never two writers."""

    def __init__(self, job: Job, actor: Actor, stopping: Callable[[], bool] = never) -> None:
        self.job_id = job.pk
        self.params: dict[str, Any] = job.params
        self.checkpoint: dict[str, Any] = dict(job.checkpoint)
        self.actor = actor
        self._worker = job.worker
        self._stopping = stopping
        self._written_at = 0.0
        self._finished_at: tuple[int, int | None] | None = None

    def progress(self, done: int, total: int | None = None, message: str | None = None) -> None:
        """Say how far the work is; written at most every 0.5 s.

        Call it between transactions, not inside one: there it would be seen only at the end. Raises Cancelled,
        Stopped or Lost, so whatever was done since the last checkpoint is done again or given up.
        """
        if self._stopping():
            raise Stopped
        now = time.monotonic()
        finished = total is not None and done == total and self._finished_at != (done, total)
        if now - self._written_at < WRITE_EVERY_SECONDS and not finished:
            return
        self._written_at, self._finished_at = now, (done, total)
        values: dict[str, Any] = {"done": done, "heartbeat_at": timezone.now()}
        if total is not None:
            values["total"] = total
        if message is not None:
            values["message"] = message[:200]
        self._write(values)
        self.raise_if_cancelled()

    def keep(self, **values: Any) -> None:
        """Update the checkpoint and write it, in the caller's transaction if there is one.

        Called inside the transaction that does a step, step and checkpoint commit together: the step is done
        exactly once, whatever happens to the worker.
        """
        self.checkpoint.update(values)
        self._write({"checkpoint": self.checkpoint, "attempts": 1, "heartbeat_at": timezone.now()})

    def raise_if_cancelled(self) -> None:
        """Raise Cancelled when somebody asked for it. One read; `progress` does this already."""
        if self._mine().filter(cancel_requested=True).exists():
            raise Cancelled

    def _mine(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self.job_id, worker=self._worker, state=State.RUNNING)

    def _write(self, values: dict[str, Any]) -> None:
        if not self._mine().update(**values):
            raise Lost
