"""The table of jobs: it is the queue, the progress that pages show, and the record of what ran."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.jobs.choices import LIVE, State
from chelun.platform.jobs.rules import percent
from chelun.platform.regions.models import Placed


class Job(Placed):
    """A piece of long work. The owner is kept as text: a job outlives the account that asked for it.

    `params`, `checkpoint` and `result` hold identifiers and counts, never a sensitive value. `attempts` counts
    starts since the last checkpoint. `worker` is the process that holds the job while it runs, and the fence
    by which a process that lost the job notices.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("种类", max_length=60)
    title = models.CharField("名称", max_length=200)
    params = models.JSONField("参数", default=dict, blank=True)
    dedupe = models.CharField("去重键", max_length=160, blank=True)
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.QUEUED)
    done = models.BigIntegerField("已做", default=0)
    total = models.BigIntegerField("总数", default=0)
    message = models.CharField("进展", max_length=200, blank=True)
    checkpoint = models.JSONField("检查点", default=dict, blank=True)
    result = models.JSONField("结果", default=dict, blank=True)
    error = models.CharField("错误", max_length=500, blank=True)
    owner_kind = models.CharField("所有者类别", max_length=8)
    owner_key = models.CharField("所有者标识", max_length=60)
    owner_name = models.CharField("所有者", max_length=120)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    cancel_requested = models.BooleanField("要求取消", default=False)
    worker = models.CharField("执行进程", max_length=120, blank=True)
    heartbeat_at = models.DateTimeField("心跳", null=True, blank=True)
    run_after = models.DateTimeField("最早开始", default=timezone.now)
    created_at = models.DateTimeField("提交时间", default=timezone.now)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = ScopedQuerySet["Job"].as_manager()

    class Meta:
        verbose_name = _("后台任务")
        indexes = [
            models.Index(fields=["state", "run_after"], name="jobs_queue"),
            models.Index(fields=["owner_key", "-id"], name="jobs_owner"),
            models.Index(fields=["county", "-id"], name="jobs_county"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "dedupe"], condition=Q(state__in=LIVE) & ~Q(dedupe=""), name="jobs_live_once"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="jobs_known_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_live(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in LIVE

    @property
    def percent(self) -> int | None:
        """0 to 100, or None when the total is not known."""
        return 100 if self.state == State.DONE else percent(self.done, self.total)
