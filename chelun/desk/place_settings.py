"""What a place decides about changes: whether they are checked, and how often."""

from django.utils.translation import gettext_lazy as _

from chelun.platform.regions.place_settings import SETTINGS, Setting

CHECKS = "desk.checks"
SETTINGS.add(
    CHECKS,
    Setting(
        CHECKS, "choice", _("变更申请须审核几次"), _("依次由不同的人审核，全部同意才生效。提出的人不能审核自己的申请。"), "1", "modules",
        {"1": _("一次"), "2": _("两次"), "3": _("三次")},
    ),
)  # fmt: skip
