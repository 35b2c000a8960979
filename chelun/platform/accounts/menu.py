"""Menu lines of accounts and of the audit trail."""

from django.utils.translation import gettext_lazy as _

from chelun.core.menu import MENU, MenuItem

MENU.add(
    "accounts.users", MenuItem(_("账号"), "accounts:user_list", "users-group", "accounts.manage", 10, "admin")
)
MENU.add(
    "accounts.rights",
    MenuItem(_("授权"), "accounts:rights_list", "shield-check", "security.manage", 20, "admin"),
)
MENU.add("accounts.locks", MenuItem(_("锁定"), "accounts:lock_list", "lock", "security.manage", 30, "admin"))
MENU.add(
    "audit.entries", MenuItem(_("审计"), "accounts:audit_list", "list-search", "audit.view", 40, "admin")
)
