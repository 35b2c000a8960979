"""What families hold of relatives and registered persons, and why: nothing without a consent but the wish that waits for one."""

from django.utils.translation import gettext_lazy as _

from chelun.families.models import FamilyWish, Relative
from chelun.families.rules import CONTACT, SERVICES
from chelun.families.selectors import KIND, has_minors
from chelun.families.services.erasing import RELATIVE_KIND, rows_of, stop, strike_relatives
from chelun.families.services.requests import RELATIVE_ACTS
from chelun.platform.privacy.acts import ACTS
from chelun.platform.privacy.assessing import NEEDS, Need
from chelun.platform.privacy.choices import Occasion
from chelun.platform.privacy.kinds import SUBJECT_KINDS
from chelun.platform.privacy.purposes import PURPOSES, Purpose
from chelun.platform.privacy.subjects import SUBJECT_ROOTS, SubjectTable, declare
from chelun.platform.privacy.terms import cleared_daily

_CONSENT = _(
    "本人单独同意（个人信息保护法第十三条第一项、第二十九条）；不满十四周岁的由父母或其他监护人同意（第三十一条）"
)
SUBJECT_ROOTS.add(Relative._meta.label, Relative)
SUBJECT_KINDS.add(KIND, RELATIVE_KIND)
declare(SubjectTable(
    Relative, "person", _("在同意的范围内为从业人员的家属服务"), _CONSENT, _("到同意到期或撤回；随从业人员的档案，另有同意的除外"),
    "home", "sensitive", export=True, erase="delete", merge="leaf", kinds=(KIND, "person"), find=rows_of,
    strike=strike_relatives, term=cleared_daily(_("同意到期、没有重新同意的，由每日工作抹除")),
))  # fmt: skip
declare(SubjectTable(
    FamilyWish, "person", _("等家属本人或监护人同意"), _("本人提出的意愿，只记关系和年龄段（个人信息保护法第十三条第一项）"),
    _("最多三十天"), "home", "personal", export=True, erase="delete", merge="leaf",
    term=cleared_daily(_("没有同意的，几天后由每日工作删除")),
))  # fmt: skip
_LAST = _("这是最后一项同意。撤回后，这位家属的资料立即抹除，不能恢复，只留凭证。")
PURPOSES.add(CONTACT, Purpose(
    CONTACT, _("家属：慰问，有事时联系到从业人员的家里"), _("不同意不影响从业人员的登记和家属参加活动。"), stop,
    separate=True, kind=KIND, own_form=True, last=_LAST,
))  # fmt: skip
PURPOSES.add(SERVICES, Purpose(
    SERVICES, _("家属：本人参加课程、亲子活动、夏令营等服务"), _("不同意不影响从业人员的登记；撤回后不再保存家属的资料。"), stop,
    separate=True, kind=KIND, own_form=True, last=_LAST,
))  # fmt: skip
for _asked, _act in RELATIVE_ACTS.items():
    ACTS.add(f"{KIND}.{_asked}", _act)
NEEDS.add("families.minors", Need("families.minors", _("登记未成年家属"), Occasion.SENSITIVE, has_minors))
