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
    to be wrong, where both had one. Undone rows stay, as what was once said.
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
