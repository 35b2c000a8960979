"""Words of the firms app. Codes are stored or stand in addresses, labels are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LightState(models.TextChoices):
    """What a light says: every fact is there and fresh, some, none, or its room does not stand yet."""

    ON = "on", _("亮")
    HALF = "half", _("半亮")
    OUT = "out", _("灭")
    UNKNOWN = "unknown", _("不详")


class FactState(models.TextChoices):
    """What is the matter with one fact of a light."""

    FRESH = "fresh", _("有效")
    OLD = "old", _("已过期")
    SHORT = "short", _("不齐")
    MISSING = "missing", _("还缺")


class Counting(models.TextChoices):
    """What a register by threshold counts, that its firms are listed by hand, that a place does not keep it, or that it goes by the rule above it again."""

    VEHICLES = "vehicles", _("在册车辆数")
    VEHICLES_STATED = "vehicles_stated", _("填报的车辆数")
    STAFF = "staff", _("在册职工数")
    STAFF_STATED = "staff_stated", _("填报的职工数")
    HAND = "hand", _("不数，由人工列入")
    OFF = "off", _("不设这个名册")
    ABOVE = "above", _("按上级的规则")


UNCOUNTED = (Counting.HAND, Counting.OFF, Counting.ABOVE)
"""What needs no number: nobody counts."""
COUNTED = (LightState.ON, LightState.HALF, LightState.OUT)
"""The states that can be counted: of a light that is not known nothing is."""
TONES = {
    LightState.ON: "ok", LightState.HALF: "warn", LightState.OUT: "bad", LightState.UNKNOWN: "idle",
    FactState.FRESH: "ok", FactState.OLD: "bad", FactState.SHORT: "warn", FactState.MISSING: "bad",
}  # fmt: skip
ICONS = {
    LightState.ON: ("bulb", "filled"), LightState.HALF: ("bulb", "outline"), LightState.OUT: ("bulb-off", "outline"),
    LightState.UNKNOWN: ("help-circle", "outline"),
}  # fmt: skip
"""The icon of each state and its style; the words stand beside it."""
