"""The families app."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    """The families app."""

    name = "chelun.families"
    label = "families"
    verbose_name = "家属"
