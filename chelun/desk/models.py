"""Tables of the desk: what somebody proposes to change on a file, who checked it, and lists that are worked off."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.desk.choices import ChangeState, DueRule, Verdict
from chelun.people.models import Enterprise, Person, Vehicle
from chelun.platform.regions.models import Placed


class ChangeRequest(Placed):
    """What should be different on the file of a person, a firm or a vehicle in one place. Its lines lie sealed under the
    subject's key.

    `checks_needed` is the place's rule when it was handed in; `taken` names the fields that the checkers let stand;
    `unread` says that not all of it was agreed to and its writer has not looked since.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        Person, null=True, on_delete=models.CASCADE, related_name="change_requests", verbose_name="人员"
    )
    enterprise = models.ForeignKey(
        Enterprise, null=True, on_delete=models.CASCADE, related_name="change_requests", verbose_name="企业"
    )
    vehicle = models.ForeignKey(
        Vehicle, null=True, on_delete=models.CASCADE, related_name="change_requests", verbose_name="车辆"
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
    unread = models.BooleanField("提出者还没看答复", default=False)

    objects = ScopedQuerySet["ChangeRequest"].as_manager()

    class Meta:
        verbose_name = _("变更申请")
        indexes = [
            models.Index(fields=["county", "state", "-id"], name="change_county"),
            models.Index(fields=["city", "state", "-id"], name="change_city"),
            models.Index(fields=["province", "state", "-id"], name="change_province"),
            models.Index(fields=["filed_by"], name="change_unread", condition=Q(unread=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, enterprise=None, vehicle=None)
                | Q(person=None, enterprise__isnull=False, vehicle=None)
                | Q(person=None, enterprise=None, vehicle__isnull=False),
                name="change_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.home} {self.state}"

    @property
    def register(self) -> str:
        """The register whose file is meant."""
        return "person" if self.person_id else "enterprise" if self.enterprise_id else "vehicle"

    @property
    def subject(self) -> UUID:
        """Whose file is meant."""
        found = self.person_id or self.enterprise_id or self.vehicle_id
        assert found is not None
        return found


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


class WorkList(Placed):
    """A list that is looked up by its saved filters and worked off row by row: what is to be done, by whom, until when.

    `owner` is the log-in name of whoever answers for it, '' for all who work in the place; `query` is what the address of
    the list says.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField("所属地区", max_length=6)
    name = models.CharField("名称", max_length=60)
    register = models.CharField("登记", max_length=20)
    query = models.JSONField("条件", default=dict)
    action = models.CharField("做什么", max_length=200)
    owner = models.CharField("负责人", max_length=120, blank=True)
    due_rule = models.CharField("期限", max_length=6, choices=DueRule)
    due_days = models.PositiveSmallIntegerField("几天", null=True)
    due_day = models.DateField("哪一天", null=True)
    made_by = models.CharField("建立人", max_length=120)
    made_at = models.DateTimeField("建立时间", auto_now_add=True)
    looked_at = models.DateTimeField("最近查找", null=True)
    closed_at = models.DateTimeField("结束时间", null=True)

    objects = ScopedQuerySet["WorkList"].as_manager()

    class Meta:
        verbose_name = _("工作清单")
        indexes = [models.Index(fields=["home", "-id"], name="work_list_home")]

    def __str__(self) -> str:
        return self.name


class WorkRow(Placed):
    """That a subject stands in a work list since a day, and what was done about it. Nothing of his file is copied.

    `note` lies under the subject's key. A row that left the list and comes back is open again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    work_list = models.ForeignKey(
        WorkList, on_delete=models.CASCADE, related_name="rows", verbose_name="工作清单"
    )
    subject = models.UUIDField("主体", db_index=True)
    home = models.CharField("所属地区", max_length=6)
    since = models.DateField("出现")
    due_on = models.DateField("期限")
    gone_at = models.DateTimeField("不再符合", null=True)
    done_at = models.DateTimeField("做完", null=True)
    done_by = models.CharField("谁做的", max_length=120, blank=True)
    note = models.BinaryField("加密的说明")

    objects = ScopedQuerySet["WorkRow"].as_manager()

    class Meta:
        verbose_name = _("清单里的一行")
        constraints = [
            models.UniqueConstraint(fields=["work_list", "subject", "home"], name="work_row_once"),
        ]
        indexes = [models.Index(fields=["work_list", "due_on", "id"], name="work_row_due")]

    def __str__(self) -> str:
        return f"{self.home} {self.since}"
