"""The registers' background work: large exports, the daily end of what was settled, and waiting rows in a rotation of keys."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.people.models import UnresolvedRow
from chelun.people.services.bulk_merging import JOINING, PARTING, run_joining, run_parting
from chelun.people.services.exporting import KIND, run_export
from chelun.people.services.likeness import KIND as LIKENESS
from chelun.people.services.likeness import KIND_LABEL as LIKENESS_LABEL
from chelun.people.services.likeness import find_likenesses
from chelun.people.services.rank_jobs import run_apply, run_preview
from chelun.people.services.ranks import APPLY, PREVIEW
from chelun.people.services.settling import purge_settled
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.kinds import Daily, JobKind, daily, job_kind
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.rotation import Resealed, model_step, resealed
from chelun.platform.jobs.services import join_waiting


def _exports(job: Job) -> str:
    return reverse("sheets:export_list")


def _rank_change(job: Job) -> str:
    return reverse("people:rank_change", args=[job.params["change"]])


def _bulk_merge(job: Job) -> str:
    return reverse("people:bulk_merge", args=[job.params["bulk"]])


def find_alike(context: JobContext) -> Mapping[str, Any]:
    """Look for files that may be one, for everybody who has asked by now."""
    join_waiting(context.job_id)
    return {"places": find_likenesses(progress=context.progress)}


def find_alike_daily(actor: Actor) -> str:
    """What was entered by hand is compared once a day."""
    return str(find_likenesses())


job_kind(JobKind(LIKENESS, LIKENESS_LABEL, find_alike, url=lambda job: reverse("people:likeness_list")))
daily(Daily("people.likeness", LIKENESS_LABEL, find_alike_daily))
job_kind(JobKind(KIND, _("导出名单"), run_export, url=_exports))
job_kind(JobKind(PREVIEW, _("测算来源先后的调整"), run_preview, url=_rank_change))
job_kind(JobKind(APPLY, _("按新的来源先后重算档案"), run_apply, url=_rank_change))
job_kind(JobKind(JOINING, _("批量合并没写颜色的车牌"), run_joining, url=_bulk_merge))
job_kind(JobKind(PARTING, _("整批拆分没写颜色的车牌"), run_parting, url=_bulk_merge))
daily(Daily("people.settled", _("清理已认定的行"), purge_settled))
resealed(
    Resealed(
        "people.unresolved", _("待甄别的行"), model_step(UnresolvedRow, lambda row: f"unresolved:{row.pk}")
    )
)
