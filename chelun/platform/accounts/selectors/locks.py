"""Which log-in names and network addresses are locked now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.scope import Scope
from chelun.core.ui import minute
from chelun.platform.accounts.models import LoginAttempt, User
from chelun.platform.accounts.rules import LockRule, locked_until

NAME, ADDRESS = "name", "address"


@dataclass(frozen=True, slots=True)
class Lock:
    """One lock. `key` is the digest of what was tried, or the address; `user` is None for names nobody has."""

    kind: str
    key: str
    label: str
    failures: int
    until: str
    user: User | None


def name_rule() -> LockRule:
    """When a log-in name is locked."""
    return LockRule(settings.CHELUN_LOCK_FAILURES, settings.CHELUN_LOCK_MINUTES)


def address_rule() -> LockRule:
    """When a network address is locked; an office shares one address, so it may fail more often."""
    return LockRule(settings.CHELUN_LOCK_ADDRESS_FAILURES, settings.CHELUN_LOCK_MINUTES)


def lock_list(*, scope: Scope, now: datetime | None = None) -> list[Lock]:
    """All locks in force: of users in scope, of names that nobody has, and of addresses."""
    moment = now or timezone.now()
    rule = max(name_rule().window, address_rule().window)
    rows = LoginAttempt.objects.filter(outcome=LoginAttempt.FAILED, at__gt=moment - rule)
    attempts = list(rows.select_related("user").order_by("at"))
    seen = set(User.objects.in_scope(scope).values_list("pk", flat=True))
    mine = [attempt for attempt in attempts if attempt.user_id is None or attempt.user_id in seen]
    names = _locks(NAME, name_rule(), ((a.name_index, a) for a in mine), moment)
    return names + _locks(ADDRESS, address_rule(), ((a.address, a) for a in attempts), moment)


def _locks(kind: str, rule: LockRule, keyed: Iterable[tuple[str, LoginAttempt]], now: datetime) -> list[Lock]:
    groups: dict[str, list[LoginAttempt]] = defaultdict(list)
    for key, attempt in keyed:
        groups[key].append(attempt)
    found = ((key, group, locked_until(rule, [a.at for a in group], now)) for key, group in groups.items())
    return [_lock(kind, key, group, until) for key, group, until in found if until]


def _lock(kind: str, key: str, group: list[LoginAttempt], until: datetime) -> Lock:
    user = group[-1].user if kind == NAME else None
    label = key if kind == ADDRESS else user.username if user else _("没有这个登录名")
    return Lock(kind, key, label, len(group), minute(until), user)
