"""What the firms app holds of firms, and why."""

from django.utils.translation import gettext_lazy as _

from chelun.firms.models import FirmStanding, Stay
from chelun.platform.privacy.subjects import DUTY, SubjectTable, declare

declare(SubjectTable(
    FirmStanding, "enterprise", _("看清每家企业的情况是否清楚、是否过期"), DUTY, _("随企业档案；由登记的内容汇总，可随时重算"), "home",
    "personal", export=False, erase="delete", merge="leaf",
))  # fmt: skip
declare(SubjectTable(
    Stay, "enterprise", _("知道哪家企业何时达到本地的门槛"), DUTY, _("随企业档案"), "home", "personal",
    export=True, erase="delete", merge="leaf",
))  # fmt: skip
