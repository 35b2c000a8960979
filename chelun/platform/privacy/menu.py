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
