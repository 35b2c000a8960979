"""Two files that are one: who said so, where it holds, and which leaf counts to which file there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.regions.models import Placed


class Merge(Placed):
    """The statement that two files are of one subject. It re-points nothing, so it can be undone.

    `leaf` is shown on the file of `canonical` in every place within `home` (a county, city or province), the region
    of whoever said it; places outside are not touched. `wrong` names the one of the two whose ID number was stated
    to be wrong, where both had one. Undone rows stay, as what was once said. `bulk` names the act that made it together
    with others, `undone_in_bulk` says that it was undone with all of them, not by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    register = models.CharField("名册", max_length=20)
    leaf = models.UUIDField("并入的档案")
    canonical = models.UUIDField("保留的档案")
    home = models.CharField("适用地区", max_length=6)
    wrong = models.UUIDField("号码有误的档案", null=True)
    reason = models.CharField("理由", max_length=200)
    made_by = models.CharField("合并人", max_length=120)
    made_at = models.DateTimeField("合并时间")
    undone_by = models.CharField("拆分人", max_length=120, blank=True)
    undone_at = models.DateTimeField("拆分时间", null=True)
    undone_reason = models.CharField("拆分理由", max_length=200, blank=True)
    bulk = models.UUIDField("批量合并", null=True)
    undone_in_bulk = models.BooleanField("随批量合并拆分", default=False)

    objects = ScopedQuerySet["Merge"].as_manager()

    class Meta:
        verbose_name = _("档案合并")
        indexes = [
            *(
                models.Index(fields=[level, "id"], name=f"merge_{level}")
                for level in ("province", "city", "county")
            ),
            models.Index(fields=["leaf"], name="merge_leaf"),
            models.Index(fields=["canonical"], name="merge_canonical"),
            models.Index(fields=["bulk", "id"], condition=models.Q(bulk__isnull=False), name="merge_of_bulk"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(leaf=models.F("canonical")), name="merge_of_two"),
            models.UniqueConstraint(
                fields=["leaf", "canonical", "home"],
                condition=models.Q(undone_at=None),
                name="merge_once",
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class BulkMerge(Placed):
    """One act by which somebody joined all plates without a colour of a place with the one vehicle that has this plate.

    Its merges name it (`Merge.bulk`), each can be undone by itself; undoing the act undoes those that still stand.
    `left` says how many pairs were left out, by reason (rules/plates.py). Made and undone by jobs.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField("适用地区", max_length=6)
    reason = models.CharField("理由", max_length=200)
    left = models.JSONField("留下的", default=dict)
    made_by = models.CharField("合并人", max_length=120)
    made_at = models.DateTimeField("合并时间")
    ended_at = models.DateTimeField("合并完成时间", null=True)
    undone_by = models.CharField("拆分人", max_length=120, blank=True)
    undone_at = models.DateTimeField("拆分时间", null=True)
    undone_reason = models.CharField("拆分理由", max_length=200, blank=True)
    parted_at = models.DateTimeField("拆分完成时间", null=True)
    job_id = models.UUIDField("任务", null=True)

    objects = ScopedQuerySet["BulkMerge"].as_manager()

    class Meta:
        verbose_name = _("批量合并")
        indexes = [
            models.Index(fields=[level, "-id"], name=f"bulk_merge_{level}")
            for level in ("province", "city", "county")
        ]

    def __str__(self) -> str:
        return self.reason


class Leaf(models.Model):
    """To which file a leaf counts within a region: what the merges that stand come to. Written anew with each of them.

    Every leaf of a joined file has a row, the one that stands for all of them (`whole`) as well. In a place the row of
    the smallest region around it holds. `numbered` is False where the leaf's ID number was stated to be wrong.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField("适用地区", max_length=6)
    leaf = models.UUIDField("档案")
    whole = models.UUIDField("所属的合并档案")
    numbered = models.BooleanField("号码有效", default=True)

    class Meta:
        verbose_name = _("合并后的归属")
        indexes = [models.Index(fields=["whole"], name="leaf_whole")]
        constraints = [models.UniqueConstraint(fields=["leaf", "home"], name="leaf_once")]

    def __str__(self) -> str:
        return f"{self.leaf} – {self.whole}"


class LeafName(Placed):
    """By what a leaf of a joined firm or vehicle is known in a place: its own card has stepped aside, rows still name it so.

    `key` is what rows are compared by, `code` a credit code or the colour of a plate. `mentioned` where no record tells
    of the leaf: when it is parted the mention stands again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField("所属地区", max_length=6)
    register = models.CharField("名册", max_length=20)
    leaf = models.UUIDField("档案")
    name = models.CharField("名称或车牌", max_length=120)
    key = models.CharField("名称索引", max_length=120)
    code = models.CharField("信用代码或车牌颜色", max_length=18, blank=True)
    as_of = models.DateField("数据日期")
    mentioned = models.BooleanField("仅被提及", default=False)

    objects = ScopedQuerySet["LeafName"].as_manager()

    class Meta:
        verbose_name = _("并入档案的名称")
        indexes = [
            models.Index(fields=["home", "key"], name="leafname_key"),
            models.Index(fields=["home", "code"], name="leafname_code"),
        ]
        constraints = [models.UniqueConstraint(fields=["leaf", "home"], name="leafname_once")]

    def __str__(self) -> str:
        return self.name
