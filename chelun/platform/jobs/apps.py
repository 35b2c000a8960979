"""The jobs app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The jobs app."""

    name = "chelun.platform.jobs"
    label = "jobs"
    verbose_name = "后台任务"
