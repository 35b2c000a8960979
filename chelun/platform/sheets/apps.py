"""The sheets app."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """The sheets app."""

    name = "chelun.platform.sheets"
    label = "sheets"
    verbose_name = "表格"
