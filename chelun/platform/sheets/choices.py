"""States of an import, and which steps lead from one to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """Where a file is on its way into a register."""

    RECEIVED = "received", _("正在读取")
    UNREADABLE = "unreadable", _("无法读取")
    MAPPING = "mapping", _("待确认对应列")
    CHECKING = "checking", _("正在检查")
    CHECKED = "checked", _("待确认入库")
    PUBLISHING = "publishing", _("正在入库")
    PUBLISHED = "published", _("已入库")
    UNDOING = "undoing", _("正在撤销")
    UNDONE = "undone", _("已撤销")
    CANCELLED = "cancelled", _("已取消")


WORKING_STATES = (ImportState.RECEIVED, ImportState.CHECKING, ImportState.PUBLISHING, ImportState.UNDOING)
OPEN_STATES = (ImportState.RECEIVED, ImportState.MAPPING, ImportState.CHECKING, ImportState.CHECKED)


class LayoutState(models.TextChoices):
    """How far a form of a place's own has come."""

    DRAFT = "draft", _("待确认")
    IN_USE = "in_use", _("在用")
    RESTING = "resting", _("已停用")
