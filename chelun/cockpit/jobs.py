"""The cockpit's background work: computing indicators, on demand and once a day."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from chelun.cockpit.selectors.crosses import KIND as CROSS
from chelun.cockpit.services import KIND, KIND_LABEL, compute_indicators
from chelun.cockpit.services.crosses import KIND_LABEL as CROSS_LABEL
from chelun.cockpit.services.crosses import run_cross
from chelun.cockpit.services.truth import judge_rows
from chelun.core.actors import Actor
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.kinds import Daily, JobKind, daily, job_kind
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import join_waiting


def run(context: JobContext) -> Mapping[str, Any]:
    """Compute what changed of all indicators, for everybody who has asked by now."""
    join_waiting(context.job_id)
    computation = compute_indicators(progress=context.progress)
    judge_rows()
    return {"day": computation.day.isoformat(), "seconds": computation.seconds}


def compute_daily(actor: Actor) -> str:
    """Compute the day's indicators, so that every day has its values; everything anew, so that nothing kept is ever older than a day."""
    computation = compute_indicators(full=True)
    judge_rows()
    return str(computation.day)


def cross_url(job: Job) -> str:
    """The page of the table that a job counted."""
    asked = {"register": job.params["register"], "lines": job.params["one"], "columns": job.params["other"]}
    return f"{reverse('cockpit:cross', args=[job.params['code']])}?{urlencode(asked)}"


job_kind(JobKind(KIND, KIND_LABEL, run))
job_kind(JobKind(CROSS, CROSS_LABEL, run_cross, url=cross_url))
daily(Daily("cockpit.compute", _("计算当天的指标"), compute_daily))
