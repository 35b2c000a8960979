"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, roles and grants."""

    name = "chelun.platform.accounts"
    label = "accounts"
    verbose_name = "账号"
