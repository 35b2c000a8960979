"""The daily end of what nobody agrees to any more."""

from django.utils.translation import gettext_lazy as _

from chelun.families.services.daily import review_families
from chelun.platform.jobs.kinds import Daily, daily

daily(Daily("families.review", _("清理没有同意的家属资料"), review_families))
