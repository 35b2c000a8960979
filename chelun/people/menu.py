"""The registers' lines in the menu."""

from django.utils.translation import gettext_lazy as _

from chelun.core.menu import MENU, MenuItem

MENU.add("people.search", MenuItem(_("查找"), "people:search", "search", "people.view", 5, "registers"))
MENU.add("people.persons", MenuItem(_("人员"), "people:person_list", "users", "people.view", 10, "registers"))
MENU.add(
    "people.enterprises",
    MenuItem(_("企业"), "people:enterprise_list", "building", "people.view", 20, "registers"),
)
MENU.add(
    "people.vehicles", MenuItem(_("车辆"), "people:vehicle_list", "truck", "people.view", 30, "registers")
)
MENU.add(
    "people.credentials",
    MenuItem(_("证照"), "people:credential_list", "certificate", "people.view", 33, "registers"),
)
MENU.add(
    "people.calendar",
    MenuItem(_("到期日历"), "people:credential_calendar", "calendar", "people.view", 34, "registers"),
)
MENU.add(
    "people.glass",
    MenuItem(_("紧急查看一份档案"), "people:glass_ask", "urgent", "people.glass", 55, "registers"),
)
MENU.add(
    "people.merges", MenuItem(_("合并记录"), "people:merge_list", "link", "people.merge", 45, "registers")
)
MENU.add(
    "people.unresolved",
    MenuItem(_("待甄别"), "people:unresolved_list", "user-question", "people.edit", 40, "registers"),
)
MENU.add(
    "people.likenesses",
    MenuItem(_("可能重复"), "people:likeness_list", "copy", "people.edit", 42, "registers"),
)
MENU.add(
    "people.ranks", MenuItem(_("来源先后"), "people:rank_list", "arrows-sort", "people.view", 50, "registers")
)
