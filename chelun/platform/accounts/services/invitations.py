"""Links by which a user sets his password once: the first one, or a new one for a forgotten one."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import blind_index
from chelun.core.errors import Refused
from chelun.platform.accounts.models import Grant, Invitation, User
from chelun.platform.accounts.services.noting import user_noted
from chelun.platform.accounts.services.passwords import password_set
from chelun.platform.regions.selectors import place, within


@transaction.atomic
def invitation_send(*, actor: Actor, user: User) -> str:
    """A new link's token, to be shown once; earlier links of the user no longer work.

    Two that are sent at once are sent one after the other: the later one works.
    """
    if not User.objects.select_for_update(no_key=True).get(pk=user.pk).is_active:
        raise Refused("accounts.invitation.disabled", _("账号已停用，请先启用再发出邀请。"))
    _within_reach(actor, user)
    now = timezone.now()
    Invitation.objects.filter(user=user, used_at=None).delete()
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        user=user,
        digest=_digest(token),
        invited_by=actor.actor_name,
        created_at=now,
        expires_at=now + timedelta(hours=settings.CHELUN_INVITATION_HOURS),
    )
    user_noted(actor=actor, action="accounts.invitation.sent", user=user)
    return token


def _within_reach(actor: Actor, user: User) -> None:
    """Whoever sends a link can use it himself, so it must not open more places than the sender's own."""
    scope = actor.scope_for("accounts.manage")
    beyond = [grant for grant in Grant.objects.filter(user=user) if place(grant.node_key)]
    if not all(within(grant.node_key, scope) for grant in beyond):
        sentence = _("这个账号的角色超出了您管理的地区，请由上级的系统管理员发出邀请。")
        raise Refused("accounts.invitation.beyond", sentence)


def invited_user(*, token: str) -> User:
    """Whose link this is; Refused when it was used, has expired or never was."""
    return _open_invitation(token).user


@transaction.atomic
def invitation_use(*, token: str, password: str) -> User:
    """Set the password by the link, which works no more afterwards."""
    invitation = _open_invitation(token)
    used = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=timezone.now())
    if not used:
        raise _worn()
    password_set(user=invitation.user, password=password, action="accounts.invitation.used")
    return invitation.user


def _open_invitation(token: str) -> Invitation:
    found = Invitation.objects.select_related("user").filter(digest=_digest(token), used_at=None).first()
    if found is None or found.expires_at <= timezone.now() or not found.user.is_active:
        raise _worn()
    return found


def _worn() -> Refused:
    sentence = _("这个链接已经用过、已过期或不存在。请联系本单位的系统管理员重新发出邀请。")
    return Refused("accounts.invitation.worn", sentence)


def _digest(token: str) -> str:
    return blind_index("invitation", token)
