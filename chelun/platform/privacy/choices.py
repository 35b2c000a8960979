"""Words to choose from: on which ground somebody is erased, and how far an erasure is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ErasureGround(models.TextChoices):
    """Why data goes (PIPL §47)."""

    PURPOSE_DONE = "purpose_done", _("处理目的已实现、无法实现或不再必要")
    EXPIRED = "expired", _("保存期限已届满")
    WITHDRAWN = "withdrawn", _("本人撤回同意")
    UNLAWFUL = "unlawful", _("处理违反法律、法规或约定")
    OBJECTION = "objection", _("本人反对继续保存，且没有应当保存的法律依据")


class ErasureState(models.TextChoices):
    """How far an erasure is."""

    PROPOSED = "proposed", _("待第二人批准")
    RUNNING = "running", _("正在抹除")
    DONE = "done", _("已抹除")
    DECLINED = "declined", _("未批准")
