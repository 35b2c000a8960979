"""How the background work, the disk and the backups are."""

import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chelun.core.health import SYSTEM, Reading, graded, health_check
from chelun.platform.audit.checking import last_check
from chelun.platform.audit.models import AuditEntry
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.safekeeping.drill import DRILLED

BACKED_UP = "jobs.backup.made"
DAY_SECONDS = 86_400


@health_check(
    "jobs.queue", SYSTEM, gettext_lazy("后台任务排队"), gettext_lazy("看 worker 是否在运行：systemctl status chelun-worker")
)  # fmt: skip
def queue() -> Reading:
    """How many minutes the job that is due longest has waited: nobody takes them up when no worker runs."""
    now = timezone.now()
    due = Job.objects.filter(state=State.QUEUED, run_after__lte=now).order_by("run_after")
    first = due.values_list("run_after", flat=True).first()
    minutes = (now - first).total_seconds() / 60 if first else 0.0
    return Reading(
        minutes,
        ngettext(
            "等得最久的任务已等 {minutes} 分钟", "等得最久的任务已等 {minutes} 分钟", int(minutes)
        ).format(minutes=int(minutes)),
        graded(minutes, 2, 15),
    )


@health_check("jobs.failed", SYSTEM, gettext_lazy("失败的后台任务"), gettext_lazy("看清原因，再点“重试”"))
def failed() -> Reading:
    """Jobs that failed and were not tried again."""
    count = Job.objects.filter(state=State.FAILED).count()
    return Reading(count, _("{count} 个").format(count=count), graded(count, 1, 10))


@health_check("jobs.disk", SYSTEM, gettext_lazy("磁盘余量"), gettext_lazy("见运维手册“磁盘满了”一节"))
def disk() -> Reading:
    """How much of the disk under the files is free, in percent."""
    folder = Path(settings.CHELUN_FILES_DIR)
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    percent = 100 * usage.free / usage.total
    return Reading(percent, _("还剩 {percent}%").format(percent=int(percent)), graded(100 - percent, 80, 95))


@health_check(
    "jobs.backup",
    SYSTEM,
    gettext_lazy("最近一次备份"),
    gettext_lazy("看 chelun-backup.timer 是否启用，备份盘是否有空间"),
)
def backup() -> Reading:
    """How many days ago the last backup was made."""
    return _since(BACKED_UP, 2, 7, _("还没有备份过"))


@health_check(
    "jobs.drill", SYSTEM, gettext_lazy("最近一次恢复演练"), gettext_lazy("在服务器上执行 chelun drill")
)
def drill() -> Reading:
    """How many days ago it was proved that a backup can be restored."""
    return _since(DRILLED, 90, 365, _("还没有演练过"))


@health_check("audit.chain", SYSTEM, gettext_lazy("审计链"), gettext_lazy("请审计管理员打开“审计”查看"))
def chain() -> Reading:
    """What the last check of the audit chain found."""
    last = last_check()
    if last is None:
        return Reading(0, _("还没有校验过"), "warn")
    found = last.check.found
    day = timezone.localdate(last.check.at).isoformat()
    text = ngettext("{day} 校验，{found} 处问题", "{day} 校验，{found} 处问题", found).format(
        day=day, found=found
    )
    return Reading(found, text, "bad" if found else "ok")


def _since(action: str, warn: float, bad: float, never: str) -> Reading:
    rows = AuditEntry.objects.filter(action=action).order_by("-seq")
    last = rows.values_list("at", flat=True).first()
    if last is None:
        return Reading(-1, never, "warn")
    days = (timezone.now() - datetime.fromisoformat(last)).total_seconds() / DAY_SECONDS
    return Reading(
        days,
        ngettext("{days} 天前", "{days} 天前", int(days)).format(days=int(days)),
        graded(days, warn, bad),
    )
