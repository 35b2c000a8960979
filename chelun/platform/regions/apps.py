"""The regions app."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """The regions app."""

    name = "chelun.platform.regions"
    label = "regions"
    verbose_name = "地区"
