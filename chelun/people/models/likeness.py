"""Two files that may be one, as exact rules find them: a hint for somebody to decide, and what was decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.regions.models import Placed


class Likeness(Placed):
    """That two files of one place are alike by rules (rules/likeness.py). Holds the names of the rules, never a value.

    `one` is the smaller key. Found anew with its home as soon as anything changed there. Who says that the two are not
    the same leaves his reason, and the pair stays out of sight for as long as nobody takes that back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField("所属地区", max_length=6)
    register = models.CharField("登记", max_length=20)
    one = models.UUIDField("一份档案")
    other = models.UUIDField("另一份档案")
    rules = models.JSONField("依据", default=list)
    found_on = models.DateField("发现日期")
    apart_by = models.CharField("认定不同的人", max_length=120, blank=True)
    apart_at = models.DateTimeField("认定不同的时间", null=True)
    apart_reason = models.CharField("认定不同的理由", max_length=200, blank=True)

    objects = ScopedQuerySet["Likeness"].as_manager()

    class Meta:
        verbose_name = _("可能重复的档案")
        indexes = [
            *(
                models.Index(
                    fields=[level, "register", "id"],
                    condition=models.Q(apart_at=None),
                    name=f"likeness_{level}",
                )
                for level in ("province", "city", "county")
            ),
            models.Index(fields=["one"], name="likeness_one"),
            models.Index(fields=["other"], name="likeness_other"),
        ]
        constraints = [models.UniqueConstraint(fields=["home", "one", "other"], name="likeness_once")]

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"


class LikenessState(models.Model):
    """In which state a place was when its files were last compared: one that has not changed since is not looked at again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField("所属地区", max_length=6, unique=True)
    version = models.PositiveBigIntegerField("状态")

    class Meta:
        verbose_name = _("查重进度")

    def __str__(self) -> str:
        return self.home
