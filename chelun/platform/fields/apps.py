"""The fields app."""

from django.apps import AppConfig


class FieldsConfig(AppConfig):
    """The fields app."""

    name = "chelun.platform.fields"
    label = "fields"
    verbose_name = "自定字段"
