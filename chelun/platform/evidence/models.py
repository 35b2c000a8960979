"""Tables of evidence: what is attached to which record, and which pictures show the same."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.evidence.choices import FileKind
from chelun.platform.regions.models import Placed


class Evidence(Placed):
    """A file attached to a record (`holder`, `record`) in one place (`home`). Its bytes lie outside the database.

    `subject` is whose key seals them, with what was said of the file (`sealed`) and, of a picture, its prints (`prints`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    holder = models.CharField("附在什么上", max_length=20)
    record = models.UUIDField("附在哪一份上")
    subject = models.UUIDField("主体", db_index=True)
    home = models.CharField("所属地区", max_length=6)
    kind = models.CharField("类别", max_length=10, choices=FileKind)
    size = models.PositiveIntegerField("字节数")
    sealed = models.BinaryField("加密的说明")
    prints = models.BinaryField("加密的图像摘要")
    added_by = models.CharField("添加人", max_length=120)
    added_at = models.DateTimeField("添加时间", auto_now_add=True)

    objects = ScopedQuerySet["Evidence"].as_manager()

    class Meta:
        verbose_name = _("附件")
        indexes = [models.Index(fields=["holder", "record", "-id"], name="evidence_of")]

    def __str__(self) -> str:
        return f"{self.holder} {self.kind}"


class SamePicture(models.Model):
    """That two pictures show the same, `distance` in thousandths. Found by the job; shown only to who may see both."""

    id = models.BigAutoField(primary_key=True)
    one = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="+", verbose_name="一张")
    other = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="+", verbose_name="另一张")
    distance = models.PositiveSmallIntegerField("差距")

    class Meta:
        verbose_name = _("同一张照片")
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="same_picture_once")]

    def __str__(self) -> str:
        return str(self.distance)
