"""The cockpit's lines in the menu."""

from django.utils.translation import gettext_lazy as _

from chelun.core.menu import MENU, MenuItem

MENU.add("cockpit.start", MenuItem(_("今天的工作"), "cockpit:start", "home", "", 0, "today"))
MENU.add(
    "cockpit.region", MenuItem(_("驾驶舱"), "cockpit:own_region", "dashboard", "cockpit.view", 10, "cockpit")
)
MENU.add(
    "cockpit.quality", MenuItem(_("数据质量"), "cockpit:quality", "checklist", "cockpit.view", 20, "cockpit")
)
MENU.add(
    "cockpit.indicators",
    MenuItem(_("指标说明"), "cockpit:indicator_list", "book", "cockpit.view", 30, "cockpit"),
)
MENU.add("cockpit.walls", MenuItem(_("大屏"), "cockpit:wall_list", "device-tv", "walls.manage", 82, "admin"))
