"""An impact assessment as officers record it."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from chelun.core.actors import Actor, SystemActor
from chelun.platform.privacy.models import Assessment
from chelun.platform.privacy.services.assessments import record_assessment

LONG = "写明评估的内容，够三十个字才算写清楚，写不清楚的评估等于没有做过，所以要写足。"


def assessed(
    region: str,
    *occasions: str,
    actor: Actor | None = None,
    risk: str = "low",
    on: date | None = None,
    **more: Any,
) -> Assessment:
    """An assessment of a region, of sensitive data unless said otherwise."""
    day = on or timezone.localdate()
    values: dict[str, Any] = {
        "title": "敏感信息的处理", "covers": [], "purpose": LONG, "risks": LONG, "measures": LONG, "assessors": "法规科",
        "valid_until": day + timedelta(days=365), **more,
    }  # fmt: skip
    return record_assessment(
        actor=actor or SystemActor("test"), region=region, occasions=list(occasions) or ["sensitive"], risk=risk,
        assessed_on=day, **values,
    )  # fmt: skip
