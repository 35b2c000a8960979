"""Tables of families: a relative who consented, and the mere wish that waits for a consent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.families.choices import Ends, Relation, Stage
from chelun.people.models import Person
from chelun.platform.regions.models import Placed


class Relative(Placed):
    """A relative of a registered person in one place: a subject with a key of its own, under which name, telephone and birth lie.

    `until` is the last day on which a consent counts, None when none does any more. `stage` is the age when it was given.
    `person` is None when the registered person is no longer on file and the relative had agreed to something of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="relatives", verbose_name="从业人员"
    )
    home = models.CharField("所属地区", max_length=6)
    relation = models.CharField("关系", max_length=10, choices=Relation)
    stage = models.CharField("年龄段", max_length=10, choices=Stage)
    until = models.DateField("同意至", null=True)
    ends = models.CharField("为何到期", max_length=10, choices=Ends)
    sealed = models.BinaryField("加密的资料")
    registered_by = models.CharField("登记人", max_length=120)
    registered_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = ScopedQuerySet["Relative"].as_manager()

    class Meta:
        verbose_name = _("家属")
        indexes = [
            models.Index(fields=["county", "-id"], name="relative_county"),
            models.Index(fields=["until"], name="relative_until"),
        ]

    def __str__(self) -> str:
        return self.get_relation_display()


class FamilyWish(Placed):
    """That a relative wishes to be served and nobody has agreed yet. It names nobody, and goes by itself after `until`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="family_wishes", verbose_name="从业人员"
    )
    home = models.CharField("所属地区", max_length=6)
    relation = models.CharField("关系", max_length=10, choices=Relation)
    stage = models.CharField("年龄段", max_length=10, choices=Stage)
    until = models.DateField("留到哪天", db_index=True)
    noted_by = models.CharField("经办人", max_length=120)
    noted_at = models.DateTimeField("时间", auto_now_add=True)

    objects = ScopedQuerySet["FamilyWish"].as_manager()

    class Meta:
        verbose_name = _("待同意的家属意愿")

    def __str__(self) -> str:
        return self.get_relation_display()
