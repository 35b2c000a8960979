"""Decisions about jobs: when to try again, when to give up, whether a worker is gone. Pure: no tables, no clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

HEARTBEAT_EVERY = timedelta(seconds=5)
# Twelve missed beats: a laptop's lid or a long checkpoint of the database does not cost a worker its job.
GONE_AFTER = timedelta(seconds=60)
BACKOFF_START = timedelta(seconds=5)
BACKOFF_FACTOR = 4
BACKOFF_MOST = timedelta(minutes=10)
STARTS_AT_LEAST = 3


def backoff(attempts: int) -> timedelta:
    """How long to wait after the n-th failed attempt (from 1): 5 s, 20 s, 80 s … at most 10 minutes."""
    factor = int(BACKOFF_FACTOR ** max(min(attempts, 10) - 1, 0))
    return min(BACKOFF_START * factor, BACKOFF_MOST)


def may_try_again(attempts: int, max_attempts: int) -> bool:
    """Whether a job that raised an error is worth another attempt. `attempts` counts from the last checkpoint."""
    return attempts < max_attempts


def may_resume(attempts: int, max_attempts: int) -> bool:
    """Whether a job whose worker died may start once more.

    Not bound by `max_attempts` alone, since power cuts are not its fault; but a job that kills its worker
    each time, before it reaches one new checkpoint, must not do so for ever.
    """
    return attempts < max(max_attempts, STARTS_AT_LEAST)


def percent(done: int, total: int) -> int | None:
    """0 to 100, or None when the total is not known yet."""
    return min(100, max(0, done * 100 // total)) if total > 0 else None


@dataclass(frozen=True, slots=True)
class WorkerName:
    """A worker process: the machine (and process-number space) it runs on, its number, when it started there."""

    machine: str
    pid: int
    started: str

    def __str__(self) -> str:
        return f"{self.machine}:{self.pid}:{self.started}"

    @classmethod
    def parse(cls, text: str) -> "WorkerName | None":
        """The name from its text; None when it is not one."""
        parts = text.rsplit(":", 2)
        if len(parts) != 3 or not parts[1].isdigit():
            return None
        return cls(parts[0], int(parts[1]), parts[2])


def is_silent(heartbeat: datetime | None, now: datetime) -> bool:
    """Whether a worker on another machine must be taken for dead: no beat for `GONE_AFTER`."""
    return heartbeat is None or now - heartbeat > GONE_AFTER
