"""What the firms app holds of firms, and why."""

from django.utils.translation import gettext_lazy as _

from chelun.firms.models import FirmStanding, Stay
from chelun.platform.privacy.subjects import DUTY, SubjectTable, declare
from chelun.platform.privacy.terms import kept_for_good

_NEVER = kept_for_good(_("企业和车辆的登记不因日久删除；仅由一人提到的，随他的档案一同删除"))

declare(SubjectTable(
    FirmStanding, "enterprise", _("看清每家企业的情况是否清楚、是否过期"), DUTY, _("随企业档案；由登记的内容汇总，可随时重算"), "home",
    "personal", export=False, erase="delete", merge="leaf", term=_NEVER,
))  # fmt: skip
declare(SubjectTable(
    Stay, "enterprise", _("知道哪家企业何时达到本地的门槛"), DUTY, _("随企业档案"), "home", "personal",
    export=True, erase="delete", merge="leaf", term=_NEVER,
))  # fmt: skip
