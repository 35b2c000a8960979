"""The daily look at the work lists."""

from django.utils.translation import gettext_lazy as _

from chelun.desk.work.services import look_up_all
from chelun.platform.jobs.kinds import Daily, daily

daily(Daily("desk.work", _("查找工作清单里的行"), look_up_all))
