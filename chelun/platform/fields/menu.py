"""The menu line of this app."""

from django.utils.translation import gettext_lazy as _

from chelun.core.menu import MENU, MenuItem

MENU.add("fields.fields", MenuItem(_("自定字段"), "fields:home", "forms", "fields.manage", 82, "admin"))
