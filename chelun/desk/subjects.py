"""What the desk holds of persons, and why."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chelun.desk.choices import ENDED
from chelun.desk.models import ChangeCheck, ChangeRequest, WorkRow
from chelun.desk.selectors import by_open_change
from chelun.platform.privacy.kinds import HOLDINGS, Holding
from chelun.platform.privacy.subjects import DUTY, SubjectTable, declare
from chelun.platform.privacy.terms import following, own_clock, with_file

_WHY = _("改正登记的内容，留下谁提出、谁审核")
_WHILE = _("在册期间；离开行业后按各地设置的期限")

declare(SubjectTable(
    ChangeRequest, "person", _WHY, DUTY, _WHILE, "home", "sensitive", export=True, erase="delete", merge="leaf",
    term=own_clock("decided_at", "y3", over=Q(state__in=ENDED)),
))  # fmt: skip
declare(SubjectTable(
    ChangeCheck, "request__person", _WHY, DUTY, _WHILE, "none", "personal", export=True, erase="delete", merge="leaf",
    term=following(ChangeRequest._meta.label),
))  # fmt: skip
declare(SubjectTable(
    WorkRow, "subject", _("逐行办理清单，记下做了什么"), DUTY, _("随清单；抹除时一起清除"), "home", "personal",
    export=True, erase="delete", merge="leaf", term=with_file(),
))  # fmt: skip
HOLDINGS.add("desk.changes", Holding("desk.changes", _("他的变更申请还没有办结"), by_open_change))
