"""Words to choose from in the cockpit."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WallTheme(models.TextChoices):
    """Light or dark of a screen on a wall."""

    DARK = "dark", _("深色")
    LIGHT = "light", _("浅色")
    AUTO = "auto", _("随系统")
