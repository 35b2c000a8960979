"""Erasures: who decided, what was counted before and after, and the tombstone by which an erased subject stays erased."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.privacy.choices import ErasureGround, ErasureState
from chelun.platform.regions.models import Placed


class Erasure(Placed):
    """The decision to erase one subject, and the proof that it was done. Names nobody: `subject` is a key that opens nothing.

    The columns of the place are where it was decided. `homes` are the places in which the subject is erased, all when
    it is empty. `files` says by kind how many stored files, staged chunks and imports went with him; `seal` is a keyed
    digest of the whole proof.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.UUIDField("主体")
    subject_kind = models.CharField("主体类别", max_length=20)
    ground = models.CharField("依据", max_length=20, choices=ErasureGround)
    reason = models.CharField("说明", max_length=200)
    state = models.CharField("状态", max_length=12, choices=ErasureState, default=ErasureState.PROPOSED)
    homes = models.JSONField("地区", default=list)
    proposed_by = models.CharField("提出人", max_length=120)
    proposed_at = models.DateTimeField("提出时间", auto_now_add=True)
    decided_by = models.CharField("批准人", max_length=120, blank=True)
    decided_at = models.DateTimeField("批准时间", null=True)
    done_at = models.DateTimeField("完成时间", null=True)
    keys_destroyed = models.PositiveSmallIntegerField("销毁的密钥", default=0)
    trail_rows = models.PositiveIntegerField("审计行", default=0)
    files = models.JSONField("随之删除的文件", default=dict)
    job_id = models.UUIDField("任务", null=True)
    seal = models.CharField("凭证封印", max_length=64, blank=True)

    objects = ScopedQuerySet["Erasure"].as_manager()

    class Meta:
        verbose_name = _("抹除记录")
        indexes = [
            models.Index(fields=["subject"], name="erasure_subject"),
            *(models.Index(fields=[level, "state"], name=f"erasure_{level}") for level in ("province", "city", "county")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.ground} {self.state}"


class ErasureShare(Placed):
    """What an erasure took away in one place: rows by table before and after. A place sees its own share only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    erasure = models.ForeignKey(Erasure, on_delete=models.CASCADE, related_name="shares", verbose_name="抹除")
    home = models.CharField("所属地区", max_length=6, blank=True)
    before = models.JSONField("之前", default=dict)
    after = models.JSONField("之后", default=dict)

    objects = ScopedQuerySet["ErasureShare"].as_manager()

    class Meta:
        verbose_name = _("抹除明细")
        constraints = [models.UniqueConstraint(fields=["erasure", "home"], name="erasure_share_once")]

    def __str__(self) -> str:
        return self.home


class Tombstone(models.Model):
    """That somebody was erased: which key, on which day, on which ground. The same lies outside the database (`ledger`).

    `bars` says that no later roster may bring him in again; `lifted_by` who took that back, naming a statute.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    erasure = models.UUIDField("抹除", unique=True)
    subject = models.UUIDField("主体", db_index=True)
    subject_kind = models.CharField("主体类别", max_length=20)
    ground = models.CharField("依据", max_length=20, choices=ErasureGround)
    bars = models.BooleanField("不再收录", default=False)
    at = models.DateTimeField("时间")
    lifted_by = models.CharField("解除人", max_length=120, blank=True)
    lifted_at = models.DateTimeField("解除时间", null=True)
    lifted_for = models.CharField("解除的法律依据", max_length=200, blank=True)

    class Meta:
        verbose_name = _("抹除标记")

    def __str__(self) -> str:
        return f"{self.at:%F} {self.ground}"


class TombstoneDigest(models.Model):
    """A keyed digest by which an erased subject is known again: of the ID number, or of name and telephone together."""

    id = models.BigAutoField(primary_key=True)
    tombstone = models.ForeignKey(
        Tombstone, on_delete=models.CASCADE, related_name="digests", verbose_name="抹除标记"
    )
    kind = models.CharField("类别", max_length=12)
    digest = models.CharField("摘要", max_length=32, db_index=True)

    class Meta:
        verbose_name = _("抹除摘要")

    def __str__(self) -> str:
        return self.kind
