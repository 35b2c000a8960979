"""How the feeds are: rosters that came regularly and have stopped, imports that nobody has confirmed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chelun.core.health import WORK, Reading, graded, health_check
from chelun.platform.sheets.choices import OPEN_STATES, ImportState
from chelun.platform.sheets.models import SheetImport

REGULAR_IMPORTS = 3
LEFT_DAYS = 7


@health_check("sheets.feeds", WORK, gettext_lazy("断供的来源"), gettext_lazy("请提供名单的单位补报"))
def feeds() -> Reading:
    """Sources that came at least three times to a place, and have been missing for twice their usual interval."""
    published = SheetImport.objects.filter(state=ImportState.PUBLISHED).order_by("published_at")
    came: dict[tuple[str, ...], list[datetime]] = defaultdict(list)
    for *key, at in published.values_list("province", "city", "county", "source", "published_at"):
        if at is not None:
            came[tuple(key)].append(at)
    count = sum(is_broken(moments, timezone.now()) for moments in came.values())
    return Reading(count, _("{count} 个").format(count=count), graded(count, 1, 10))


def is_broken(moments: Iterable[datetime], now: datetime) -> bool:
    """Whether a source that came on these moments (in order) should have come again long ago."""
    came = list(moments)
    if len(came) < REGULAR_IMPORTS:
        return False
    usual = (came[-1] - came[0]) / (len(came) - 1)
    return now - came[-1] > max(2 * usual, timedelta(days=1))


@health_check(
    "sheets.left", WORK, gettext_lazy("没有确认的导入"), gettext_lazy("请经办人在“导入”里确认或取消")
)
def left() -> Reading:
    """Imports that have waited for their clerk for more than a week."""
    since = timezone.now() - timedelta(days=LEFT_DAYS)
    count = SheetImport.objects.filter(state__in=OPEN_STATES, created_at__lt=since).count()
    return Reading(
        count, ngettext("{count} 份", "{count} 份", count).format(count=count), graded(count, 1, 20)
    )
