"""The archives app."""

from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    """The archives app."""

    name = "chelun.platform.archives"
    label = "archives"
    verbose_name = "档案包"
