"""The lines of families in the menu."""

from django.utils.translation import gettext_lazy as _

from chelun.core.menu import MENU, MenuItem
from chelun.families.selectors import MINORS, VIEW

MENU.add(
    "families.relatives",
    MenuItem(_("成年家属"), "families:relative_list", "friends", VIEW, 42, "registers"),
)
MENU.add(
    "families.minors",
    MenuItem(_("未成年家属"), "families:minor_list", "mood-kid", MINORS, 43, "registers"),
)
