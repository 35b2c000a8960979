"""The second factor: one-time codes, recovery codes, and taking all of it away when phone and keys are lost.

Passkeys, its other half, are in `passkeys`.
"""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import blind_index, open_sealed, seal
from chelun.core.errors import Refused
from chelun.core.locks import again
from chelun.platform.accounts import totp
from chelun.platform.accounts.models import Passkey, RecoveryCode, SecondFactor, Session, User
from chelun.platform.accounts.selectors.locks import name_rule
from chelun.platform.accounts.services.login import attempt_begin, attempt_failed, attempt_passed
from chelun.platform.accounts.services.noting import user_noted

RECOVERY_CODES = 10
# Without letters and digits that are taken for one another (RFC 4648 base 32 less I, O; no 0, 1).
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def factor_secret(factor: SecondFactor) -> bytes:
    """The key of a second factor, opened."""
    return open_sealed(bytes(factor.sealed), factor.context)


def factor_begin(*, user: User) -> SecondFactor:
    """The user's second factor whose key waits for a first code; Refused when its codes are in force."""
    factor = factor_stored(user=user)
    if factor.codes_at:
        raise _present()
    return factor


def factor_stored(*, user: User) -> SecondFactor:
    """The user's second factor, made if there is none, in force or not.

    Two windows that ask at once are given the same one: the one that is stored.
    """
    return SecondFactor.objects.filter(user=user).first() or again(lambda: _stored(user))


def factor_enrol(*, user: User, code: str, now: datetime | None = None) -> list[str]:
    """Put one-time codes into force by a first right one; returns the recovery codes, to be shown once.

    Beside a passkey, which has been in force before, there are some already: then none.
    """
    moment = now or timezone.now()
    factor_begin(user=user)
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=user, codes_at=None).first()
        if factor is None:
            raise _present()
        if not _step_taken(factor, code, moment):
            raise Refused(
                "accounts.factor.mistaken", _("验证码不对。请确认手机时间准确，再输入最新的 6 位数字。")
            )
        SecondFactor.objects.filter(pk=factor.pk).update(codes_at=moment)
        user_noted(actor=user, action="accounts.factor.enrolled", user=user)
        return factor_confirmed(factor, moment)


def factor_confirmed(factor: SecondFactor, moment: datetime) -> list[str]:
    """Whatever proves it first puts a second factor into force: then its recovery codes, else nothing."""
    first = SecondFactor.objects.filter(pk=factor.pk, confirmed_at=None).update(confirmed_at=moment)
    return _new_codes(factor) if first else []


def factor_check(*, user: User, code: str, address: str, now: datetime | None = None) -> SecondFactor:
    """The second factor that this one-time or recovery code proves. Wrong ones are counted and lock like passwords."""
    moment = now or timezone.now()
    factor = SecondFactor.objects.get(user=user, confirmed_at__isnull=False)
    attempt = attempt_begin(
        index=blind_index("factor", user.username), user=user, address=address, now=moment
    )
    given = "".join(code.split()).replace("-", "").upper()
    in_step = factor.codes_at is not None and _step_taken(factor, given, moment)
    if not (in_step or _recovery_used(factor, given, moment)):
        attempt_failed(attempt, "accounts.factor.mistaken")
        raise _mistaken()
    attempt_passed(attempt)
    return factor


@transaction.atomic
def recovery_renew(*, user: User) -> list[str]:
    """New recovery codes in place of all old ones, to be shown once."""
    factor = SecondFactor.objects.select_for_update().get(user=user, confirmed_at__isnull=False)
    RecoveryCode.objects.filter(factor=factor).delete()
    user_noted(actor=user, action="accounts.recovery.renewed", user=user)
    return _new_codes(factor)


@transaction.atomic
def factor_reset(*, actor: Actor, user: User) -> None:
    """Take the second factor away, codes and passkeys, so that the user enrols anew; by somebody else only. Log-ins end."""
    if actor.actor_kind == "user" and actor.actor_name == user.username:
        raise Refused("accounts.factor.own", _("不能重置自己的第二因子，请由另一位安全管理员办理。"))
    passkeys = list(Passkey.objects.filter(factor__user=user).order_by("pk").values_list("name", flat=True))
    SecondFactor.objects.filter(user=user).delete()
    Session.objects.filter(user=user).delete()
    user_noted(actor=actor, action="accounts.factor.reset", user=user, old={"passkeys": passkeys})


def _stored(user: User) -> SecondFactor:
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is None:
        factor = SecondFactor(user=user)
        factor.sealed = seal(totp.new_secret(), factor.context)
        factor.save()
    return factor


def _step_taken(factor: SecondFactor, code: str, moment: datetime) -> bool:
    """Whether the code is right now, and nobody else used its step at the same time."""
    step = totp.matching_step(factor_secret(factor), code, moment.timestamp(), factor.last_step)
    if step is None:
        return False
    taken = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step)
    return bool(taken)


def _recovery_used(factor: SecondFactor, code: str, moment: datetime) -> bool:
    open_codes = RecoveryCode.objects.filter(factor=factor, digest=_digest(factor, code), used_at=None)
    used = bool(open_codes.update(used_at=moment))
    if used:
        user_noted(actor=factor.user, action="accounts.recovery.used", user=factor.user)
    return used


def _new_codes(factor: SecondFactor) -> list[str]:
    codes = ["".join(secrets.choice(ALPHABET) for _letter in range(10)) for _number in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=factor, digest=_digest(factor, c)) for c in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _digest(factor: SecondFactor, code: str) -> str:
    return blind_index("recovery", f"{factor.pk}:{code}")


def _present() -> Refused:
    sentence = _("验证码已经启用；换手机请用恢复码或通行密钥登录，再联系安全管理员重置。")
    return Refused("accounts.factor.present", sentence)


def _mistaken() -> Refused:
    rule = name_rule()
    sentence = _(
        "验证码不对，或者刚才已经用过。请等手机上出现新的 6 位数字再试；连续错 {failures} 次会锁定 {minutes} 分钟。"
    )
    return Refused("accounts.factor", sentence.format(failures=rule.failures, minutes=rule.minutes))
