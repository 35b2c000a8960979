"""The firms app's background work: the review of all firms, after each import and once a day."""

from collections.abc import Mapping
from typing import Any

from chelun.core.actors import Actor
from chelun.firms.services.reviewing import KIND, KIND_LABEL, review_firms
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.kinds import Daily, JobKind, daily, job_kind
from chelun.platform.jobs.services import join_waiting


def run(context: JobContext) -> Mapping[str, Any]:
    """Review all firms, for everybody who has asked by now."""
    join_waiting(context.job_id)
    review = review_firms(progress=context.progress)
    return {"firms": review.firms, "changed": review.changed, "seconds": review.seconds}


def review_daily(actor: Actor) -> str:
    """The review of the day: what has grown too old shows by itself, but who has left is counted anew."""
    return str(review_firms().firms)


job_kind(JobKind(KIND, KIND_LABEL, run))
daily(Daily("firms.review", KIND_LABEL, review_daily))
