"""What a person asks for at the counter, until when it is answered, and the answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.privacy.choices import Identity, LawfulException, OnBehalf, RequestKind, RequestState
from chelun.platform.regions.models import Placed


class PersonRequest(Placed):
    """One request of one person, registered in one place about what that place holds (`home`).

    `sealed` holds what was asked and answered, under the subject's own key: after an erasure the request stays as proof,
    its words cannot be read any more. `exception` names why it is refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.UUIDField("主体", db_index=True)
    subject_kind = models.CharField("主体类别", max_length=20)
    home = models.CharField("所属地区", max_length=6)
    kind = models.CharField("事项", max_length=12, choices=RequestKind)
    on_behalf = models.CharField("申请人", max_length=10, choices=OnBehalf)
    identity = models.CharField("身份核对", max_length=10, choices=Identity)
    state = models.CharField("状态", max_length=10, choices=RequestState, default=RequestState.RECEIVED)
    sealed = models.BinaryField("加密的内容")
    received_by = models.CharField("受理人", max_length=120)
    received_at = models.DateTimeField("受理时间", auto_now_add=True)
    due_on = models.DateField("答复期限")
    owner = models.CharField("办理人", max_length=120, blank=True)
    exception = models.CharField("例外", max_length=12, choices=LawfulException, blank=True)
    decided_by = models.CharField("答复人", max_length=120, blank=True)
    decided_at = models.DateTimeField("答复时间", null=True)
    erasure = models.UUIDField("抹除记录", null=True)

    objects = ScopedQuerySet["PersonRequest"].as_manager()

    class Meta:
        verbose_name = _("本人的请求")
        indexes = [
            models.Index(fields=[level, "state", "due_on"], name=f"request_{level}")
            for level in ("province", "city", "county")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
