"""States of a change request, what a checker says, when the rows of a work list are due."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeState(models.TextChoices):
    """Where a change request stands."""

    DRAFT = "draft", _("草稿")
    FILED = "filed", _("待审核")
    APPLIED = "applied", _("已采纳")
    REFUSED = "refused", _("未采纳")
    WITHDRAWN = "withdrawn", _("已撤回")


ENDED = (ChangeState.APPLIED, ChangeState.REFUSED, ChangeState.WITHDRAWN)


class Verdict(models.TextChoices):
    """What a checker says."""

    PASS = "pass", _("同意")
    REFUSE = "refuse", _("不同意")


class DueRule(models.TextChoices):
    """When a row of a work list is due."""

    DAYS = "days", _("出现后几天内")
    DAY = "day", _("统一在某一天")
