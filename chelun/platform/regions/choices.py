"""Words that the regions app chooses from."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LEVEL_NAMES = {
    "province": _("省级"),
    "city": _("市级"),
    "county": _("县级"),
    "township": _("乡级"),
}

CHANGE_KINDS = {
    "同名改码": pgettext_lazy("region", "同名改码"),
    "新设": pgettext_lazy("region", "新设"),
    "码位改派": pgettext_lazy("region", "码位改派"),
    "撤销": pgettext_lazy("region", "撤销"),
    "撤县设市": pgettext_lazy("region", "撤县设市"),
    "更名": pgettext_lazy("region", "更名"),
    "撤县设区": pgettext_lazy("region", "撤县设区"),
    "撤地设市": pgettext_lazy("region", "撤地设市"),
    "撤市设区": pgettext_lazy("region", "撤市设区"),
    "区划调整": pgettext_lazy("region", "区划调整"),
    "划转": pgettext_lazy("region", "划转"),
    "驻地迁移": pgettext_lazy("region", "驻地迁移"),
    "撤区设区": pgettext_lazy("region", "撤区设区"),
    "撤旗设区": pgettext_lazy("region", "撤旗设区"),
}
"""Kinds of change as the published tables name them; a later edition may have others, which are shown as they stand."""
