"""Words to choose from in the cockpit."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WallLanguage(models.TextChoices):
    """In which language a screen on a wall speaks."""

    CHINESE = "zh-hans", _("中文")
    ENGLISH = "en", _("英文")


class WallTheme(models.TextChoices):
    """Light or dark of a screen on a wall."""

    DARK = "dark", _("深色")
    LIGHT = "light", _("浅色")
    AUTO = "auto", _("随系统")
