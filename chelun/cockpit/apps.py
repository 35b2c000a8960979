"""The cockpit app."""

from django.apps import AppConfig


class CockpitConfig(AppConfig):
    """The cockpit app."""

    name = "chelun.cockpit"
    label = "cockpit"
    verbose_name = "驾驶舱"
