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


class RankState(models.TextChoices):
    """How far a change of the rank of sources has come."""

    PREVIEWING = "previewing", _("正在测算")
    READY = "ready", _("测算完成，等待决定")
    APPLYING = "applying", _("正在重算档案")
    APPLIED = "applied", _("已生效")
    DROPPED = "dropped", _("已放弃")
