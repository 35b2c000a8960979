"""What an app registers here from its own `jobs.py`: kinds of jobs, and what is to be done once a day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from chelun.core.actors import Actor
from chelun.core.registries import Registry
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.models import Job

DAILY_KIND = "jobs.daily"
"""The kind of every piece of daily work; its parameters name which."""
Label = str | Promise
Result = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of job.

    `run` does the work and may return counts or identifiers for `Job.result`; it must go on from
    `context.checkpoint`, since it is started again after a crash. `max_attempts` bounds the starts without a new
    checkpoint. `url` leads from a job to the page that shows what it made.
    """

    name: str
    label: Label
    run: Callable[[JobContext], Result | None]
    max_attempts: int = 3
    cancellable: bool = True
    url: Callable[[Job], str] | None = None


@dataclass(frozen=True, slots=True)
class Daily:
    """Something to be done once a day. `run` must do no harm when done twice."""

    name: str
    label: Label
    run: Callable[[Actor], object]


JOB_KINDS: Registry[JobKind] = Registry("job kind")
DAILY: Registry[Daily] = Registry("daily work")


def job_kind(kind: JobKind) -> JobKind:
    """Register a kind of job."""
    return JOB_KINDS.add(kind.name, kind)


def daily(work: Daily) -> Daily:
    """Register something to be done once a day."""
    return DAILY.add(work.name, work)
