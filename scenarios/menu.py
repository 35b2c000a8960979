"""The line of the example places in the menu; only the demo has it."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from chelun.core.menu import MENU, MenuItem

if settings.CHELUN_DEMO:
    MENU.add(
        "scenarios.places",
        MenuItem(_("载入示例"), "scenarios:places", "package-import", "jobs.manage", 95, "admin"),
    )
