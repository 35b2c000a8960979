"""Tables of the desk: what somebody proposes to change on a file, and who checked it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.desk.choices import ChangeState, Verdict
from chelun.people.models import Person
from chelun.platform.regions.models import Placed


class ChangeRequest(Placed):
    """What should be different on a person's file in one place. Its lines lie sealed under the person's key.

    `checks_needed` is the place's rule when it was handed in; `taken` names the fields that the checkers let stand.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="change_requests", verbose_name="人员"
    )
    home = models.CharField("所属地区", max_length=6)
    state = models.CharField("状态", max_length=10, choices=ChangeState, default=ChangeState.DRAFT)
    reason = models.CharField("理由", max_length=200)
    sealed = models.BinaryField("加密的改动")
    filed_by = models.CharField("提出者", max_length=120)
    filed_at = models.DateTimeField("提出时间", auto_now_add=True)
    checks_needed = models.PositiveSmallIntegerField("须审核几次", default=1)
    checks_done = models.PositiveSmallIntegerField("已审核几次", default=0)
    taken = models.JSONField("采纳的项", default=list)
    decided_at = models.DateTimeField("办结时间", null=True)
    answer = models.CharField("答复", max_length=200, blank=True)

    objects = ScopedQuerySet["ChangeRequest"].as_manager()

    class Meta:
        verbose_name = _("变更申请")
        indexes = [
            models.Index(fields=["county", "state", "-id"], name="change_county"),
            models.Index(fields=["city", "state", "-id"], name="change_city"),
            models.Index(fields=["province", "state", "-id"], name="change_province"),
        ]

    def __str__(self) -> str:
        return f"{self.home} {self.state}"


class ChangeCheck(models.Model):
    """What one checker said of a change request, in order."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(
        ChangeRequest, on_delete=models.CASCADE, related_name="checks", verbose_name="变更申请"
    )
    number = models.PositiveSmallIntegerField("第几次")
    by = models.CharField("审核者", max_length=120)
    at = models.DateTimeField("时间", auto_now_add=True)
    verdict = models.CharField("意见", max_length=6, choices=Verdict)
    note = models.CharField("说明", max_length=200, blank=True)
    taken = models.JSONField("采纳的项", default=list)

    class Meta:
        verbose_name = _("变更审核")
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="change_check_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.verdict}"
