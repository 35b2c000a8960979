"""One job: how far it is, and what may be done about it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers

from chelun.core.pages import PageRequest, page
from chelun.platform.jobs import services
from chelun.platform.jobs.selectors import job_get, may_manage
from chelun.platform.jobs.showing import job_facts, result_url, title_of


@page("jobs.view")
@vary_on_headers("HX-Request")
def job_detail(request: PageRequest, job_id: UUID) -> HttpResponse:
    """The page of a job; to htmx only its bar, and when the job is over, the order to load the page anew."""
    job = job_get(scope=request.scope, reader=request.actor, job_id=job_id)
    if request.htmx:
        answer = render(request, "jobs/progress.html", {"job": job})
        if not job.is_live:
            answer["HX-Refresh"] = "true"
        return answer
    context = {"job": job, "title": title_of(job), "facts": job_facts(job)}
    context["result_url"] = result_url(job, request.actor)
    context["may_manage"] = may_manage(actor=request.actor, job=job)
    return render(request, "jobs/job_detail.html", context)


@page("jobs.view")
@require_POST
def job_cancel(request: PageRequest, job_id: UUID) -> HttpResponse:
    """Ask for a job to be cancelled."""
    job = job_get(scope=request.scope, reader=request.actor, job_id=job_id)
    services.cancel(actor=request.actor, job=job)
    messages.success(request, _("已要求取消。"))
    return redirect("jobs:job_detail", job_id)


@page("jobs.view")
@require_POST
def job_retry(request: PageRequest, job_id: UUID) -> HttpResponse:
    """Queue a job again."""
    job = job_get(scope=request.scope, reader=request.actor, job_id=job_id)
    services.retry(actor=request.actor, job=job)
    messages.success(request, _("已重新排队。"))
    return redirect("jobs:job_detail", job_id)
