"""What the desk holds of persons, and why."""

from django.utils.translation import gettext_lazy as _

from chelun.desk.models import ChangeCheck, ChangeRequest
from chelun.platform.privacy.subjects import DUTY, SubjectTable, declare

_WHY = _("改正登记的内容，留下谁提出、谁审核")
_WHILE = _("在册期间；离开行业后按各地设置的期限")

declare(SubjectTable(
    ChangeRequest, "person", _WHY, DUTY, _WHILE, "home", "sensitive", export=True, erase="delete", merge="leaf"
))  # fmt: skip
declare(SubjectTable(
    ChangeCheck, "request__person", _WHY, DUTY, _WHILE, "none", "personal", export=True, erase="delete", merge="leaf"
))  # fmt: skip
