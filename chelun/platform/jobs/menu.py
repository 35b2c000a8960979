"""The menu line of this app."""

from django.utils.translation import gettext_lazy as _

from chelun.core.menu import MENU, MenuItem

MENU.add("jobs.health", MenuItem(_("运行状况"), "jobs:health", "activity", "jobs.manage", 95, "sheets"))
MENU.add("jobs.jobs", MenuItem(_("后台任务"), "jobs:job_list", "progress", "jobs.view", 90, "sheets"))
