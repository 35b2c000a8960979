"""Break-glass: where whom it may be asked for, and every file that was opened so."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.accounts.roles import ROLES
from chelun.platform.privacy.choices import GlassVerdict, ToldHow
from chelun.platform.regions.models import Placed


class GlassArea(Placed):
    """That holders of a role inside a region may, in an emergency, open files anywhere in this region; by a security administrator."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region = models.CharField("地区", max_length=6)
    role = models.CharField(
        "角色", max_length=30, choices=[(role.name, role.label) for role in ROLES.values()]
    )
    named_by = models.CharField("指定人", max_length=120)
    named_at = models.DateTimeField("指定时间", auto_now_add=True)
    ended_by = models.CharField("取消人", max_length=120, blank=True)
    ended_at = models.DateTimeField("取消时间", null=True)

    objects = ScopedQuerySet["GlassArea"].as_manager()

    class Meta:
        verbose_name = _("紧急查看的范围")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "role"], condition=models.Q(ended_at__isnull=True), name="glass_area_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} @ {self.region}"


class BreakGlass(Placed):
    """One file opened outside the usual right, for some hours and a reason: told to the person, reviewed by the audit administrator.

    `home` is the place whose file it is, `by` the account that opened it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.UUIDField("主体", db_index=True)
    subject_kind = models.CharField("主体类别", max_length=20)
    home = models.CharField("所属地区", max_length=6)
    by = models.CharField("查看者", max_length=120)
    reason = models.CharField("理由", max_length=200)
    opened_at = models.DateTimeField("开始时间")
    until = models.DateTimeField("到期时间")
    closed_at = models.DateTimeField("提前结束", null=True)
    told_at = models.DateTimeField("告知本人时间", null=True)
    told_by = models.CharField("告知人", max_length=120, blank=True)
    told_how = models.CharField("告知方式", max_length=10, choices=ToldHow, blank=True)
    reviewed_at = models.DateTimeField("复核时间", null=True)
    reviewed_by = models.CharField("复核人", max_length=120, blank=True)
    verdict = models.CharField("复核结论", max_length=10, choices=GlassVerdict, blank=True)
    note = models.CharField("复核说明", max_length=200, blank=True)

    objects = ScopedQuerySet["BreakGlass"].as_manager()

    class Meta:
        verbose_name = _("紧急查看")
        indexes = [models.Index(fields=["by", "-opened_at"], name="break_glass_by")]

    def __str__(self) -> str:
        return f"{self.by} {self.opened_at:%F}"
