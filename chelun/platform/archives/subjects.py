"""What archives hold of persons and firms, and why."""

from django.utils.translation import gettext_lazy as _

from chelun.platform.archives.models import FormerKey
from chelun.platform.privacy.subjects import DUTY, SubjectTable, declare
from chelun.platform.privacy.terms import with_file

declare(SubjectTable(
    FormerKey, "subject", _("读懂并入的审计链段"), DUTY, _("随主体的数据一同销毁"), "none", "sensitive",
    export=False, erase="delete", merge="keep", term=with_file(),
))  # fmt: skip
