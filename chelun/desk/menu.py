"""The desk's lines in the menu."""

from django.utils.translation import gettext_lazy as _

from chelun.core.menu import MENU, MenuItem

MENU.add(
    "desk.changes",
    MenuItem(_("变更申请"), "desk:change_list", "git-pull-request", "people.edit", 45, "registers"),
)
MENU.add(
    "desk.work",
    MenuItem(_("工作清单"), "desk:work_list", "list-check", "people.view", 46, "registers"),
)
