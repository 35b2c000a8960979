"""Impact assessments (PIPL §55–56): what was weighed before data is handled in ways that touch people most."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.privacy.choices import Risk
from chelun.platform.regions.models import Placed


class Assessment(Placed):
    """One assessment for a region and all below it. Never changed, never deleted here: a later one takes its place.

    `occasions` are codes of `choices.Occasion`, `tables` the labels of the declared tables and names of purposes that it covers.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region = models.CharField("地区", max_length=6)
    title = models.CharField("评估事项", max_length=100)
    occasions = models.JSONField("须评估的情形", default=list)
    covers = models.JSONField("涉及的目的", default=list)
    purpose = models.TextField("处理目的和方式是否合法、正当、必要")
    risks = models.TextField("对个人权益的影响和安全风险")
    measures = models.TextField("采取的保护措施是否合法、有效、与风险相适应")
    risk = models.CharField("采取措施后的风险", max_length=6, choices=Risk)
    assessed_on = models.DateField("评估日期")
    assessors = models.CharField("参加评估的人", max_length=200)
    valid_until = models.DateField("再次评估的日期")
    recorded_by = models.CharField("记录人", max_length=120)
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)

    objects = ScopedQuerySet["Assessment"].as_manager()

    class Meta:
        verbose_name = _("影响评估")

    def __str__(self) -> str:
        return self.title
