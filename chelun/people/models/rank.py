"""What a place has decided about its sources: which outweighs which."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.people.models.base import Versioned, VersionedQuerySet


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
