"""What is kept of a relative, read from what a form brought: no more than the age and the purpose need."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.engines.faults import Fault
from chelun.engines.ids import read_phone
from chelun.engines.names import read_name
from chelun.families.choices import Guardian, GuardianProof, Relation, Stage
from chelun.families.rules import CONTACT, PURPOSES_OF, stage_on
from chelun.platform.privacy.choices import ConsentHow, OnBehalf
from chelun.platform.sheets.wording import said, told

Facts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Agreed:
    """To what a relative agreed and how, having been shown a version of the notice. `guardian` says who agreed for a child
    (name, relation, proof); `knows`: it was explained to the young person, who agrees."""

    notice: str
    how: str
    purposes: tuple[str, ...]
    knows: bool = False
    guardian: Mapping[str, str] = field(default_factory=dict)


def wrong(name: str, sentence: str) -> Refused:
    """A refusal that a form shows at the field it is about."""
    return Refused(f"families.field.{name}", sentence)


def read_facts(raw: Mapping[str, str], *, minor: bool) -> Facts:
    """Name, telephone and, of minors alone, the birth. Refused with the field where something is wrong."""
    facts = {"name": _name("name", raw.get("name", "")), "phone": _phone(raw.get("phone", ""))}
    if minor:
        facts["birth"] = _birth(raw.get("birth", "")).isoformat()
        if stage_of(facts) == Stage.CHILD:
            facts.pop("phone")
    return {name: value for name, value in facts.items() if value}


def check_relation(relation: str, stage: str) -> None:
    """Refused for a relation that is none, or that nobody of such an age can have."""
    if relation not in Relation.values:
        raise wrong("relation", _("请选择与从业人员的关系。"))
    if stage != Stage.ADULT and relation in (Relation.SPOUSE, Relation.PARENT):
        raise wrong("relation", _("未成年人不会是从业人员的配偶或父母，请核对关系和年龄。"))


def birth_of(facts: Mapping[str, str]) -> date | None:
    """The birth of a minor; None of an adult."""
    return date.fromisoformat(facts["birth"]) if facts.get("birth") else None


def stage_of(facts: Mapping[str, str]) -> Stage:
    """How old the one is today."""
    return stage_on(birth_of(facts), timezone.localdate())


def _name(field_name: str, text: str) -> str:
    found = read_name(text)
    if isinstance(found, Fault):
        raise wrong(field_name, _sentence(found))
    return found.value


def _phone(text: str) -> str:
    if not text.strip():
        return ""
    found = read_phone(text)
    if isinstance(found, Fault):
        raise wrong("phone", _sentence(found))
    return found.value


def _sentence(fault: Fault) -> str:
    return told(said(fault.template, fault.params), said(fault.advice, fault.params))


def _birth(text: str) -> date:
    try:
        birth = date.fromisoformat(text.strip())
    except ValueError:
        raise wrong("birth", _("请填出生日期：满不满十四周岁，决定由谁同意。")) from None
    today = timezone.localdate()
    if birth > today:
        raise wrong("birth", _("出生日期在今天之后，请核对。"))
    if stage_on(birth, today) == Stage.ADULT:
        raise wrong("birth", _("已满十八周岁，请按成年家属登记，不记出生日期。"))
    return birth


def check_agreed(facts: Mapping[str, str], agreed: Agreed) -> tuple[OnBehalf, Facts]:
    """Who agreed, and of a guardian who that is. Refused where nobody did who may."""
    stage = stage_of(facts)
    if agreed.how not in ConsentHow.values:
        raise wrong("how", _("请选择怎样同意的。没有同意，只能记下意愿。"))
    if not agreed.purposes or set(agreed.purposes) - set(PURPOSES_OF[stage]):
        raise wrong("purposes", _("请至少勾选一项本人同意的用途。"))
    if CONTACT in agreed.purposes and not facts.get("phone"):
        raise wrong("phone", _("同意联系的，要有电话；不用联系的，不要勾选这一项。"))
    if stage == Stage.CHILD:
        return OnBehalf.GUARDIAN, _guardian(agreed.guardian)
    if stage == Stage.TEEN and not agreed.knows:
        raise wrong("knows", _("已满十四周岁，要向本人当面说明、本人同意才能登记，监护人不能代替。"))
    return OnBehalf.SELF, {}


def check_telephone(facts: Facts, agreed: Agreed) -> None:
    """Refused where an adult brings a telephone and did not agree to be reached."""
    if stage_of(facts) == Stage.ADULT and facts.get("phone") and CONTACT not in agreed.purposes:
        raise wrong("phone", _("没有同意联系的，不登记电话：请去掉电话，或者问过本人后勾选联系这一项。"))


def _guardian(said_of: Mapping[str, str]) -> Facts:
    relation, proof = said_of.get("relation", ""), said_of.get("proof", "")
    if relation not in Guardian.values:
        raise wrong("guardian_relation", _("不满十四周岁的，由父母或其他监护人同意：请选择是谁。"))
    if proof not in GuardianProof.values:
        raise wrong("guardian_proof", _("请选择核对了哪种证明。"))
    return {"name": _name("guardian_name", said_of.get("name", "")), "relation": relation, "proof": proof}
