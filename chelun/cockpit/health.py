"""How the work is, in the numbers that were computed last."""

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chelun.cockpit.models import IndicatorValue
from chelun.cockpit.selectors import computation_of
from chelun.core.health import SYSTEM, WORK, Reading, graded, health_check
from chelun.platform.regions.selectors import children

HOUR_SECONDS = 3600


@health_check("cockpit.computed", SYSTEM, gettext_lazy("指标计算"), gettext_lazy("看后台任务是否在执行"))
def computed() -> Reading:
    """How many hours ago the indicators were computed."""
    last = computation_of(None)
    if last is None:
        return Reading(-1, _("还没有计算过"), "warn")
    hours = (timezone.now() - last.computed_at).total_seconds() / HOUR_SECONDS
    return Reading(
        hours,
        ngettext("{hours} 小时前", "{hours} 小时前", int(hours)).format(hours=int(hours)),
        graded(hours, 26, 72),
    )


@health_check("people.stale", WORK, gettext_lazy("一年未更新的人员"), gettext_lazy("请各地更新名单"))
def stale() -> Reading:
    """Which share of the persons on file nobody has updated for a year, in percent."""
    all_persons, old = _sum("people.persons"), _sum("people.persons.stale")
    percent = 100 * old / all_persons if all_persons else 0.0
    text = ngettext("{count} 人，占 {percent}%", "{count} 人，占 {percent}%", old).format(
        count=old, percent=int(percent)
    )
    return Reading(percent, text, graded(percent, 20, 50))


@health_check("people.unresolved", WORK, gettext_lazy("待甄别的行"), gettext_lazy("请各地经办人处理"))
def unresolved() -> Reading:
    """Rows that wait for a clerk."""
    count = _sum("people.unresolved")
    return Reading(
        count, ngettext("{count} 行", "{count} 行", count).format(count=count), graded(count, 1, 10_000)
    )


def _sum(indicator: str) -> int:
    """The value of all provinces together, of the newest computing."""
    provinces = [place.code for place in children("")]
    values = IndicatorValue.objects.filter(
        computation=computation_of(None), code__in=provinces, indicator=indicator, part=""
    )
    total: int = values.aggregate(total=Sum("value", default=0))["total"]
    return total
