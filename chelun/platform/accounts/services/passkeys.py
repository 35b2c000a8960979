"""Passkeys of a user: adding one, proving a log-in by one, removing one. Each begins with a challenge (`challenges`)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.crypto import blind_index
from chelun.core.errors import NotFound, Refused
from chelun.platform.accounts.ceremonies import Made, Unproven, named_by, read_creation, read_use
from chelun.platform.accounts.challenges import Challenge
from chelun.platform.accounts.models import Passkey, SecondFactor, Session, User
from chelun.platform.accounts.parties import Party
from chelun.platform.accounts.selectors.locks import name_rule
from chelun.platform.accounts.services.factors import factor_confirmed, factor_stored
from chelun.platform.accounts.services.login import attempt_begin, attempt_failed, attempt_passed
from chelun.platform.accounts.services.noting import user_noted
from chelun.platform.accounts.services.passwords import password_proved

MOST = 10


def passkey_asked(*, user: User, name: str, present: str, address: str) -> None:
    """Whether the user may have a passkey of that name made now: he knows his password, and there is room for it."""
    password_proved(user=user, present=present, address=address)
    _room_for(user, name)


def passkey_add(
    *, user: User, answer: str, challenge: Challenge | None, party: Party, now: datetime | None = None
) -> list[str]:
    """Keep the passkey that a browser has made; the first one puts the second factor into force.

    Returns the recovery codes that come with that, to be shown once; else none.
    """
    try:
        if challenge is None:
            raise Unproven
        made = read_creation(party, challenge.value, answer)
    except Unproven as error:
        user_noted(actor=user, action="accounts.passkey.failed", user=user)
        raise Refused(
            "accounts.passkey.unmade", _("通行密钥没有建成，或者等了超过 5 分钟。请再试一次。")
        ) from error
    factor = factor_stored(user=user)
    try:
        return _kept(factor, made, challenge.name, party, now or timezone.now())
    except IntegrityError as error:
        sentence = _("这把通行密钥已经登记过，请换一把，或直接用它登录。")
        raise Refused("accounts.passkey.present", sentence) from error


def passkey_check(
    *,
    user: User,
    answer: str,
    challenge: Challenge | None,
    party: Party,
    address: str,
    now: datetime | None = None,
) -> SecondFactor:
    """The second factor that this answer proves. Wrong ones are counted together with wrong codes, and lock like them."""
    moment = now or timezone.now()
    index = blind_index("factor", user.username)
    attempt = attempt_begin(index=index, user=user, address=address, now=moment)
    try:
        passkey, count = _signed(user, answer, challenge, party)
    except Unproven as error:
        attempt_failed(attempt, "accounts.passkey.failed")
        raise _unproven() from error
    if not _counts_on(passkey, count, moment):
        attempt_failed(attempt, "accounts.passkey.copied")
        raise _copied()
    attempt_passed(attempt)
    user_noted(actor=user, action="accounts.passkey.used", user=user, new={"passkey": passkey.name})
    return passkey.factor


def passkey_remove(*, user: User, pk: UUID, present: str, address: str, but: UUID | None = None) -> None:
    """Remove one of the user's passkeys, for which he must know his password. His log-ins end, `but` one of them.

    The last thing that proves the second factor stays: only another security administrator takes that away.
    """
    password_proved(user=user, present=present, address=address)
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=user, passkeys=pk).first()
        if factor is None:
            raise NotFound
        if not factor.codes_at and factor.passkeys.count() == 1:
            raise _last()
        passkey = factor.passkeys.get(pk=pk)
        passkey.delete()
        others = Session.objects.filter(user=user)
        (others.exclude(number=but) if but else others).delete()
        user_noted(actor=user, action="accounts.passkey.removed", user=user, old={"passkey": passkey.name})


@transaction.atomic
def _kept(factor: SecondFactor, made: Made, name: str, party: Party, moment: datetime) -> list[str]:
    """One after the other: two windows together add no more than there is room for."""
    held = SecondFactor.objects.select_for_update().filter(pk=factor.pk).first()
    if held is None:
        raise NotFound
    _room_for(factor.user, name)
    Passkey.objects.create(
        factor=held,
        name=name,
        host=party.host,
        credential_id=made.known.credential_id,
        transports=made.known.transports,
        public_key=made.public_key,
        sign_count=made.sign_count,
        added_at=moment,
    )
    user_noted(actor=factor.user, action="accounts.passkey.added", user=factor.user, new={"passkey": name})
    return factor_confirmed(held, moment)


def _room_for(user: User, name: str) -> None:
    names = list(Passkey.objects.filter(factor__user=user).values_list("name", flat=True))
    if len(names) >= MOST:
        sentence = _("最多登记 {most} 把通行密钥，请先移除不用的。")
        raise Refused("accounts.passkey.many", sentence.format(most=MOST))
    if name in names:
        raise Refused("accounts.passkey.name", _("您已有一把叫这个名称的通行密钥，请换一个名称。"))


def _signed(user: User, answer: str, challenge: Challenge | None, party: Party) -> tuple[Passkey, int]:
    """Which of the user's own passkeys signed the challenge, and the count that it states."""
    named = Passkey.objects.filter(factor__user=user, host=party.host, credential_id=named_by(answer))
    passkey = named.select_related("factor").first()
    if passkey is None or challenge is None:
        raise Unproven
    count = read_use(
        party, challenge.value, answer, public_key=bytes(passkey.public_key), handle=user.pk.bytes
    )
    return passkey, count


def _counts_on(passkey: Passkey, count: int, moment: datetime) -> bool:
    """Whether the count goes on from the last one, which nobody else has moved past; keys without a counter say 0."""
    rows = Passkey.objects.filter(pk=passkey.pk)
    fitting = rows.filter(sign_count__lt=count) if count else rows.filter(sign_count=0)
    return bool(fitting.update(sign_count=count, used_at=moment))


def _unproven() -> Refused:
    rule = name_rule()
    sentence = _(
        "通行密钥没有通过验证，或者等了超过 5 分钟。请再试一次；连续错 {failures} 次会锁定 {minutes} 分钟。"
    )
    return Refused("accounts.passkey.failed", sentence.format(failures=rule.failures, minutes=rule.minutes))


def _copied() -> Refused:
    sentence = _(
        "这把通行密钥的计数倒退了，可能被人复制过，不能再用它登录。请用验证码或恢复码登录后把它移除，并告诉安全管理员。"
    )
    return Refused("accounts.passkey.copied", sentence)


def _last() -> Refused:
    sentence = _(
        "这是您唯一的第二因子，不能移除。请先添加另一把通行密钥或启用验证码；都不想要了，请安全管理员重置。"
    )
    return Refused("accounts.passkey.last", sentence)
