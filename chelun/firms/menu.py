"""The firms app's lines in the menu."""

from django.utils.translation import gettext_lazy as _

from chelun.core.menu import MENU, MenuItem

MENU.add("firms.lights", MenuItem(_("企业五清"), "firms:light_list", "bulb", "people.view", 22, "registers"))
MENU.add(
    "firms.registers", MenuItem(_("门槛名册"), "firms:registers", "stairs-up", "people.view", 24, "registers")
)
