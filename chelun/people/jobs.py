"""The registers' background work: large exports, the daily end of what was settled, and waiting rows in a rotation of keys."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chelun.people.models import UnresolvedRow
from chelun.people.services.exporting import KIND, run_export
from chelun.people.services.rank_jobs import run_apply, run_preview
from chelun.people.services.ranks import APPLY, PREVIEW
from chelun.people.services.settling import purge_settled
from chelun.platform.jobs.kinds import Daily, JobKind, daily, job_kind
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.rotation import Resealed, model_step, resealed


def _exports(job: Job) -> str:
    return reverse("sheets:export_list")


def _rank_change(job: Job) -> str:
    return reverse("people:rank_change", args=[job.params["change"]])


job_kind(JobKind(KIND, _("导出名单"), run_export, url=_exports))
job_kind(JobKind(PREVIEW, _("测算来源先后的调整"), run_preview, url=_rank_change))
job_kind(JobKind(APPLY, _("按新的来源先后重算档案"), run_apply, url=_rank_change))
daily(Daily("people.settled", _("清理已认定的行"), purge_settled))
resealed(
    Resealed(
        "people.unresolved", _("待甄别的行"), model_step(UnresolvedRow, lambda row: f"unresolved:{row.pk}")
    )
)
