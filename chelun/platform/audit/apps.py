"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit trail."""

    name = "chelun.platform.audit"
    label = "audit"
    verbose_name = "审计"
