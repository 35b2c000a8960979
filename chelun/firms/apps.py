"""The firms app."""

from django.apps import AppConfig


class FirmsConfig(AppConfig):
    """The firms app."""

    name = "chelun.firms"
    label = "firms"
    verbose_name = "企业"
