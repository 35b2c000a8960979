"""Tables of the cockpit: computed values, and screens that show them. Nothing here names a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.cockpit.choices import WallLanguage, WallTheme
from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.regions.models import Placed


class Computation(models.Model):
    """One computing of all indicators for a day; a later one of the same day takes its place."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    day = models.DateField("日期", unique=True)
    computed_at = models.DateTimeField("计算时间")
    seconds = models.FloatField("用时（秒）")

    class Meta:
        verbose_name = _("指标计算")

    def __str__(self) -> str:
        return self.day.isoformat()


class IndicatorValue(models.Model):
    """The value of an indicator (and part) in a region on a day. A region without a row counts nothing."""

    id = models.BigAutoField(primary_key=True)
    computation = models.ForeignKey(
        Computation, on_delete=models.CASCADE, related_name="values", verbose_name="计算"
    )
    indicator = models.CharField("指标", max_length=60)
    part = models.CharField("分项", max_length=30, blank=True)
    code = models.CharField("地区", max_length=9)
    value = models.BigIntegerField("数值")

    class Meta:
        verbose_name = _("指标值")
        constraints = [
            models.UniqueConstraint(
                fields=["computation", "code", "indicator", "part"], name="indicator_value_once"
            )
        ]
        # One place's values through the days, of which there are as many as there were computings.
        indexes = [models.Index(fields=["code", "indicator", "part"], name="indicator_value_days")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.code}"


class SourceQuality(models.Model):
    """What a source has brought of a register in a place, and what the files lack. Only the last computing is kept."""

    id = models.BigAutoField(primary_key=True)
    computation = models.ForeignKey(
        Computation, on_delete=models.CASCADE, related_name="sources", verbose_name="计算"
    )
    source = models.CharField("来源", max_length=60)
    home = models.CharField("所属地区", max_length=6)
    register = models.CharField("登记", max_length=20)
    subjects = models.BigIntegerField("数量")
    without_id = models.BigIntegerField("缺身份证号", default=0)
    without_phone = models.BigIntegerField("缺联系电话", default=0)
    stale = models.BigIntegerField("一年未更新", default=0)
    newest = models.DateField("最近数据日期")

    class Meta:
        verbose_name = _("来源质量")
        constraints = [
            models.UniqueConstraint(
                fields=["computation", "source", "home", "register"], name="source_quality_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.home}"


class CrossTable(models.Model):
    """Two dimensions of a register in a region, counted at one state of the data. Of each such table the last is kept.

    `cells` are [value of `one`, value of `other`, number]; `*` stands for all (the totals).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    register = models.CharField("登记", max_length=20)
    one = models.CharField("维度", max_length=20)
    other = models.CharField("另一维度", max_length=20)
    code = models.CharField("地区", max_length=6)
    state = models.CharField("数据状态", max_length=32)
    computed_at = models.DateTimeField("计算时间")
    seconds = models.FloatField("用时（秒）")
    cells = models.JSONField("数")

    class Meta:
        verbose_name = _("交叉表")
        constraints = [
            models.UniqueConstraint(fields=["register", "one", "other", "code"], name="cross_table_once")
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.one} × {self.other} {self.code}"


class PlaceTally(models.Model):
    """What a source of indicators counted in one home, at one state of that home; counted again when the state is another.

    `cells` are [indicator, region, part, number]. `until` is the last day on which they hold though nothing changes.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.CharField("指标组", max_length=60)
    home = models.CharField("所属地区", max_length=6)
    version = models.BigIntegerField("版本")
    until = models.DateField("有效至", null=True)
    cells = models.JSONField("数")

    class Meta:
        verbose_name = _("分地区的指标数")
        constraints = [models.UniqueConstraint(fields=["source", "home"], name="place_tally_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.home}"


class WallScreen(Placed):
    """A screen on a wall that shows the numbers of a region without a log-in, until it expires or is closed.

    `digest` is the keyed digest of its token. What it shows never names a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region = models.CharField("地区", max_length=6)
    label = models.CharField("挂在哪里", max_length=40)
    theme = models.CharField("明暗", max_length=8, choices=WallTheme)
    language = models.CharField("语言", max_length=10, choices=WallLanguage)
    digest = models.CharField("令牌摘要", max_length=32, unique=True)
    made_by = models.CharField("开设人", max_length=120)
    made_at = models.DateTimeField("开设时间")
    expires_at = models.DateTimeField("有效至")
    seen_at = models.DateTimeField("最近显示", null=True)
    closed_at = models.DateTimeField("收回时间", null=True)
    closed_by = models.CharField("收回人", max_length=120, blank=True)

    objects = ScopedQuerySet["WallScreen"].as_manager()

    class Meta:
        verbose_name = _("大屏")

    def __str__(self) -> str:
        return self.label
