"""What waits for the three administrators."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.today import DUTIES, Duty
from chelun.platform.accounts.selectors.locks import lock_list
from chelun.platform.accounts.selectors.users import user_list
from chelun.platform.audit.checking import last_check

ACCOUNTS, SECURITY, AUDIT = "accounts.manage", "security.manage", "audit.view"


def count_waiting(actor: Actor) -> int:
    """Accounts whose invitation nobody has used."""
    return user_list(scope=actor.scope_for(ACCOUNTS), state="waiting").count()


def count_bare(actor: Actor) -> int:
    """Accounts in use that may do nothing yet."""
    return user_list(scope=actor.scope_for(SECURITY), state="bare").count()


def count_shared(actor: Actor) -> int:
    """Administrators' accounts of persons who have several of them."""
    return user_list(scope=actor.scope_for(SECURITY), state="shared").count()


def count_locks(actor: Actor) -> int:
    """Log-in names and addresses that are locked now."""
    return len(lock_list(scope=actor.scope_for(SECURITY)))


def count_findings(actor: Actor) -> int:
    """What the last check of the chain found."""
    last = last_check()
    return last.check.found if last else 0


def count_unchecked(actor: Actor) -> int:
    """1 when nobody has had the chain checked today."""
    last = last_check()
    return int(last is None or timezone.localdate(last.check.at) < timezone.localdate())


DUTIES.add(
    "accounts.waiting",
    Duty(
        "accounts.waiting", _("还没设密码的账号"), _("催一催；链接过期的，重新发一个"), _("发出的邀请都用过了"),
        ACCOUNTS, "accounts:user_list", "mail-forward", count_waiting, "state=waiting", 10,
    ),
)  # fmt: skip
DUTIES.add(
    "accounts.bare",
    Duty(
        "accounts.bare", _("还没有角色的账号"), _("授予角色和范围，否则登录后什么也看不到"), _("每个账号都有角色"),
        SECURITY, "accounts:rights_list", "shield-plus", count_bare, "state=bare", 10,
    ),
)  # fmt: skip
DUTIES.add(
    "accounts.locks",
    Duty(
        "accounts.locks", _("被锁定的登录"), _("问清是不是本人，再解除锁定"), _("没有被锁定的登录"),
        SECURITY, "accounts:lock_list", "lock", count_locks, order=20,
    ),
)  # fmt: skip
DUTIES.add(
    "accounts.shared",
    Duty(
        "accounts.shared", _("一人兼任的管理员账号"), _("三员应分开；人手不够才兼任，请定期核对"), _("没有一人兼任几个管理员"),
        SECURITY, "accounts:rights_list", "users-minus", count_shared, "state=shared", 30,
    ),
)  # fmt: skip
DUTIES.add(
    "audit.broken",
    Duty(
        "audit.broken", _("审计链有问题"), _("上次校验发现改动、删除或截断，请马上查看"), _("上次校验没有发现问题"),
        AUDIT, "accounts:audit_list", "link-off", count_findings, order=1, tone="bad",
    ),
)  # fmt: skip
DUTIES.add(
    "audit.unchecked",
    Duty(
        "audit.unchecked", _("今天还没校验审计链"), _("打开审计，点“校验审计链”"), _("今天已校验审计链"),
        AUDIT, "accounts:audit_list", "shield-search", count_unchecked, order=2, counted=False,
    ),
)  # fmt: skip
