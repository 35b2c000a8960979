"""Menu lines of the regions app."""

from django.utils.translation import gettext_lazy as _

from chelun.core.menu import MENU, MenuItem

MENU.add("regions.directory", MenuItem(_("地区"), "regions:region_list", "map-2", "", 80, "admin"))
MENU.add(
    "regions.settings",
    MenuItem(_("地方设置"), "regions:settings", "adjustments", "regions.manage", 81, "admin"),
)
