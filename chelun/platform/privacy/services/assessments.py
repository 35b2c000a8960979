"""Impact assessments are recorded; what needs one is refused until there is one in force (PIPL §55–56)."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.platform.audit.services import record
from chelun.platform.privacy.assessing import GUARDED
from chelun.platform.privacy.choices import Occasion, Risk
from chelun.platform.privacy.models import Assessment
from chelun.platform.privacy.services.holds import DECIDE
from chelun.platform.regions.place_settings import Value
from chelun.platform.regions.selectors import place, placed, within

SHORTEST = 30
LONGEST_TERM = timedelta(days=3 * 366)


def record_assessment(
    *, actor: Actor, region: str, title: str, occasions: Sequence[str], covers: Sequence[str], purpose: str, risks: str,
    measures: str, risk: str, assessed_on: date, assessors: str, valid_until: date,
) -> Assessment:  # fmt: skip
    """Keep an assessment for a province, city or county. NotFound outside the actor's places; Refused when something is missing."""
    found = place(region)
    if found is None or found.level == "township" or not within(region, actor.scope_for(DECIDE)):
        raise NotFound
    if not occasions or set(occasions) - set(Occasion.values):
        raise Refused("privacy.assessment.occasion", _("请选择须评估的情形。"))
    if risk not in Risk.values:
        raise Refused("privacy.assessment.risk", _("请选择采取措施后的风险。"))
    if min(len(text.strip()) for text in (purpose, risks, measures)) < SHORTEST:
        raise Refused(
            "privacy.assessment.short",
            _("法律要求的三项内容（合法必要、影响和风险、保护措施）每项至少写 30 个字。"),
        )
    _check_days(assessed_on, valid_until)
    with transaction.atomic():
        made = Assessment.objects.create(
            region=found.code, title=title.strip()[:100], occasions=sorted(occasions), covers=sorted(covers),
            purpose=purpose.strip(), risks=risks.strip(), measures=measures.strip(), risk=risk, assessed_on=assessed_on,
            assessors=assessors.strip()[:200], valid_until=valid_until, recorded_by=actor.actor_name,
            **placed(found.code),
        )  # fmt: skip
        record(
            actor=actor, action="privacy.assessment.made", target_kind="assessment", target=made.pk, region=found.code,
            new={"occasions": made.occasions, "risk": risk},
        )  # fmt: skip
    return made


def _check_days(assessed_on: date, valid_until: date) -> None:
    if assessed_on > timezone.localdate():
        raise Refused("privacy.assessment.future", _("评估日期不能晚于今天。"))
    if not assessed_on < valid_until <= assessed_on + LONGEST_TERM:
        raise Refused("privacy.assessment.term", _("再次评估的日期要在评估之后、三年之内。"))


def is_assessed(region: str, occasion: str) -> bool:
    """Whether an assessment in force in a region, or above it, covers an occasion and left no high risk. The newest counts."""
    path = [code for code in placed(region).values() if len(code) == 6]
    rows = Assessment.objects.filter(region__in=path, valid_until__gte=timezone.localdate())
    told = [row for row in rows.order_by("-assessed_on", "-id") if occasion in row.occasions]
    nearest = sorted(told, key=lambda row: path.index(row.region), reverse=True)
    return bool(nearest) and nearest[0].risk != Risk.HIGH


def require_assessment(region: str, occasion: str) -> None:
    """Refused while nobody has assessed an occasion in a region."""
    if not is_assessed(region, occasion):
        sentence = _(
            "这项处理要先做个人信息保护影响评估（{occasion}）。请个人信息保护专员在“影响评估”里记录。"
        )
        raise Refused("privacy.assessment.first", sentence.format(occasion=Occasion(occasion).label))


def guard_setting(region: str, key: str, value: Value) -> None:
    """A setting that switches on what must be assessed first (`assessing.GUARDED`)."""
    occasion = GUARDED.get(key)
    if occasion is not None and value is True:
        require_assessment(region, occasion)
