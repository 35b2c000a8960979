"""What waits among the jobs."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.today import DUTIES, Duty
from chelun.platform.audit.models import AuditEntry
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.safekeeping.drill import DRILLED
from chelun.platform.jobs.selectors import job_list


def count_failed(actor: Actor) -> int:
    """Jobs of the actor's places, and his own, that failed and were not tried again."""
    return job_list(scope=actor.scope_for("jobs.view"), reader=actor, state=State.FAILED).count()


DRILL_DUE = timedelta(days=90)


def count_drill_due(actor: Actor) -> int:
    """1 when nobody has proved for ninety days that a backup can be restored."""
    since = (timezone.now() - DRILL_DUE).isoformat(timespec="milliseconds")
    last = AuditEntry.objects.filter(action=DRILLED).order_by("-seq").values_list("at", flat=True).first()
    return int(last is None or last < since)


DUTIES.add(
    "jobs.drill",
    Duty(
        "jobs.drill", _("恢复演练"), _("在服务器上执行 chelun drill"), _("九十天内演练过恢复"),
        "jobs.manage", "jobs:job_list", "refresh", count_drill_due, order=60, counted=False,
    ),
)  # fmt: skip
DUTIES.add(
    "jobs.failed",
    Duty(
        "jobs.failed", _("失败的后台任务"), _("看清原因，再点“重试”"), _("没有失败的后台任务"),
        "jobs.view", "jobs:job_list", "alert-triangle", count_failed, "state=failed", 40, tone="bad",
    ),
)  # fmt: skip
