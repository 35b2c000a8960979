"""The desk app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk app."""

    name = "chelun.desk"
    label = "desk"
    verbose_name = "案头"
