"""What the registers hold of persons and firms, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.people.models import (
    Credential,
    CredentialCard,
    CredentialPast,
    CredentialSource,
    DriverTie,
    Engagement,
    Enterprise,
    EnterpriseCard,
    EnterprisePast,
    EnterpriseSource,
    ForgottenValue,
    Leaf,
    LeafName,
    Likeness,
    Merge,
    OwnValue,
    Person,
    PersonCard,
    PersonPast,
    PersonSource,
    RowVerdict,
    UnresolvedRow,
    Vehicle,
    VehicleCard,
    VehiclePast,
    VehicleSource,
)
from chelun.people.selectors.records import has_persons
from chelun.people.services.erasing import PERSON_KIND, strike_waiting, waiting_for
from chelun.people.services.holding import cards_held, past_held, records_held, same_matter
from chelun.people.services.intake.leaves import leaves_about, merges_of, names_about, same_subjects
from chelun.people.services.likeness import likenesses_about
from chelun.people.services.requests import PERSON_ACTS
from chelun.platform.privacy.acts import ACTS
from chelun.platform.privacy.assessing import NEEDS, Need
from chelun.platform.privacy.choices import Occasion
from chelun.platform.privacy.kinds import SAME_SUBJECT, SUBJECT_KINDS
from chelun.platform.privacy.subjects import DUTY, SUBJECT_ROOTS, SubjectTable, declare
from chelun.platform.privacy.terms import cleared_daily, declare_file, kept_for_good, with_file

for _root in (Person, Enterprise, Vehicle, Credential):
    SUBJECT_ROOTS.add(_root._meta.label, _root)

_LEDGER = _("摸清行业从业人员、企业和车辆底数，提供服务")
_WHILE = _("在册期间；离开行业后按各地设置的期限")
_NEVER = kept_for_good(_("企业和车辆的登记不因日久删除；仅由一人提到的，随他的档案一同删除"))
declare_file("person", _("人员的档案"), "y5")


def _table(model: type[models.Model], path: str, sensitivity: str) -> None:
    term = with_file() if path == "person" else _NEVER
    declare(SubjectTable(
        model, path, _LEDGER, DUTY, _WHILE, "home", sensitivity, export=True, erase="delete", merge="leaf", term=term
    ))  # fmt: skip


_table(PersonSource, "person", "sensitive")
_table(PersonCard, "person", "sensitive")
_table(Engagement, "person", "personal")
_table(DriverTie, "person", "personal")
_table(EnterpriseSource, "enterprise", "personal")
_table(EnterpriseCard, "enterprise", "personal")
_table(VehicleSource, "vehicle", "personal")
_table(VehicleCard, "vehicle", "personal")
for _past, _path in ((PersonPast, "person"), (EnterprisePast, "enterprise"), (VehiclePast, "vehicle")):
    declare(SubjectTable(
        _past, _path, _("说明当时的名单上有什么"), DUTY, _WHILE, "home", "sensitive", export=False, erase="delete",
        merge="leaf", term=with_file() if _path == "person" else _NEVER,
    ))  # fmt: skip
for _papers, _of in (
    (CredentialSource, records_held),
    (CredentialCard, cards_held),
    (CredentialPast, past_held),
):
    declare(SubjectTable(
        _papers, "credential", _("提醒证照到期，办理换证"), DUTY, _WHILE, "home", "sensitive",
        export=_papers is not CredentialPast, erase="delete", merge="leaf", kinds=("person", "enterprise", "vehicle"), find=_of, term=with_file(),
    ))  # fmt: skip
declare(SubjectTable(
    OwnValue, "subject", _LEDGER, DUTY, _WHILE, "home", "personal", export=False, erase="delete", merge="leaf",
    term=with_file(),
))  # fmt: skip
declare(SubjectTable(
    RowVerdict, "subject", _("核对各来源的名单是否属实"), DUTY, _WHILE, "home", "personal", export=False, erase="delete",
    merge="leaf", term=with_file(),
))  # fmt: skip
declare(SubjectTable(
    UnresolvedRow, "candidates", _("辨认没有身份证号的记录属于谁"), DUTY, _("处理后三十天"), "home", "sensitive",
    export=False, erase="delete", merge="leaf", kinds=("person",), find=waiting_for, strike=strike_waiting,
    term=cleared_daily(_("认定三十天后由每日工作清理；没有认定的由人处理")),
))  # fmt: skip
SUBJECT_KINDS.add(PERSON_KIND.name, PERSON_KIND)
NEEDS.add(
    "people.sensitive",
    Need("people.sensitive", _("登记身份证号、住址等敏感信息"), Occasion.SENSITIVE, has_persons),
)
for _asked, _act in PERSON_ACTS.items():
    ACTS.add(f"person.{_asked}", _act)
SAME_SUBJECT.add("people.merges", same_subjects)
SAME_SUBJECT.add("people.papers", same_matter)
for _joined, _find in ((Merge, merges_of), (Leaf, leaves_about), (LeafName, names_about)):
    declare(SubjectTable(
        _joined, "leaf", _("把同一人（企业、车辆）的几份档案并成一份，并能拆开"), DUTY, _WHILE, "home", "personal",
        export=False, erase="delete", merge="keep", kinds=("person", "enterprise", "vehicle"), find=_find, term=with_file(),
    ))  # fmt: skip
declare(SubjectTable(
    Likeness, "one", _("看出可能重复的档案，由人判断是不是同一份"), DUTY, _WHILE, "home", "personal", export=False, erase="delete",
    merge="keep", kinds=("person", "enterprise", "vehicle"), find=likenesses_about, term=with_file(),
))  # fmt: skip
declare(SubjectTable(
    ForgottenValue, "subject", _("说明哪些原值已应本人要求去除"), DUTY, _WHILE, "none", "personal",
    export=True, erase="delete", merge="leaf", term=with_file(),
))  # fmt: skip
