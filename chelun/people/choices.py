"""Words that the registers choose from. Codes are stored, labels are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.engines.faults import N_

AT_COUNTER, AT_PUBLICATION, AT_UNDOING = N_("窗口登记"), N_("入库"), N_("撤销导入")
AT_MERGING, AT_RANKING = N_("合并档案"), N_("来源先后调整")
OWN_SOURCES = frozenset({AT_COUNTER, AT_PUBLICATION, AT_UNDOING, AT_MERGING, AT_RANKING})
"""Sources that are no roster's: these names are stored as they stand here and shown in the reader's language."""


class WorkKind(models.TextChoices):
    """Kinds of work on wheels (货车 … 客货邮). A place may rename or switch off, never add here."""

    TRUCK = "truck", _("货车")
    RIDE_HAIL = "ride_hail", _("网约车")
    TAXI = "taxi", _("出租车")
    BUS = "bus", _("公交")
    COACH = "coach", _("客运")
    COURIER = "courier", _("快递")
    DELIVERY = "delivery", _("外卖")
    ROAD_CARE = "road_care", _("养护")
    POST_PASSENGER = "post_passenger", _("客货邮")


class Sex(models.TextChoices):
    """Sex as the identity card says it."""

    MALE = "M", _("男")
    FEMALE = "F", _("女")


class FirmStatus(models.TextChoices):
    """Whether a firm really operates (经营运行情况)."""

    OPERATING = "operating", _("正常经营")
    PAUSED = "paused", _("停业歇业")
    CLOSED = "closed", _("注销吊销")


class KnownBy(models.IntegerChoices):
    """By what a place knows a firm: a record of its own, a credit code that a row of others named with it, or a mere name."""

    RECORD = 0, _("有台账")
    CODE = 1, _("没有台账，有信用代码")
    NAME = 2, _("没有台账，只有名称")

    @classmethod
    def of(cls, *, mentioned_only: bool, code: str) -> "KnownBy":
        """What the columns of a card come to."""
        if not mentioned_only:
            return cls.RECORD
        return cls.CODE if code else cls.NAME


class PlateColour(models.TextChoices):
    """Plate colours by their codes in the messages of 网络货运; '' is not known."""

    BLUE = "1", _("蓝")
    YELLOW = "2", _("黄")
    BLACK = "3", _("黑")
    WHITE = "4", _("白")
    GREEN = "5", _("绿")
    OTHER = "9", _("其他")
    FARM_YELLOW = "91", _("农黄")
    FARM_GREEN = "92", _("农绿")
    YELLOW_GREEN = "93", _("黄绿")
    GRADIENT_GREEN = "94", _("渐变绿")


class Energy(models.TextChoices):
    """What a vehicle runs on (能源类型)."""

    PETROL = "petrol", _("汽油")
    DIESEL = "diesel", _("柴油")
    ELECTRIC = "electric", _("纯电动")
    PLUG_IN = "plug_in", _("插电混动")
    HYBRID = "hybrid", _("油电混动")
    GAS = "gas", _("天然气")
    HYDROGEN = "hydrogen", _("氢燃料")
    METHANOL = "methanol", _("甲醇")
    OTHER = "other", _("其他能源")


class PaperKind(models.TextChoices):
    """The papers of the trade. Who holds which, and how its number is read, stands in rules/papers.py.

    Papers that say who somebody is, to what he belongs or how healthy he is are none of them.
    """

    QUALIFICATION = "qualification", _("从业资格证")
    DRIVING = "driving", _("机动车驾驶证")
    RIDE_DRIVER = "ride_driver", _("网约车驾驶员证")
    TAXI_DRIVER = "taxi_driver", _("巡游出租汽车驾驶员证")
    SKILL = "skill", _("职业技能等级证书")
    OPERATION = "operation", _("道路运输经营许可证")
    RIDE_PLATFORM = "ride_platform", _("网约车经营许可证")
    EXPRESS = "express", _("快递业务经营许可证")
    TRANSPORT = "transport", _("道路运输证")
    RIDE_VEHICLE = "ride_vehicle", _("网约车运输证")


class Presence(models.TextChoices):
    """Whether there is a paper, and if not, why."""

    HELD = "held", _("持有")
    LIGHT_VEHICLE = "light_vehicle", _("总质量 4.5 吨及以下普通货运，不需要")
    NONE = "none", _("没有办")
    IN_PROGRESS = "in_progress", _("申办中")


class PaperStatus(models.TextChoices):
    """What its office says of a paper, apart from its dates."""

    IN_FORCE = "in_force", _("状态正常")
    LOST = "lost", _("挂失")
    SUSPENDED = "suspended", _("暂扣停用")
    VOID = "void", _("注销或吊销")


class PaperState(models.TextChoices):
    """How a paper stands on a day: computed from presence, status and dates, never stored."""

    EXPIRED = "expired", _("已到期")
    EXPIRING = "expiring", _("快到期")
    VALID = "valid", _("在有效期内")
    UNDATED = "undated", _("有效期不详")
    STOPPED = "stopped", _("挂失、停用或注销")
    ABSENT = "absent", _("无证（写明原因）")


class RankState(models.TextChoices):
    """How far a change of the rank of sources has come."""

    PREVIEWING = "previewing", _("正在测算")
    READY = "ready", _("测算完成，等待决定")
    APPLYING = "applying", _("正在重算档案")
    APPLIED = "applied", _("已生效")
    DROPPED = "dropped", _("已放弃")
