"""The app that gives `chelun scenario` to the installation. It has no tables and no pages."""

from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    """Only the command lives here."""

    name = "scenarios"
    verbose_name = "示例地区"
