"""Tables of archives: what was joined, and under which keys its subjects lay where they came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.regions.models import Placed
from chelun.platform.sheets.models import Batch


class JoinedArchive(Placed):
    """An archive on its way into this installation, or joined.

    `digest` knows the same file again, `origin` the installation it came from. `parts` are the parts that are in,
    `batches` the batches it brought, which show together with its own `batch`, `undone` those that an earlier archive
    brought and that were taken back since.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField("文件摘要", max_length=64, unique=True)
    origin = models.CharField("来源安装", max_length=64)
    made_at = models.CharField("打包时间", max_length=32)
    state = models.CharField("状态", max_length=8)
    batch = models.OneToOneField(
        Batch, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="批次"
    )
    batches = models.JSONField("随带的批次", default=list)
    parts = models.JSONField("已并入的部分", default=list)
    undone = models.JSONField("已在来源撤销的批次", default=list)
    counts = models.JSONField("计数", default=dict)
    begun_at = models.DateTimeField("开始时间", auto_now_add=True)
    joined_at = models.DateTimeField("并入时间", null=True)
    joined_by = models.CharField("并入者", max_length=120)

    objects = ScopedQuerySet["JoinedArchive"].as_manager()

    class Meta:
        verbose_name = _("并入的档案包")

    def __str__(self) -> str:
        return f"{self.county or self.city or self.province} {self.made_at}"


class FormerKey(models.Model):
    """The key of a subject in an installation that was joined, where that one knew it under another identity.

    It opens what the joined trail says of him. It lies under the subject's key of today and goes with it.
    """

    former = models.UUIDField("原主体", primary_key=True)
    subject = models.UUIDField("主体", db_index=True)
    subject_kind = models.CharField("主体类别", max_length=20)
    sealed = models.BinaryField("加封的密钥")

    class Meta:
        verbose_name = _("原密钥")

    def __str__(self) -> str:
        return str(self.former)
