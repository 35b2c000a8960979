"""The states of a job."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a job stands. QUEUED and RUNNING are live; the other three are final (a retry queues it again)."""

    QUEUED = "queued", _("排队")
    RUNNING = "running", _("进行中")
    DONE = "done", _("完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


LIVE = (State.QUEUED, State.RUNNING)
