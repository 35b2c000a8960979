"""Notices: what people are told of the handling of their data, version by version; and consents, each to a version that was shown."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.privacy.choices import ConsentHow, OnBehalf
from chelun.platform.regions.models import Placed


class Notice(Placed):
    """One version of the notice of a place (PIPL §17). Never changed; a later version takes its place from its day on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region = models.CharField("地区", max_length=6)
    number = models.PositiveIntegerField("版本")
    text = models.TextField("告知内容")
    valid_from = models.DateField("生效日期")
    published_by = models.CharField("发布人", max_length=120)
    published_at = models.DateTimeField("发布时间", auto_now_add=True)

    objects = ScopedQuerySet["Notice"].as_manager()

    class Meta:
        verbose_name = _("告知书")
        constraints = [models.UniqueConstraint(fields=["region", "number"], name="notice_version_once")]

    def __str__(self) -> str:
        return f"{self.region} {self.number}"


class Consent(Placed):
    """That a person agreed to one purpose in one place, having been shown one version of the notice; until he takes it back.

    `until` is the last day on which it counts, where it is given for a term. `sealed`, under the person's key, says who gave it
    for a child. `withdrawn_by` is '' where it ended without anybody taking it back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.UUIDField("主体")
    subject_kind = models.CharField("主体类别", max_length=20)
    home = models.CharField("所属地区", max_length=6)
    purpose = models.CharField("目的", max_length=60)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+", verbose_name="告知书")
    on_behalf = models.CharField("同意人", max_length=10, choices=OnBehalf)
    how = models.CharField("同意方式", max_length=10, choices=ConsentHow, blank=True)
    until = models.DateField("有效至", null=True)
    sealed = models.BinaryField("加密的监护人信息", default=b"")
    taken_by = models.CharField("经办人", max_length=120)
    given_at = models.DateTimeField("同意时间", auto_now_add=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_by = models.CharField("撤回经办人", max_length=120, blank=True)

    objects = ScopedQuerySet["Consent"].as_manager()

    class Meta:
        verbose_name = _("本人的同意")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "home", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_once",
            )
        ]

    def __str__(self) -> str:
        return self.purpose


def standing(day: date) -> Q:
    """The consents that count on a day."""
    return Q(withdrawn_at=None) & (Q(until=None) | Q(until__gte=day))
