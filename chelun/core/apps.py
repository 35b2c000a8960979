"""Starts the registries once all apps are loaded."""

from django.apps import AppConfig
from django.forms import Field, FileField
from django.utils.translation import gettext_lazy as _

from chelun.core import lookups, patience, registries


class CoreConfig(AppConfig):
    """Core has no tables; it is an app for its templates, tags and checks."""

    name = "chelun.core"
    label = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        """Let every app bring its checks and what it declares; connections wait for their turn, forms speak plainly."""
        patience.listen()
        lookups.register()
        Field.default_error_messages["required"] = _("请填写这一项。")
        FileField.default_error_messages["required"] = _("请选择一个文件。")
        registries.autodiscover()
