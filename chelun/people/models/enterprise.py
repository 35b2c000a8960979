"""Enterprises: identity, what sources said, and the card of each place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.people.choices import FirmStatus, KnownBy
from chelun.people.models.base import (
    Card,
    Past,
    SourceRecord,
    VersionedQuerySet,
    batch_indexes,
    level_indexes,
    mention_index,
    past_indexes,
    stale_index,
)


class Enterprise(models.Model):
    """A firm, an institution or a platform company, once per installation; known again by its credit code."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    uscc = models.CharField("统一社会信用代码", max_length=18, null=True, unique=True)  # noqa: DJ001 (NULL: not known)

    class Meta:
        verbose_name = _("企业")

    def __str__(self) -> str:
        return self.uscc or str(self.id)


class EnterpriseSource(SourceRecord):
    """What one row said of a firm."""

    enterprise = models.ForeignKey(
        Enterprise,
        db_index=False,
        on_delete=models.CASCADE,
        related_name="source_records",
        verbose_name="企业",
    )

    objects = VersionedQuerySet["EnterpriseSource"].as_manager()

    class Meta:
        verbose_name = _("企业来源记录")
        indexes = [
            models.Index(fields=["enterprise", "home"], name="firm_source_of"),
            models.Index(fields=["source"], name="firm_source_named"),
            models.Index(fields=["digest"], name="firm_source_digest"),
            *batch_indexes("firm_source"),
        ]

    def __str__(self) -> str:
        return self.source


class EnterpriseColumns(Card):
    """What a card says of a firm."""

    name = models.CharField("企业名称", max_length=120)
    name_key = models.CharField("名称索引", max_length=120)
    pinyin = models.CharField("拼音", max_length=240)
    initials = models.CharField("首字母", max_length=60)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    kind = models.CharField("行业类别", max_length=20, blank=True)
    status = models.CharField("经营状况", max_length=12, choices=FirmStatus, blank=True)
    legal_representative = models.CharField("法定代表人", max_length=60, blank=True)
    investors = models.CharField("出资人", max_length=200, blank=True)
    staff_stated = models.PositiveIntegerField("填报职工数", null=True)
    vehicles_stated = models.PositiveIntegerField("填报车辆数", null=True)
    address = models.CharField("地址", max_length=200, blank=True)
    mentioned_only = models.BooleanField("仅被提及", default=False)
    known_by = models.PositiveSmallIntegerField("凭什么登记", choices=KnownBy, default=KnownBy.RECORD)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class EnterpriseCard(EnterpriseColumns):
    """A firm as one place knows it (一企一档 of that place). `mentioned_only`: no ledger has named it yet; `known_by` says the same more finely."""

    enterprise = models.ForeignKey(
        Enterprise, db_index=False, on_delete=models.CASCADE, related_name="cards", verbose_name="企业"
    )

    objects = VersionedQuerySet["EnterpriseCard"].as_manager()

    class Meta:
        verbose_name = _("企业档案卡")
        indexes = [
            *level_indexes("ecard", "pinyin"),
            *level_indexes("ecard_by", "known_by", "pinyin"),
            models.Index(fields=["enterprise", "home"], name="ecard_enterprise"),
            models.Index(fields=["home", "name_key"], name="ecard_name"),
            models.Index(fields=["home", "uscc"], name="ecard_code"),
            *batch_indexes("ecard"),
            stale_index("ecard"),
            mention_index("ecard"),
        ]


class EnterprisePast(Past, EnterpriseColumns):
    """Such a card of earlier, as long as somebody may ask what was known then."""

    enterprise = models.ForeignKey(
        Enterprise, db_index=False, on_delete=models.CASCADE, related_name="past_cards", verbose_name="企业"
    )

    objects = VersionedQuerySet["EnterprisePast"].as_manager()

    class Meta:
        verbose_name = _("企业往期档案卡")
        indexes = past_indexes("epast", "enterprise", "known_by", "pinyin")
