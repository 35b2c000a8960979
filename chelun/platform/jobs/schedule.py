"""Daily work without cron: each worker asks now and then whether today's work is already queued."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import SystemActor
from chelun.core.errors import Refused
from chelun.core.locks import wait_for_turn
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.kinds import DAILY, DAILY_KIND, Daily
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import enqueue


def enqueue_due() -> int:
    """Queue today's daily work that has no job yet (the day of the bureau, not of Greenwich). Returns how many."""
    day = timezone.localdate().isoformat()
    if not _due(day):
        return 0
    with transaction.atomic():
        # Another worker may have queued it, and done it, since we looked.
        wait_for_turn("jobs.daily")
        due = _due(day)
        for key, work in due.items():
            enqueue(
                actor=SystemActor("chelun worker"),
                kind=DAILY_KIND,
                title=str(work.label),
                params={"name": work.name},
                dedupe=key,
            )
    return len(due)


def _due(day: str) -> dict[str, Daily]:
    keys = {f"{work.name}:{day}": work for work in DAILY}
    known = set(Job.objects.filter(kind=DAILY_KIND, dedupe__in=keys).values_list("dedupe", flat=True))
    return {key: work for key, work in keys.items() if key not in known}


def run_daily(context: JobContext) -> dict[str, str]:
    """The job of kind `jobs.daily`: do one piece of daily work."""
    work = DAILY.get(context.params["name"])
    if work is None:
        raise Refused("jobs.no_such_daily", _("这项每日工作已不存在。"))
    outcome = work.run(context.actor)
    return {"outcome": str(outcome)[:200]} if outcome is not None else {}
