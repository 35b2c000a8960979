"""The desk's line in the menu."""

from django.utils.translation import gettext_lazy as _

from chelun.core.menu import MENU, MenuItem

MENU.add(
    "desk.changes",
    MenuItem(_("变更申请"), "desk:change_list", "git-pull-request", "people.edit", 45, "registers"),
)
