"""Accounts of the demo, whose passwords and one-time codes are no secret. Nothing here works outside the demo."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import seal
from chelun.core.errors import Refused
from chelun.platform.accounts import totp
from chelun.platform.accounts.models import Grant, PasswordUse, SecondFactor, User
from chelun.platform.accounts.roles import ROLES
from chelun.platform.accounts.services.noting import user_noted
from chelun.platform.regions.selectors import placed


@transaction.atomic
def demo_user(
    *, actor: Actor, username: str, person_name: str, role: str, region: str, password: str
) -> User:
    """The demo's user of that name with one role on a region, made if there is none; with a known second factor."""
    _only_in_demo()
    present = User.objects.filter(username=username, is_demo=True).first()
    if present:
        return present
    user = User.objects.create_user(
        username, password, person_name=person_name, is_demo=True, **placed(region)
    )
    PasswordUse.objects.create(user=user, password=user.password, set_at=timezone.now())
    Grant.objects.create(user=user, role=role, node_key=region)
    if ROLES[role].second_factor:
        now = timezone.now()
        factor = SecondFactor(user=user, confirmed_at=now, codes_at=now)
        factor.sealed = seal(demo_secret(username), factor.context)
        factor.save()
    user_noted(actor=actor, action="accounts.user.created", user=user, new={"role": role, "demo": True})
    return user


def demo_secret(username: str) -> bytes:
    """The key of a demo user's one-time codes, known to everybody."""
    _only_in_demo()
    return hashlib.sha256(f"chelun demo {username}".encode()).digest()[: totp.KEY_BYTES]


def demo_code(*, username: str, moment: float) -> str:
    """The one-time code of a demo user at `moment` (Unix seconds). Refused outside the demo and for real accounts."""
    _only_in_demo()
    if not User.objects.filter(username=username, is_demo=True, second_factor__isnull=False).exists():
        raise Refused("accounts.demo.unknown", _("没有需要验证码的演示账号 {name}。").format(name=username))
    return totp.code_at(demo_secret(username), moment)


def _only_in_demo() -> None:
    if not settings.CHELUN_DEMO:
        raise Refused("accounts.demo", _("这里不是演示环境，不能使用演示账号和演示验证码。"))
