"""The privacy app."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The privacy app."""

    name = "chelun.platform.privacy"
    label = "privacy"
    verbose_name = "个人信息保护"
