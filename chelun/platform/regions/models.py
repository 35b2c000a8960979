"""Tables of regions, and the columns by which every table that belongs to a place is narrowed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import register_resolver
from chelun.platform.regions.rules import LEVELS, level_of

__all__ = ["LEVELS", "PlaceSetting", "Placed", "Region", "RegionChange", "level_of", "region_filter"]


class Region(models.Model):
    """A place in GB/T 2260 (6 digits, or 9 for a township), in force today or once.

    One row per code, with the last name that the code had. How the level columns are filled where a city has no
    counties or a county stands directly under its province is said in rules.py.
    """

    code = models.CharField("代码", max_length=9, primary_key=True)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("级别", max_length=8)
    parent_code = models.CharField("上级代码", max_length=9, blank=True)
    province = models.CharField("省", max_length=6)
    city = models.CharField("市", max_length=6, blank=True)
    county = models.CharField("县", max_length=6, blank=True)
    pinyin = models.CharField("拼音", max_length=160)
    initials = models.CharField("首字母", max_length=60)
    from_year = models.PositiveSmallIntegerField("启用年")
    to_year = models.PositiveSmallIntegerField("停用年", null=True, blank=True)
    former = models.CharField("曾用名", max_length=200, blank=True)

    class Meta:
        verbose_name = _("地区")
        indexes = [models.Index(fields=["parent_code", "code"], name="region_parent")]

    def __str__(self) -> str:
        return self.name


class RegionChange(models.Model):
    """One change of codes: a renaming, a county that became a city, a code that went to another place …

    Codes are '' where the source names none; `kind` is the source's own word.
    """

    year = models.PositiveSmallIntegerField("年份")
    kind = models.CharField("类型", max_length=20)
    old_code = models.CharField("原代码", max_length=9, blank=True)
    old_name = models.CharField("原名称", max_length=200, blank=True)
    new_code = models.CharField("新代码", max_length=9, blank=True)
    new_name = models.CharField("新名称", max_length=200, blank=True)
    document = models.CharField("文号", max_length=200, blank=True)
    note = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = _("区划变更")
        indexes = [
            models.Index(fields=["old_code", "year"], name="region_change_old"),
            models.Index(fields=["new_code", "year"], name="region_change_new"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.old_code} → {self.new_code}"


class PlaceSetting(models.Model):
    """What a province, city or county has decided for itself and for all below it (place_settings.py).

    `reason` is why it differs from what counts above it. `above` is what counted there when it was decided: {"value", "region"},
    empty where nobody wrote it down yet. When that is another now, the decision stays and is marked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region = models.CharField("地区", max_length=6)
    key = models.CharField("设置项", max_length=60)
    value = models.JSONField("值")
    changed_at = models.DateTimeField("修改时间", default=timezone.now)
    changed_by = models.CharField("修改人", max_length=120)
    reason = models.CharField("理由", max_length=200, blank=True)
    above = models.JSONField("当时上级的值", default=dict, blank=True)

    class Meta:
        verbose_name = _("地方设置")
        constraints = [models.UniqueConstraint(fields=["region", "key"], name="region_setting_once")]

    def __str__(self) -> str:
        return f"{self.region} {self.key}"


class Placed(models.Model):
    """The columns of a row that belongs to a place. '' where the place is not known so finely."""

    province = models.CharField("省", max_length=6)
    city = models.CharField("市", max_length=6, blank=True)
    county = models.CharField("县", max_length=6, blank=True)
    township = models.CharField("乡镇", max_length=9, blank=True)

    class Meta:
        abstract = True


def region_filter(model: type[models.Model], keys: frozenset[str]) -> Q:
    """The rows of a `Placed` model inside any of the regions: equality on level columns, never a range."""
    condition = Q(pk__in=[])
    for level in LEVELS:
        codes = sorted(key for key in keys if level_of(key) == level)
        if codes:
            condition |= Q(**{f"{level}__in": codes}) if len(codes) > 1 else Q(**{level: codes[0]})
    return condition


register_resolver("region", region_filter)
