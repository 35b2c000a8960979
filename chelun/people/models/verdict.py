"""What became of the rows of sources: which were confirmed by others, which contradicted. Computed, never typed in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.regions.models import Placed


class RowVerdict(Placed):
    """That a row of a source was confirmed or contradicted (rules/truth.py). Holds names of facts, never a value.

    Counted anew with its home as soon as anything changed there. `subject` is the file on which the row counts, of whatever register.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField("所属地区", max_length=6)
    register = models.CharField("登记", max_length=20)
    subject = models.UUIDField("主体")
    record = models.UUIDField("来源记录")
    source = models.CharField("来源", max_length=60)
    as_of = models.DateField("数据日期")
    verdict = models.CharField("结论", max_length=12)
    by = models.CharField("由谁核对", max_length=8)
    facts = models.JSONField("事项", default=list)

    objects = ScopedQuerySet["RowVerdict"].as_manager()

    class Meta:
        verbose_name = _("来源行的核对")
        indexes = [
            models.Index(fields=["subject"], name="verdict_subject"),
            models.Index(fields=["home"], name="verdict_home"),
            *(
                models.Index(fields=[level, "verdict", "source", "id"], name=f"verdict_{level}")
                for level in ("province", "city", "county")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.verdict}"
