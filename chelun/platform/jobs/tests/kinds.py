"""A kind of job for the tests: steps that must each be done exactly once, with gates at which it can be held.

Imported by the tests and by the worker processes that they start.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from chelun.core.errors import Refused
from chelun.platform.audit.services import record
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.kinds import JobKind, job_kind
from chelun.platform.jobs.tests.waiting import wait_for

DONE = "test.step.done"


def take_steps(context: JobContext) -> Mapping[str, Any]:
    """Do `steps` steps; before step `hold` wait for the file `gate`."""
    steps, hold = context.params["steps"], context.params.get("hold")
    for number in range(context.checkpoint.get("next", 0), steps):
        if number == hold:
            wait_for(lambda: Path(context.params["gate"]).exists() or _asked(context))
        with transaction.atomic():
            record(actor=context.actor, action=DONE, target=number)
            context.keep(next=number + 1)
        context.progress(number + 1, steps, f"第 {number + 1} 步")
    return {"steps": steps}


def _asked(context: JobContext) -> bool:
    """Let cancel and stop through while the gate is shut."""
    context._written_at = 0.0
    context.progress(context.checkpoint.get("next", 0))
    return False


def fail(context: JobContext) -> None:
    """Fail as the parameters say."""
    if context.params.get("refuse"):
        raise Refused("test.refused", "表里没有姓名一列，请补上再交。")
    if context.params.get("disk"):
        raise OSError(28, "No space left on device")
    raise ValueError(context.params["secret"])


def fill(context: JobContext) -> None:
    """Write rows until the database may not grow any more (SQLite), or says so (PostgreSQL, which knows no limit)."""
    words = "y" * (2000 + _limit_growth() // 10)
    try:
        for number in range(context.checkpoint.get("next", 0), 200):
            with transaction.atomic():
                record(actor=context.actor, action=DONE, target=number, new={"x": words})
                context.keep(next=number + 1)
                if number == 20:
                    _complain()
    finally:
        _limit_growth(1_000_000)


def _limit_growth(pages: int = 5) -> int:
    """Let an SQLite database grow by so many pages more; the bytes that lie free inside it, left by earlier tests."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        size, count, free = (
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_size", "page_count", "freelist_count")
        )
        cursor.execute(f"PRAGMA max_page_count={count + pages}")
    return int(size * free)


def _complain() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = 'disk_full'; END $$")


STEPS = job_kind(JobKind("test.steps", "走步", take_steps))
FAILS = job_kind(JobKind("test.fails", "出错", fail, max_attempts=2))
FIRM = job_kind(JobKind("test.firm", "不可取消", take_steps, cancellable=False))
FILLS = job_kind(JobKind("test.fills", "写满", fill, max_attempts=1))
