"""What a place has decided about its sources: which outweighs which."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.people.choices import RankState
from chelun.people.models.base import Versioned, VersionedQuerySet
from chelun.platform.regions.models import Placed


class SourceRank(Versioned):
    """A place's rule which source outweighs which in one register, for itself (`home`) and for all below it.

    It shows with the batch that wrote the cards anew by it, and is superseded by the batch of the next one; it stays,
    so that the past can be weighed as it was then. `lines` is group → [[door, source], …] (rules/ranks.py).
    """

    register = models.CharField("登记", max_length=20)
    lines = models.JSONField("先后", default=dict)
    reason = models.CharField("理由", max_length=200)
    decided_by = models.CharField("决定人", max_length=120)
    decided_at = models.DateTimeField("决定时间")

    objects = VersionedQuerySet["SourceRank"].as_manager()

    class Meta:
        verbose_name = _("来源先后规则")
        indexes = [models.Index(fields=["register", "home"], name="source_rank_place")]

    def __str__(self) -> str:
        return f"{self.home} {self.register}"


class RankChange(Placed):
    """A rule as somebody proposes it for a place: previewed, then applied or dropped. `base` is what held when it was proposed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    register = models.CharField("登记", max_length=20)
    base = models.JSONField("原先后", default=dict)
    lines = models.JSONField("新先后", default=dict)
    reason = models.CharField("理由", max_length=200)
    state = models.CharField("状态", max_length=10, choices=RankState, default=RankState.PREVIEWING)
    counts = models.JSONField("计数", default=dict)
    sample = models.JSONField("举例", default=list)
    proposed_by = models.CharField("提出人", max_length=120)
    proposed_at = models.DateTimeField("提出时间", auto_now_add=True)
    looked_at = models.DateTimeField("测算时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    batch = models.UUIDField("批次", null=True)
    job_id = models.UUIDField("任务", null=True)

    objects = ScopedQuerySet["RankChange"].as_manager()

    class Meta:
        verbose_name = _("来源先后的调整")
        indexes = [models.Index(fields=["-proposed_at"], name="rank_change_newest")]

    def __str__(self) -> str:
        return f"{self.county or self.city or self.province} {self.register}"

    @property
    def home(self) -> str:
        """The code of the place for which the rule is."""
        return self.county or self.city or self.province
