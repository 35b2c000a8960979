"""Background work of privacy: erasing, what is beyond its term, each subject's key in a rotation, and what a restored backup must erase again."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.upkeep import empty_log
from chelun.platform.jobs.kinds import Daily, JobKind, daily, job_kind
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.rotation import Resealed, resealed
from chelun.platform.jobs.safekeeping import AFTER_RESTORE
from chelun.platform.privacy.keys import rewrap_chunk
from chelun.platform.privacy.kinds import TRACES
from chelun.platform.privacy.services.clearing import review_terms, run_count, run_lapse
from chelun.platform.privacy.services.erasing import KIND, run_erasure
from chelun.platform.privacy.services.retention import COUNT, DELETE, pause_after_restore
from chelun.platform.privacy.services.returning import erase_again
from chelun.platform.privacy.services.traces import JOBS


def reseal_subject_keys(after: str) -> tuple[int, str | None]:
    """One chunk of the keys of persons and firms; they know themselves under which key they lie."""
    count = rewrap_chunk()
    return count, "more" if count else None


def empty_logs(actor: Actor) -> str:
    """What an erasure could not cut off, because somebody was reading: once more."""
    return "" if empty_log() else "busy"


def _proof(job: Job) -> str:
    return reverse("privacy:erasure_detail", args=[job.params["erasure"]])


def _proofs(job: Job) -> str:
    return reverse("privacy:proof_list")


def _counted(job: Job) -> str:
    return reverse("privacy:retention")


resealed(Resealed("privacy.keys", _("每人密钥"), reseal_subject_keys))
job_kind(JobKind(KIND, _("抹除个人信息"), run_erasure, cancellable=False, url=_proof))
job_kind(JobKind(COUNT, _("测算超过保存期限的内容"), run_count, url=_counted))
job_kind(JobKind(DELETE, _("删除超过保存期限的内容"), run_lapse, url=_proofs))
daily(Daily("privacy.log", _("清空数据库的写入日志"), empty_logs))
daily(Daily("privacy.terms", _("查找超过保存期限的内容"), review_terms))
TRACES.add(JOBS.name, JOBS)
AFTER_RESTORE.add("privacy.tombstones", erase_again)
AFTER_RESTORE.add("privacy.retention", pause_after_restore)
