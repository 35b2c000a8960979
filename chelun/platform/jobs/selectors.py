"""Reading jobs, for pages and for other apps."""

from uuid import UUID

from django.db.models import Q, QuerySet

from chelun.core.actors import Actor
from chelun.core.errors import NotFound
from chelun.core.scope import Scope, scope_filter
from chelun.platform.jobs.choices import LIVE
from chelun.platform.jobs.models import Job

MANAGE = "jobs.manage"


def owner_key(actor: Actor) -> str:
    """The text under which jobs remember who asked for them: an account's id, or a system user's name."""
    return str(getattr(actor, "pk", "") or getattr(actor, "os_user", ""))[:60]


def job_list(*, scope: Scope, reader: Actor | None = None, state: str = "") -> QuerySet[Job]:
    """Jobs that concern places in scope and those that the reader asked for, newest first.

    Jobs that concern no place (daily work, maintenance) are shown to whoever manages jobs.
    """
    condition = scope_filter(Job, scope)
    if reader is not None and condition:
        condition |= Q(owner_kind=reader.actor_kind, owner_key=owner_key(reader))
        if reader.has(MANAGE):
            condition |= Q(province="")
    rows = Job.objects.filter(condition).order_by("-id")
    return rows.filter(state=state) if state else rows


def job_get(*, scope: Scope, reader: Actor | None = None, job_id: UUID | str) -> Job:
    """One job that the reader may see; NotFound otherwise."""
    found = job_list(scope=scope, reader=reader).filter(pk=job_id).first()
    if found is None:
        raise NotFound
    return found


def job_of(job_id: UUID | None) -> Job | None:
    """The job of that key, for the page of what it works on; None when it is gone."""
    return Job.objects.filter(pk=job_id).first() if job_id else None


def live_job(*, kind: str, dedupe: str) -> Job | None:
    """The waiting or running job of that key, if there is one."""
    return Job.objects.filter(kind=kind, dedupe=dedupe, state__in=LIVE).first()


def may_manage(*, actor: Actor, job: Job) -> bool:
    """Whether the actor may cancel or retry the job: it is his own, or he manages jobs where it belongs."""
    if job.owner_kind == actor.actor_kind and job.owner_key == owner_key(actor):
        return True
    if not actor.has(MANAGE):
        return False
    if not job.province:
        return True
    return Job.objects.in_scope(actor.scope_for(MANAGE)).filter(pk=job.pk).exists()
