"""Words that the regions app chooses from."""

from django.utils.translation import gettext_lazy as _

LEVEL_NAMES = {
    "province": _("省级"),
    "city": _("市级"),
    "county": _("县级"),
    "township": _("乡级"),
}
