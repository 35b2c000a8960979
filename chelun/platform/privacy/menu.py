"""The lines of privacy in the menu."""

from django.utils.translation import gettext_lazy as _

from chelun.core.menu import MENU, MenuItem

MENU.add(
    "privacy.erasures",
    MenuItem(_("抹除记录"), "privacy:erasure_list", "eraser", "privacy.decide", 70, "registers"),
)
MENU.add(
    "privacy.requests",
    MenuItem(
        _("本人的请求"), "privacy:request_list", "message-question", "privacy.register", 60, "registers"
    ),
)
MENU.add(
    "privacy.notices",
    MenuItem(_("告知书"), "privacy:notice_list", "speakerphone", "privacy.decide", 80, "registers"),
)
MENU.add(
    "privacy.retention",
    MenuItem(_("保存期限"), "privacy:retention", "hourglass", "privacy.decide", 75, "registers"),
)
MENU.add(
    "privacy.glass",
    MenuItem(_("紧急查看"), "privacy:glass_list", "urgent", "privacy.decide", 65, "registers"),
)
MENU.add(
    "privacy.areas",
    MenuItem(_("紧急查看的范围"), "privacy:glass_areas", "urgent", "security.manage", 35, "admin"),
)
MENU.add(
    "privacy.reviews",
    MenuItem(_("复核紧急查看"), "privacy:glass_reviews", "urgent", "audit.view", 45, "admin"),
)
MENU.add(
    "privacy.assessments",
    MenuItem(_("影响评估"), "privacy:assessment_list", "clipboard-check", "privacy.decide", 85, "registers"),
)
MENU.add(
    "privacy.purposes", MenuItem(_("处理目的和依据"), "privacy:purposes", "list-details", "", 95, "admin")
)
