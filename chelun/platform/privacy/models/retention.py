"""Keeping and no longer keeping: who switched deletion by term on, what is beyond its term, the proof of what went, and what a dispute holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.privacy.choices import HoldGround, SwitchState
from chelun.platform.regions.models import Placed


class RetentionSwitch(Placed):
    """That deletion by term is wanted for a region and all below it: proposed by one officer, switched on by another.

    `terms` are those that were in force when it was proposed: a place that shortens one of them later still deletes by the
    longer one until this is decided anew. `preview` is what would have gone on that day, rows due and held by table.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region = models.CharField("地区", max_length=6)
    state = models.CharField("状态", max_length=10, choices=SwitchState, default=SwitchState.PROPOSED)
    terms = models.JSONField("期限", default=dict)
    preview = models.JSONField("测算", default=dict)
    counted_at = models.DateTimeField("测算时间")
    proposed_by = models.CharField("提出人", max_length=120)
    proposed_at = models.DateTimeField("提出时间", auto_now_add=True)
    approved_by = models.CharField("批准人", max_length=120, blank=True)
    approved_at = models.DateTimeField("批准时间", null=True)
    ended_by = models.CharField("停止人", max_length=120, blank=True)
    ended_at = models.DateTimeField("停止时间", null=True)

    objects = ScopedQuerySet["RetentionSwitch"].as_manager()

    class Meta:
        verbose_name = _("到期删除的开启")
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                condition=models.Q(state__in=("proposed", "on")),
                name="retention_switch_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.state}"


class RetentionCount(Placed):
    """How many rows of a declared table were beyond their term in one place at the last counting, and how many of these are held."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField("所属地区", max_length=6)
    label = models.CharField("表", max_length=60)
    due = models.PositiveIntegerField("超过期限", default=0)
    held = models.PositiveIntegerField("依法留存", default=0)
    counted_at = models.DateTimeField("测算时间")

    objects = ScopedQuerySet["RetentionCount"].as_manager()

    class Meta:
        verbose_name = _("超过期限的行数")
        constraints = [models.UniqueConstraint(fields=["home", "label"], name="retention_count_once")]

    def __str__(self) -> str:
        return f"{self.home} {self.label}"


class RetentionProof(Placed):
    """What one run of deletion by term took out of one table in one place; sealed when the run is through with it. Names nobody.

    `cut` is the day before which a row had to be over; `switch` under whose decision it went. Files of whole subjects have a
    proof of erasing each besides.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    job = models.UUIDField("任务")
    home = models.CharField("所属地区", max_length=6)
    label = models.CharField("表", max_length=60)
    switch = models.ForeignKey(
        RetentionSwitch, on_delete=models.PROTECT, related_name="proofs", verbose_name="开启"
    )
    term = models.CharField("期限", max_length=4)
    cut = models.DateField("界限日")
    before = models.PositiveIntegerField("之前", default=0)
    due = models.PositiveIntegerField("超过期限", default=0)
    deleted = models.PositiveIntegerField("已删除", default=0)
    held = models.PositiveIntegerField("依法留存", default=0)
    after = models.PositiveIntegerField("之后", null=True)
    begun_at = models.DateTimeField("开始时间", auto_now_add=True)
    done_at = models.DateTimeField("完成时间", null=True)
    seal = models.CharField("凭证封印", max_length=64, blank=True)

    objects = ScopedQuerySet["RetentionProof"].as_manager()

    class Meta:
        verbose_name = _("到期删除凭证")
        constraints = [models.UniqueConstraint(fields=["job", "home", "label"], name="retention_proof_once")]

    def __str__(self) -> str:
        return f"{self.home} {self.label}"


class Hold(Placed):
    """That what is held of a subject may not go for now: a dispute, an inquiry, a term that a statute names.

    `sealed` says in words which, under the subject's own key. `until` is the day after which it ends by itself, if any.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.UUIDField("主体", db_index=True)
    subject_kind = models.CharField("主体类别", max_length=20)
    home = models.CharField("所属地区", max_length=6)
    ground = models.CharField("依据", max_length=10, choices=HoldGround)
    sealed = models.BinaryField("加密的说明")
    until = models.DateField("留存至", null=True)
    set_by = models.CharField("决定人", max_length=120)
    set_at = models.DateTimeField("决定时间", auto_now_add=True)
    released_by = models.CharField("解除人", max_length=120, blank=True)
    released_at = models.DateTimeField("解除时间", null=True)

    objects = ScopedQuerySet["Hold"].as_manager()

    class Meta:
        verbose_name = _("暂缓删除")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "home", "ground"],
                condition=models.Q(released_at__isnull=True),
                name="hold_once",
            )
        ]

    def __str__(self) -> str:
        return self.ground
