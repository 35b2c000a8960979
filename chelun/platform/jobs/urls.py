"""Addresses of the jobs app."""

from django.urls import URLPattern, path

from chelun.platform.jobs.views import health, job_detail, job_list

app_name = "jobs"
urlpatterns: list[URLPattern] = [
    path("", job_list.job_list, name="job_list"),
    path("health/", health.health, name="health"),
    path("metrics/", health.metrics, name="metrics"),
    path("<uuid:job_id>/", job_detail.job_detail, name="job_detail"),
    path("<uuid:job_id>/cancel/", job_detail.job_cancel, name="job_cancel"),
    path("<uuid:job_id>/retry/", job_detail.job_retry, name="job_retry"),
]
