"""What a field of a place may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.engines.tables.columns import own_fields


class FieldType(models.TextChoices):
    """The types of fields. There is none for files, links or long texts: what a roster brings is short."""

    TEXT = own_fields.TEXT, _("短文字")
    NUMBER = own_fields.NUMBER, _("数字")
    DAY = own_fields.DAY, _("日期")
    CHOICE = own_fields.CHOICE, _("选项")
    YES_NO = own_fields.YES_NO, _("是或否")


COUNTED = frozenset({FieldType.CHOICE, FieldType.YES_NO, FieldType.NUMBER})
"""Types that the cockpit can count."""
