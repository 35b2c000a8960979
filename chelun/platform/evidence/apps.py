"""The evidence app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The evidence app."""

    name = "chelun.platform.evidence"
    label = "evidence"
    verbose_name = "附件"
