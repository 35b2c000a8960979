"""Refuses to start an installation in earnest whose database holds accounts of the demo."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError
from django.utils.translation import gettext as _

from chelun.platform.accounts.models import User


@register("chelun")
def demo_users_in_earnest(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error when there are demo accounts and this is not the demo; silent while there are no tables yet."""
    if settings.CHELUN_DEMO:
        return []
    try:
        found = User.objects.filter(is_demo=True).count()
    except DatabaseError:
        return []
    if not found:
        return []
    hint = _("正式运行请使用新的空数据库；演示库只能用演示设置打开。")
    told = _("数据库里有 {count} 个演示账号，它们的密码是公开的").format(count=found)
    return [Error(told, hint=hint, id="accounts.E001")]
