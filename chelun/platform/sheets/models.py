"""Tables of sheets: stored files, imports and their staged rows, batches, remembered mappings."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.regions.models import Placed
from chelun.platform.sheets.choices import ImportState, LayoutState


class StoredFile(Placed):
    """An uploaded sheet, a refusal workbook or an export. Its bytes lie sealed outside the database and expire."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("类别", max_length=12)
    name = models.CharField("文件名", max_length=200)
    size = models.BigIntegerField("字节数")
    digest = models.CharField("内容摘要", max_length=32, db_index=True)
    owner = models.CharField("所有者", max_length=120)
    purpose = models.CharField("目的", max_length=200, blank=True)
    created_at = models.DateTimeField("生成时间", auto_now_add=True)
    expires_at = models.DateTimeField("到期时间", db_index=True)

    objects = ScopedQuerySet["StoredFile"].as_manager()

    class Meta:
        verbose_name = _("存放的文件")

    def __str__(self) -> str:
        return self.name


class Batch(Placed):
    """Everything that one import (or its undoing) changes, seen by readers all at once when `hidden` becomes false."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hidden = models.BooleanField("未公布", default=True)
    created_at = models.DateTimeField("开始时间", auto_now_add=True)
    published_at = models.DateTimeField("公布时间", null=True)

    objects = ScopedQuerySet["Batch"].as_manager()

    class Meta:
        verbose_name = _("批次")
        indexes = [models.Index(fields=["hidden"], condition=Q(hidden=True), name="batch_hidden")]

    def __str__(self) -> str:
        return str(self.id)


class SheetImport(Placed):
    """One file on its way into a register, from the upload to the publication or its undoing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file = models.ForeignKey(
        StoredFile, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="文件"
    )
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("内容摘要", max_length=32)
    source = models.CharField("来源", max_length=60)
    as_of = models.DateField("数据日期")
    state = models.CharField("状态", max_length=12, choices=ImportState)
    owner = models.CharField("经办人", max_length=120)
    owner_id = models.UUIDField("经办人账号", null=True)
    tables = models.JSONField("版面和对应", default=list)
    counts = models.JSONField("计数", default=dict)
    dropped = models.JSONField("未收的列", default=list)
    warnings = models.JSONField("提醒", default=list)
    refusals = models.ForeignKey(
        StoredFile, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="退回表"
    )
    batch = models.OneToOneField(
        Batch, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="批次"
    )
    undo_batch = models.OneToOneField(
        Batch, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="撤销批次"
    )
    job_id = models.UUIDField("任务", null=True)
    error = models.CharField("出错说明", max_length=500, blank=True)
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    published_at = models.DateTimeField("入库时间", null=True)
    undone_at = models.DateTimeField("撤销时间", null=True)

    objects = ScopedQuerySet["SheetImport"].as_manager()

    class Meta:
        verbose_name = _("导入")
        indexes = [
            models.Index(fields=["county", "-created_at"], name="import_county"),
            models.Index(fields=["digest", "source"], name="import_digest"),
        ]

    def __str__(self) -> str:
        return self.file_name


class StagedChunk(models.Model):
    """Some hundred rows that passed the rules, or were refused by them, sealed, waiting outside the readers' sight."""

    id = models.BigAutoField(primary_key=True)
    sheet_import = models.ForeignKey(
        SheetImport, on_delete=models.CASCADE, related_name="chunks", verbose_name="导入"
    )
    number = models.PositiveIntegerField("序号")
    kind = models.CharField("类别", max_length=8)
    register = models.CharField("登记", max_length=20)
    rows = models.PositiveIntegerField("行数")
    body = models.BinaryField("内容")
    applied = models.BooleanField("已处理", default=False)
    applied_rows = models.PositiveIntegerField("已入库的行数", default=0)

    class Meta:
        verbose_name = _("暂存块")
        constraints = [
            models.UniqueConstraint(fields=["sheet_import", "kind", "number"], name="sheets_chunk_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class PlaceState(models.Model):
    """How often what is seen of a place has changed; what was counted at the same state need not be counted again.

    `version` grows with every writing that holds the place and with every batch that shows, in the same transaction.
    """

    home = models.CharField("所属地区", max_length=6, primary_key=True)
    version = models.BigIntegerField("版本", default=0)

    class Meta:
        verbose_name = _("地区状态")

    def __str__(self) -> str:
        return f"{self.home} {self.version}"


class SourceMapping(Placed):
    """Which column means what in the sheets of one source, as a clerk last confirmed it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.CharField("来源", max_length=60)
    signature = models.CharField("表头摘要", max_length=32)
    register = models.CharField("登记", max_length=20)
    mapping = models.JSONField("对应")
    confirmed_by = models.CharField("确认人", max_length=120)
    confirmed_at = models.DateTimeField("确认时间", auto_now=True)

    objects = ScopedQuerySet["SourceMapping"].as_manager()

    class Meta:
        verbose_name = _("来源对应")
        constraints = [
            models.UniqueConstraint(
                fields=["province", "city", "county", "source", "signature"], name="sheets_mapping_once"
            ),
        ]

    def __str__(self) -> str:
        return self.source


class Layout(Placed):
    """A form that the bureau of a place (`home`) has given, and what was said of it once; for the place and all below it.

    `file` is the blank form; of a draft it is the file as it came, which expires. `signature` is the keyed digest of the
    heads, by which a filled form is known again. A newer version of the same name lets the older ones rest.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField("所属地区", max_length=6)
    register = models.CharField("登记", max_length=20)
    name = models.CharField("名称", max_length=60)
    version = models.PositiveSmallIntegerField("版本", default=0)
    state = models.CharField("状态", max_length=8, choices=LayoutState, default=LayoutState.DRAFT)
    file = models.ForeignKey(
        StoredFile, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="表"
    )
    shape = models.JSONField("版面", default=dict)
    signature = models.CharField("表头摘要", max_length=32, blank=True)
    made_by = models.CharField("建立人", max_length=120)
    made_at = models.DateTimeField("建立时间", auto_now_add=True)
    confirmed_at = models.DateTimeField("确认时间", null=True)

    objects = ScopedQuerySet["Layout"].as_manager()

    class Meta:
        verbose_name = _("版式")
        indexes = [models.Index(fields=["home", "register"], name="layout_home")]

    def __str__(self) -> str:
        return self.name
