"""What a place decides of privacy: how long it takes to answer a person."""

from django.utils.translation import gettext_lazy as _

from chelun.platform.privacy.assessing import GUARDED
from chelun.platform.privacy.choices import Occasion
from chelun.platform.regions.place_settings import GROUPS, MEMBERSHIP, SETTINGS, Setting

TERM = "privacy.term"
TERMS = {
    "w5": _("5 个工作日"),
    "w10": _("10 个工作日"),
    "w15": _("15 个工作日"),
    "c15": _("15 天"),
    "c30": _("30 天"),
}
DEFAULT_TERM = "w15"

GROUPS["privacy"] = (_("个人信息保护"), _("法律要求及时答复本人的请求；这里定的是最迟哪一天。"))
SETTINGS.add(TERM, Setting(TERM, "choice", _("答复本人请求的期限"), "", DEFAULT_TERM, "privacy", TERMS))
GUARDED.add(MEMBERSHIP, Occasion.SENSITIVE.value)
