"""The one table of this room: what a field of a place is. Its values lie in the registers, among a record's facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.fields.choices import FieldType
from chelun.platform.regions.models import Placed


class OwnField(Placed):
    """A field that a province, city or county (`home`) has added to a register, for itself and all below it.

    `key` is the name of its fact and never changes, nor do register, type and whether values are sealed: records hold
    them. `options` are [{"code", "label", "off"}]; one that is off is no longer offered, and its values stay.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField("所属地区", max_length=6)
    key = models.CharField("事实名", max_length=20, unique=True)
    register = models.CharField("登记", max_length=20)
    label = models.CharField("名称", max_length=20)
    type = models.CharField("类型", max_length=8, choices=FieldType)
    help = models.CharField("填写说明", max_length=100, blank=True)
    unit = models.CharField("单位", max_length=8, blank=True)
    low = models.DecimalField("最小", max_digits=16, decimal_places=4, null=True)
    high = models.DecimalField("最大", max_digits=16, decimal_places=4, null=True)
    options = models.JSONField("选项", default=list)
    heads = models.JSONField("其他列名", default=list)
    shown = models.BooleanField("在名单里显示", default=False)
    filtered = models.BooleanField("可以筛选", default=False)
    counted = models.BooleanField("在驾驶舱计数", default=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    created_by = models.CharField("建立人", max_length=120)
    retired_at = models.DateTimeField("停用时间", null=True)

    objects = ScopedQuerySet["OwnField"].as_manager()

    class Meta:
        verbose_name = _("自定字段")
        indexes = [models.Index(fields=["home", "register"], name="own_field_home")]

    def __str__(self) -> str:
        return self.label
