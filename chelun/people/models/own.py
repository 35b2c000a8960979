"""What fields of places hold, once more beside each card: so that lists are narrowed and counted by an index."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.regions.models import Placed


class OwnValue(Placed):
    """The value of one field of a place on one card, of whatever register. It shows and goes with its card.

    The value itself lies among the facts of the record that said it. `word` is it again, for a field that lies sealed its
    keyed digest; `number` what a word that is a number amounts to. `card` and `subject` are keys of the register's tables.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField("所属地区", max_length=6)
    card = models.UUIDField("档案卡")
    subject = models.UUIDField("主体")
    field = models.CharField("自定字段", max_length=20)
    word = models.CharField("值", max_length=60)
    number = models.FloatField("数值", null=True)

    objects = ScopedQuerySet["OwnValue"].as_manager()

    class Meta:
        verbose_name = _("自定字段的值")
        indexes = [
            models.Index(fields=["card", "field"], name="own_value_card"),
            models.Index(fields=["subject"], name="own_value_subject"),
            models.Index(fields=["field", "word", "county"], name="own_value_word"),
            models.Index(fields=["field", "number"], name="own_value_number"),
        ]

    def __str__(self) -> str:
        return self.field
