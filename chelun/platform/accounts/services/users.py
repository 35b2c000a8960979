"""Accounts by the system administrator: making, closing and opening them. Rights are given elsewhere (`grants`)."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.platform.accounts.models import Invitation, Session, User
from chelun.platform.accounts.selectors.places import region_held
from chelun.platform.accounts.selectors.users import names, same_person
from chelun.platform.accounts.services.invitations import invitation_send
from chelun.platform.accounts.services.noting import user_noted
from chelun.platform.regions.selectors import placed


@transaction.atomic
def user_create(*, actor: Actor, username: str, person_name: str, region: str) -> tuple[User, str]:
    """A new account without password and rights, and the token of its invitation.

    `region` is a code inside the actor's scope. A person who has another account in the same office may
    have this one, too; the audit trail says so.
    """
    code = region_held(code=region, scope=actor.scope_for("accounts.manage"))
    try:
        with transaction.atomic():
            user = User.objects.create_user(username, person_name=person_name, **placed(code))
    except IntegrityError as error:
        raise Refused("accounts.user.taken", _("这个登录名已经有人使用，请换一个。")) from error
    new = {"username": user.username, "person_name": person_name}
    user_noted(actor=actor, action="accounts.user.created", user=user, new=new)
    others = same_person(user=user)
    if others:
        note = {"person_name": person_name, "others": names(others)}
        user_noted(actor=actor, action="accounts.user.shared_person", user=user, new=note)
    return user, invitation_send(actor=actor, user=user)


@transaction.atomic
def user_disable(*, actor: Actor, user: User) -> None:
    """Close an account: its log-ins end, its invitation no longer works. Nobody closes his own."""
    if actor.actor_kind == "user" and actor.actor_name == user.username:
        raise Refused("accounts.user.own", _("不能停用自己的账号，请由另一位系统管理员办理。"))
    _set_active(actor, user, False)
    Session.objects.filter(user=user).delete()
    Invitation.objects.filter(user=user, used_at=None).delete()


@transaction.atomic
def user_enable(*, actor: Actor, user: User) -> None:
    """Open a closed account again, with the password and the rights that it had."""
    _set_active(actor, user, True)


def _set_active(actor: Actor, user: User, active: bool) -> None:
    changed = User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active)
    if changed:
        action = "accounts.user.enabled" if active else "accounts.user.disabled"
        user_noted(actor=actor, action=action, user=user)
    user.is_active = active
