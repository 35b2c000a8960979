"""Persons: identity, what sources said, and the card of each place."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.people.choices import Sex, WorkKind
from chelun.people.models.base import (
    Card,
    Past,
    SourceRecord,
    Versioned,
    VersionedQuerySet,
    batch_indexes,
    level_indexes,
    past_indexes,
    stale_index,
)


class Person(models.Model):
    """A human being, once per installation. Nothing here can be looked at; `id_index` is a keyed digest."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    id_index = models.CharField("身份证号索引", max_length=32, null=True)  # noqa: DJ001 (NULL: no ID)

    class Meta:
        verbose_name = _("人员")
        # Not `unique=True`: PostgreSQL would get a second index for prefixes, which a digest has not.
        constraints = [models.UniqueConstraint(fields=["id_index"], name="person_id_index")]

    def __str__(self) -> str:
        return str(self.id)


class PersonSource(SourceRecord):
    """What one row said of a person."""

    person = models.ForeignKey(
        Person, db_index=False, on_delete=models.CASCADE, related_name="source_records", verbose_name="人员"
    )

    objects = VersionedQuerySet["PersonSource"].as_manager()

    class Meta:
        verbose_name = _("人员来源记录")
        indexes = [
            models.Index(fields=["person", "home"], name="person_source_of"),
            models.Index(fields=["source"], name="person_source_named"),
            models.Index(fields=["digest"], name="person_source_digest"),
            *batch_indexes("person_source"),
        ]

    def __str__(self) -> str:
        return self.source


class PersonColumns(Card):
    """What a card says of a person."""

    name = models.CharField("姓名", max_length=60)
    pinyin = models.CharField("拼音", max_length=120)
    initials = models.CharField("首字母", max_length=30)
    sex = models.CharField("性别", max_length=1, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField("出生年", null=True)
    household = models.CharField("户籍地区", max_length=6, blank=True)
    kind = models.CharField("工种", max_length=20, choices=WorkKind, blank=True)
    more_kinds = models.CharField("其他工种", max_length=120, blank=True)
    enterprise = models.ForeignKey(
        "people.Enterprise",
        null=True,
        db_index=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="所属企业",
    )
    enterprise_name = models.CharField("所属企业名称", max_length=120, blank=True)
    platform = models.CharField("平台", max_length=60, blank=True)
    plate = models.CharField("车牌", max_length=12, blank=True)
    has_id = models.BooleanField("有身份证号", default=False)
    phone_index = models.CharField("手机号索引", max_length=32, blank=True)
    name_phone = models.CharField("姓名和手机号索引", max_length=32, blank=True)
    phone_tail = models.CharField("手机尾号索引", max_length=32, blank=True)
    id_tail = models.CharField("身份证尾号索引", max_length=32, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


NARROWED_BY = ("kind", "more_kinds", "sex", "birth_year", "platform", "as_of", "missing")


class PersonCard(PersonColumns):
    """A person as one place knows him (一人一档 of that place). Phone and ID number lie in `sealed`.

    In the clear, each for a reason given in docs/security.md: name, pinyin, sex, birth year, household area.
    """

    person = models.ForeignKey(
        Person, db_index=False, on_delete=models.CASCADE, related_name="cards", verbose_name="人员"
    )

    objects = VersionedQuerySet["PersonCard"].as_manager()

    class Meta:
        verbose_name = _("人员档案卡")
        indexes = [
            *level_indexes("pcard", "pinyin", carrying=NARROWED_BY),
            *level_indexes("pcard_noid", "pinyin", only=Q(has_id=False)),
            *level_indexes("pcard_nophone", "pinyin", only=Q(phone_index="")),
            models.Index(fields=["person", "home"], name="pcard_person"),
            models.Index(fields=["phone_index"], name="pcard_phone"),
            # A surname and last digits: of a million cards a hundred have the digits, seventy thousand the surname.
            models.Index(fields=["phone_tail"], name="pcard_phone_tail"),
            models.Index(fields=["id_tail"], name="pcard_id_tail"),
            models.Index(fields=["enterprise", "pinyin"], name="pcard_enterprise"),
            *batch_indexes("pcard"),
            stale_index("pcard"),
        ]


class PersonPast(Past, PersonColumns):
    """Such a card of earlier, as long as somebody may ask what was known then."""

    person = models.ForeignKey(
        Person, db_index=False, on_delete=models.CASCADE, related_name="past_cards", verbose_name="人员"
    )

    objects = VersionedQuerySet["PersonPast"].as_manager()

    class Meta:
        verbose_name = _("人员往期档案卡")
        indexes = past_indexes("ppast", "person", "pinyin")


class Engagement(Versioned):
    """For whom a person works and as what, from when to when: an employment, a platform tie, or his own account."""

    person = models.ForeignKey(
        Person, db_index=False, on_delete=models.CASCADE, related_name="engagements", verbose_name="人员"
    )
    kind = models.CharField("工种", max_length=20, choices=WorkKind, blank=True)
    enterprise = models.ForeignKey(
        "people.Enterprise",
        null=True,
        db_index=False,
        on_delete=models.CASCADE,
        related_name="engagements",
        verbose_name="企业",
    )
    platform = models.CharField("平台", max_length=60, blank=True)
    position = models.CharField("岗位", max_length=60, blank=True)
    from_date = models.DateField("起", null=True)
    to_date = models.DateField("止", null=True)

    objects = VersionedQuerySet["Engagement"].as_manager()

    class Meta:
        verbose_name = _("从业关系")
        indexes = [
            models.Index(fields=["person", "home"], name="engagement_person"),
            models.Index(fields=["enterprise", "home"], name="engagement_enterprise"),
            *batch_indexes("engagement"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.platform}".strip()


class UnresolvedRow(Versioned):
    """A row without an ID number that fits several persons, or contradicts the one it fits. It waits for a clerk.

    Its facts lie sealed under the key ring, for they belong to nobody yet.
    """

    source = models.CharField("来源", max_length=60)
    as_of = models.DateField("数据日期")
    sheet = models.CharField("表", max_length=60, blank=True)
    row_number = models.PositiveIntegerField("行号", null=True)
    digest = models.CharField("内容摘要", max_length=32, db_index=True)
    reason = models.CharField("原因", max_length=20)
    candidates = models.JSONField("可能的人", default=list)
    sealed = models.BinaryField("加密的事实")
    settled_as = models.CharField("处理", max_length=10, blank=True)
    created_at = models.DateTimeField("时间", auto_now_add=True)

    objects = VersionedQuerySet["UnresolvedRow"].as_manager()

    class Meta:
        verbose_name = _("待甄别的行")
        indexes = [
            *level_indexes("unresolved", "settled_as"),
            *batch_indexes("unresolved"),
        ]

    def __str__(self) -> str:
        return self.reason


class ForgottenValue(models.Model):
    """That a value of a fact was corrected at the person's own request and is gone from every record, the past ones too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    register = models.CharField("登记", max_length=20)
    subject = models.UUIDField("主体", db_index=True)
    field = models.CharField("事项", max_length=60)
    reason = models.CharField("理由", max_length=200)
    forgotten_by = models.CharField("经办人", max_length=120)
    forgotten_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = _("应本人要求去除的值")

    def __str__(self) -> str:
        return f"{self.register} {self.field}"
