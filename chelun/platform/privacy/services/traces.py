"""Where somebody may still be named outside the declared tables and sheets: titles and parameters of jobs that are over."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from chelun.core.jsontext import to_json
from chelun.platform.jobs.choices import LIVE
from chelun.platform.jobs.models import Job
from chelun.platform.privacy.kinds import Search, Trace


def clear_jobs(search: Search) -> Mapping[str, int]:
    """Delete finished jobs that name the subject, for instance the export of a list that was searched by his name."""
    words = search.known.names | search.known.numbers
    over = Job.objects.exclude(state__in=LIVE).only("title", "params", "result", "message", "error")
    gone = [job.pk for job in over.iterator() if any(word in _text(job) for word in words)]
    Job.objects.filter(pk__in=gone).delete()
    return {"jobs": len(gone)} if gone else {}


def _text(job: Job) -> str:
    return to_json([job.title, job.params, job.result, job.message, job.error])


JOBS = Trace("jobs", {"jobs": _("后台任务的记录")}, clear_jobs)
