"""Tables of the audit trail. Rows keep actor, region and target as text, without foreign keys, so that they outlive them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7


class TrailRow(models.Model):
    """The columns of a row of a chain, ours or one that was joined."""

    seq = models.BigIntegerField("序号")
    at = models.CharField("时间", max_length=32)
    actor_kind = models.CharField("操作者类别", max_length=8)
    actor = models.CharField("操作者", max_length=120)
    action = models.CharField("动作", max_length=60)
    purpose = models.CharField("目的", max_length=200)
    region = models.CharField("地区", max_length=12)
    target_kind = models.CharField("对象类别", max_length=40)
    target = models.CharField("对象", max_length=64)
    batch = models.CharField("批次", max_length=36)
    old = models.TextField("原值")
    new = models.TextField("新值")
    seal = models.CharField("链值", max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"

    def values(self) -> dict[str, Any]:
        """The sealed fields by name."""
        return {name: getattr(self, name) for name in VALUE_NAMES}


class AuditEntry(TrailRow):
    """One thing that was done: who, when, what, why, where, to what, from which value to which.

    `old` and `new` are JSON text; sensitive values in them are ciphertext under the person's own key, so that
    erasing the key erases them while the chain still verifies. `batch` is the import that the row belongs to:
    readers do not see it before that import is published.
    """

    seq = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name = _("审计记录")
        indexes = [
            models.Index(fields=["target", "seq"], name="audit_target"),
            models.Index(fields=["actor", "seq"], name="audit_actor"),
            models.Index(fields=["action", "seq"], name="audit_action"),
            models.Index(fields=["region", "seq"], name="audit_region"),
        ]


VALUE_NAMES = tuple(field.name for field in AuditEntry._meta.fields if field.name != "seal")


class ChainHead(models.Model):
    """The single row that says where the chain ends. Locked by whoever appends."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField("末行序号", default=0)
    seal = models.CharField("末行链值", max_length=64)
    head_seal = models.CharField("链头封印", max_length=64)

    class Meta:
        verbose_name = _("审计链头")

    def __str__(self) -> str:
        return str(self.seq)


class TrailSegment(models.Model):
    """The trail of another installation that was joined to this one: its own chain, kept as it came.

    `origin` is the seal of its first row, by which the same trail is known again; `last_seal` the seal of its last row.
    `own_seal` is a second chain over its rows under this installation's key.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    origin = models.CharField("来源链首", max_length=64, unique=True)
    region = models.CharField("地区", max_length=12)
    last_seq = models.BigIntegerField("末行序号", default=0)
    last_seal = models.CharField("末行链值", max_length=64)
    own_seal = models.CharField("本库链值", max_length=64)
    joined_at = models.DateTimeField("并入时间", auto_now=True)

    class Meta:
        verbose_name = _("审计链段")

    def __str__(self) -> str:
        return f"{self.region} {self.last_seq}"


class SegmentEntry(TrailRow):
    """A row of a joined trail. One that does not concern the place came as its number and seal alone (`action` is '')."""

    id = models.BigAutoField(primary_key=True)
    segment = models.ForeignKey(
        TrailSegment, db_index=False, on_delete=models.PROTECT, related_name="entries", verbose_name="链段"
    )
    own_seal = models.CharField("本库链值", max_length=64)

    class Meta:
        verbose_name = _("链段里的审计记录")
        indexes = [models.Index(fields=["target", "seq"], name="segment_target")]
        constraints = [models.UniqueConstraint(fields=["segment", "seq"], name="segment_row_once")]


class ChainCheck(models.Model):
    """One verification of the chain and what it found, as JSON (`checking`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField("时间", db_index=True)
    by = models.CharField("校验者", max_length=120)
    rows = models.BigIntegerField("行数")
    anchors = models.IntegerField("锚点数")
    found = models.IntegerField("问题数")
    findings = models.TextField("问题")

    class Meta:
        verbose_name = _("审计链校验")

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.found}"
