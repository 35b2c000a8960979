"""What a place decides about families: for how long a consent counts, for how long something waits for one."""

from django.utils.translation import gettext_lazy as _

from chelun.platform.regions.place_settings import GROUPS, SETTINGS, Setting

TERM, PENDING = "families.term", "families.pending"
TERMS = {"1": _("一年"), "2": _("两年"), "3": _("三年")}
WAITS = {"7": _("7 天"), "15": _("15 天"), "30": _("30 天")}

GROUPS["families"] = (
    _("家属"),
    _("家属的资料只凭本人的同意保存，不满十四周岁的凭监护人的同意；到期没有重新同意的，自动抹除。"),
)
SETTINGS.add(TERM, Setting(TERM, "choice", _("家属的同意管多久"), "", "1", "families", TERMS))
SETTINGS.add(
    PENDING,
    Setting(
        PENDING, "choice", _("等同意等多久"), _("还没同意的意愿，和同意到期后的资料，过了这么久就删除。"), "30", "families", WAITS
    ),
)  # fmt: skip
