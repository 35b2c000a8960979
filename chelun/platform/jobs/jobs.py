"""The kinds of jobs and the daily work that this app and the rooms below it bring."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.upkeep import note_statistics
from chelun.platform.accounts.models import SecondFactor
from chelun.platform.accounts.sessions import SessionStore
from chelun.platform.audit.anchors import write_anchor
from chelun.platform.audit.background import register_background
from chelun.platform.audit.checking import chain_check
from chelun.platform.jobs import rotation
from chelun.platform.jobs.choices import LIVE
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.kinds import DAILY_KIND, Daily, JobKind, daily, job_kind
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.rotation import Resealed, model_step, resealed
from chelun.platform.jobs.schedule import run_daily
from chelun.platform.jobs.services import enqueue

CHECK = "audit.check"


def anchor_chain(actor: Actor) -> str:
    """Write the end of the audit chain outside the database."""
    anchor = write_anchor()
    return f"seq {anchor.seq}" if anchor else "empty"


def clear_sessions(actor: Actor) -> None:
    """Delete log-in sessions that have expired."""
    SessionStore.clear_expired()


def purge_jobs(actor: Actor) -> int:
    """Delete finished jobs after CHELUN_JOB_DAYS; returns how many. What they did stands in the audit trail."""
    before = timezone.now() - timedelta(days=settings.CHELUN_JOB_DAYS)
    return Job.objects.filter(finished_at__lt=before).exclude(state__in=LIVE).delete()[0]


def count_tables(actor: Actor) -> None:
    """Let the database look at samples of its tables: where nothing else does, yesterday's imports are known from here on."""
    note_statistics()


def check_chain(context: JobContext) -> dict[str, int]:
    """The job of kind `audit.check`: verify the audit chain from its beginning; after a crash it begins anew."""
    check = chain_check(actor=context.actor, progress=context.progress)
    return {"rows": check.rows, "found": check.found}


def start_chain_check(actor: Actor) -> str:
    """Queue a check unless one is waiting already; returns the address of its page."""
    job = enqueue(actor=actor, kind=CHECK, title=gettext("校验审计链"), dedupe=f"{CHECK}:{actor.actor_name}")
    return reverse("jobs:job_detail", args=[job.pk])


job_kind(JobKind(CHECK, _("校验审计链"), check_chain, url=lambda job: reverse("accounts:audit_list")))
register_background(start_chain_check)
job_kind(JobKind(DAILY_KIND, _("每日工作"), run_daily))
daily(Daily("audit.anchor", _("把审计链末端写到库外"), anchor_chain))
daily(Daily("accounts.sessions", _("清理过期的登录"), clear_sessions))
daily(Daily("jobs.purge", _("清理旧任务"), purge_jobs))
daily(Daily("jobs.statistics", _("更新数据库统计信息"), count_tables))


job_kind(JobKind(rotation.KIND, _("轮换数据密钥"), rotation.run_rotation))
resealed(Resealed("accounts.factors", _("第二因子"), model_step(SecondFactor, lambda factor: factor.context)))
