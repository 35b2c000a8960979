"""Starts the registries once all apps are loaded."""

from django.apps import AppConfig

from chelun.core import lookups, patience, registries


class CoreConfig(AppConfig):
    """Core has no tables; it is an app for its templates, tags and checks."""

    name = "chelun.core"
    label = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        """Let every app bring its checks and what it declares; let every connection wait for its turn."""
        patience.listen()
        lookups.register()
        registries.autodiscover()
