"""Tables of the firms app: what the rooms below know of each firm, in one row. Nothing here is typed in by anybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.firms.choices import Counting
from chelun.people.choices import FirmStatus, KnownBy
from chelun.platform.regions.models import Placed


class FirmStanding(Placed):
    """A firm as one place knows it, gathered from its card, its source records, its staff and its vehicles.

    For each fact the newest day on which a source said what stands now; what a light says follows from these days
    and from today, and is stored nowhere. May be emptied: the next review gathers it again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enterprise = models.ForeignKey(
        "people.Enterprise",
        db_index=False,
        on_delete=models.CASCADE,
        related_name="standings",
        verbose_name="企业",
    )
    home = models.CharField("所属地区", max_length=6)
    card = models.UUIDField("档案卡")
    name = models.CharField("企业名称", max_length=120)
    pinyin = models.CharField("拼音", max_length=240)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    kind = models.CharField("行业类别", max_length=20, blank=True)
    status = models.CharField("经营状况", max_length=12, choices=FirmStatus, blank=True)
    mentioned_only = models.BooleanField("仅被提及", default=False)
    known_by = models.PositiveSmallIntegerField("凭什么登记", choices=KnownBy, default=KnownBy.RECORD)
    as_of = models.DateField("数据日期")
    staff_stated = models.PositiveIntegerField("填报职工数", null=True)
    vehicles_stated = models.PositiveIntegerField("填报车辆数", null=True)
    staff = models.PositiveIntegerField("在册职工", default=0)
    vehicles = models.PositiveIntegerField("在册车辆", default=0)
    vehicle_kinds = models.JSONField("在册车辆分用途", default=dict)
    without_id = models.PositiveIntegerField("缺身份证号的职工", default=0)
    without_phone = models.PositiveIntegerField("缺联系电话的职工", default=0)
    stale = models.PositiveIntegerField("一年未更新的职工", default=0)
    gaps = models.PositiveIntegerField("职工档案缺项合计", default=0)
    status_on = models.DateField("经营状况的日期", null=True)
    kind_on = models.DateField("行业类别的日期", null=True)
    uscc_on = models.DateField("信用代码的日期", null=True)
    investors_on = models.DateField("出资人的日期", null=True)
    representative_on = models.DateField("法定代表人的日期", null=True)
    staff_stated_on = models.DateField("填报职工数的日期", null=True)
    staff_on = models.DateField("职工名单的日期", null=True)

    objects = ScopedQuerySet["FirmStanding"].as_manager()

    class Meta:
        verbose_name = _("企业近况")
        constraints = [models.UniqueConstraint(fields=["enterprise", "home"], name="standing_once")]
        indexes = [
            *(
                models.Index(fields=[level, "pinyin", "id"], name=f"standing_{level}")
                for level in ("province", "city", "county")
            ),
            *(
                models.Index(fields=[level, "known_by", "pinyin", "id"], name=f"standing_by_{level}")
                for level in ("province", "city", "county")
            ),
            *(
                models.Index(
                    fields=[level, "-gaps", "id"],
                    condition=models.Q(gaps__gt=0),
                    name=f"standing_gaps_{level}",
                )
                for level in ("province", "city", "county")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FirmReview(models.Model):
    """The gathering of all firms for a day; a later one of the same day takes its place.

    `seq` is the last row of the audit trail at its beginning: what was done to the registers since then has a later one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    day = models.DateField("日期", unique=True)
    started_at = models.DateTimeField("开始时间")
    seq = models.BigIntegerField("审计序号")
    seconds = models.FloatField("用时（秒）")
    firms = models.PositiveIntegerField("企业数")
    changed = models.PositiveIntegerField("有变化的企业")

    class Meta:
        verbose_name = _("企业清点")

    def __str__(self) -> str:
        return self.day.isoformat()


class ThresholdRule(Placed):
    """By what a place puts firms into a register, from a day on. Never changed: a later one takes its place.

    `home` decides for itself and for all below that have not decided. `criterion` is where the rule comes from, in words.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField("所属地区", max_length=6)
    register = models.SlugField("名册代码", max_length=40, db_index=False)
    label = models.CharField("名册名称", max_length=40)
    counting = models.CharField("数什么", max_length=20, choices=Counting)
    kinds = models.JSONField("工种", default=list)
    at_least = models.PositiveIntegerField("从多少起", null=True)
    since = models.DateField("从哪天起")
    criterion = models.CharField("依据", max_length=200, blank=True)
    changed_at = models.DateTimeField("修改时间", auto_now_add=True)
    changed_by = models.CharField("修改人", max_length=120)

    objects = ScopedQuerySet["ThresholdRule"].as_manager()

    class Meta:
        verbose_name = _("门槛规则")
        constraints = [
            models.UniqueConstraint(fields=["home", "register", "since"], name="rule_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.home} {self.label}"


class Stay(Placed):
    """That a firm is in a register of a place, from the day on which it was found to the day on which it was found gone.

    Of a register that is kept by hand: from the day that its list states. `ground` is that list, `listed_by` who entered it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enterprise = models.ForeignKey(
        "people.Enterprise",
        db_index=False,
        on_delete=models.CASCADE,
        related_name="stays",
        verbose_name="企业",
    )
    home = models.CharField("所属地区", max_length=6)
    register = models.SlugField("名册代码", max_length=40, db_index=False)
    from_day = models.DateField("进入日期")
    to_day = models.DateField("离开日期", null=True)
    count_in = models.PositiveIntegerField("进入时的数", null=True)
    count_out = models.PositiveIntegerField("离开时的数", null=True)
    ground = models.CharField("依据", max_length=200, blank=True)
    listed_by = models.CharField("列入人", max_length=120, blank=True)
    noted_in = models.BooleanField("进入已看过", default=False)
    noted_out = models.BooleanField("离开已看过", default=False)

    objects = ScopedQuerySet["Stay"].as_manager()

    class Meta:
        verbose_name = _("在名册期间")
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "home", "register"], condition=models.Q(to_day=None), name="stay_once"
            )
        ]
        indexes = [
            models.Index(fields=["enterprise", "home"], name="stay_firm"),
            *(
                models.Index(fields=["register", level, "-from_day", "id"], name=f"stay_{level}")
                for level in ("province", "city", "county")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.from_day}"
