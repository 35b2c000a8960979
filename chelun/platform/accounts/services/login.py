"""Opening a log-in with name and password: attempts are counted, and too many of them lock name and address for a while."""

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.crypto import blind_index
from chelun.core.errors import Refused
from chelun.platform.accounts.choices import Stranger
from chelun.platform.accounts.models import LoginAttempt, Session, User
from chelun.platform.accounts.rules import locked_until
from chelun.platform.accounts.selectors.locks import address_rule, name_rule
from chelun.platform.accounts.services.noting import user_noted
from chelun.platform.audit.services import record

KEPT = timedelta(days=180)


def name_index(username: str) -> str:
    """The digest under which attempts at a log-in name are counted."""
    return blind_index("login", username.strip().lower())


def login_check(*, username: str, password: str, address: str, now: datetime | None = None) -> User:
    """The user whose name and password these are; Refused with one and the same sentence for every other case.

    The attempt is written before the password is looked at, so that guesses sent at once are counted too.
    """
    user = User.objects.filter(username=username.strip().lower()).first()
    index, moment = name_index(username), now or timezone.now()
    attempt = attempt_begin(index=index, user=user, address=address, now=moment)
    found = authenticate(username=username, password=password)
    if not isinstance(found, User):
        attempt_failed(attempt)
        raise login_refusal()
    attempt_passed(attempt)
    return found


def login_opened(*, user: User, address: str) -> None:
    """Write down that a log-in was opened, and forget sessions and attempts that are over."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    LoginAttempt.objects.filter(at__lt=now - KEPT).delete()
    user_noted(actor=user, action="accounts.session.opened", user=user, new={"address": address})


def attempt_begin(*, index: str, user: User | None, address: str, now: datetime) -> LoginAttempt:
    """Count an attempt as failed until it has passed; Refused when what is tried (`index`) or the address is locked.

    Passwords, one-time codes and changes of the password are counted apart: a right password must not give new
    tries at the code.
    """
    attempt = LoginAttempt(at=now, name_index=index, user=user, address=address, outcome=LoginAttempt.FAILED)
    before = LoginAttempt.objects.filter(outcome=LoginAttempt.FAILED, at__gt=now - name_rule().window)
    attempt.save()
    earlier = before.exclude(pk=attempt.pk)
    by_name = list(earlier.filter(name_index=index).values_list("at", flat=True))
    by_address = list(earlier.filter(address=address).values_list("at", flat=True))
    if locked_until(name_rule(), by_name, now) or locked_until(address_rule(), by_address, now):
        LoginAttempt.objects.filter(pk=attempt.pk).update(outcome=LoginAttempt.LOCKED)
        raise login_refusal()
    return attempt


def attempt_passed(attempt: LoginAttempt) -> None:
    """The attempt was right: earlier failures of the same name no longer count."""
    with transaction.atomic():
        failures_forgiven(name_index=attempt.name_index)
        LoginAttempt.objects.filter(pk=attempt.pk).update(outcome=LoginAttempt.PASSED)


def failures_forgiven(**of: str) -> None:
    """What counts as failed of a name or an address no longer does. Within a transaction.

    The rows are held in one order: two windows that pass together would wait for one another's attempt without end.
    """
    failed = LoginAttempt.objects.filter(outcome=LoginAttempt.FAILED, **of)
    held = list(failed.select_for_update().order_by("pk").values_list("pk", flat=True))
    LoginAttempt.objects.filter(pk__in=held).update(outcome=LoginAttempt.FORGIVEN)


def attempt_failed(attempt: LoginAttempt, action: str = "accounts.login.failed") -> None:
    """Write a wrong attempt into the audit trail, and the lock if it was the last one allowed."""
    _attempt_noted(attempt, action)
    recent = LoginAttempt.objects.filter(
        outcome=LoginAttempt.FAILED, name_index=attempt.name_index, at__gt=attempt.at - name_rule().window
    )
    if recent.count() >= name_rule().failures:
        _attempt_noted(attempt, "accounts.login.locked")


def _attempt_noted(attempt: LoginAttempt, action: str) -> None:
    stranger = Stranger(attempt.address)
    if attempt.user:
        user_noted(actor=stranger, action=action, user=attempt.user)
    else:
        record(actor=stranger, action=action, target_kind="login", target=attempt.name_index)


def login_refusal() -> Refused:
    """One sentence for a wrong name, a wrong password, a closed account and a lock: no stranger learns which."""
    rule = name_rule()
    sentence = _(
        "登录名或密码不对，或者账号暂时不能登录。连续错 {failures} 次会锁定 {minutes} 分钟；着急请联系安全管理员解锁。"
    )
    return Refused("accounts.login", sentence.format(failures=rule.failures, minutes=rule.minutes))
