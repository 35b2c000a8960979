"""Comparing a new picture with all others, and what is swept away daily."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from chelun.platform.evidence.services import MATCH, match_picture, sweep
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.kinds import Daily, JobKind, daily, job_kind


def _match(context: JobContext) -> dict[str, int]:
    """The number of pictures is nobody's secret, whose they are is: nothing else is answered."""
    match_picture(UUID(str(context.params["evidence"])))
    return {}


job_kind(JobKind(MATCH, _("查找同一张照片"), _match))
daily(Daily("evidence.sweep", _("清除没有主的附件"), sweep))
