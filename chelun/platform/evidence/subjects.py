"""What evidence holds of subjects, and why."""

from django.utils.translation import gettext_lazy as _

from chelun.platform.evidence.models import Evidence, SamePicture
from chelun.platform.evidence.selectors import pairs_of
from chelun.platform.evidence.services import strike
from chelun.platform.privacy.subjects import DUTY, SubjectTable, declare
from chelun.platform.privacy.terms import following, with_file

declare(SubjectTable(
    Evidence, "subject", _("证明登记的内容和本人的请求属实"), DUTY, _("随档案；不再需要时由经办人删除"), "home", "sensitive",
    export=True, erase="delete", merge="leaf", strike=strike, term=with_file(),
))  # fmt: skip
declare(SubjectTable(
    SamePicture, "one__subject", _("看出同一张照片用在几份档案上"), DUTY, _("随附件"), "one__home", "personal",
    export=False, erase="delete", merge="leaf", kinds=("person", "enterprise", "vehicle"), find=pairs_of, term=following(Evidence._meta.label),
))  # fmt: skip
