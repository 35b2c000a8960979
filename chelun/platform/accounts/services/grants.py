"""Rights by the security administrator: giving and withdrawing roles, and unlocking."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.platform.accounts.models import Grant, User
from chelun.platform.accounts.roles import ROLES
from chelun.platform.accounts.rules import reaches_too_fine, role_conflict
from chelun.platform.accounts.selectors.locks import ADDRESS, Lock
from chelun.platform.accounts.selectors.places import region_held
from chelun.platform.accounts.selectors.users import names, same_person
from chelun.platform.accounts.services.login import failures_forgiven
from chelun.platform.accounts.services.noting import user_noted
from chelun.platform.audit.services import record
from chelun.platform.regions.models import level_of
from chelun.platform.regions.selectors import place, within

ADMINISTRATORS = frozenset(role.name for role in ROLES.values() if role.administrator)


@transaction.atomic
def grant_give(*, actor: Actor, user: User, role: str, region: str) -> Grant:
    """Give `role` on a region (its code) inside the actor's own scope.

    Refused for oneself, for a role that does not go with those held (三员分立), and for a grant that exists. The
    audit trail says when one person gets an administrator's role beside another account.
    """
    _not_oneself(actor, user)
    if role not in ROLES:
        raise Refused("accounts.grant.role", _("没有这个角色。"))
    code = region_held(code=region, scope=actor.scope_for("security.manage"))
    if reaches_too_fine(ROLES[role].permissions, level_of(code)):
        raise Refused("accounts.region", _fine())
    User.objects.select_for_update().get(pk=user.pk)
    held = Grant.objects.filter(user=user).values_list("role", flat=True)
    if role_conflict(role, held, ADMINISTRATORS):
        raise Refused("accounts.grant.apart", _apart())
    try:
        with transaction.atomic():
            grant = Grant.objects.create(user=user, role=role, node_key=code)
    except IntegrityError as error:
        raise Refused("accounts.grant.present", _("这个账号在该地区已有这个角色。")) from error
    user_noted(actor=actor, action="accounts.grant.given", user=user, new={"role": role, "on": code})
    _note_shared_person(actor, user, role)
    return grant


@transaction.atomic
def grant_withdraw(*, actor: Actor, user: User, pk: UUID) -> None:
    """Take one role away. Refused for oneself; NotFound unless the region lies in the actor's scope."""
    _not_oneself(actor, user)
    grant = Grant.objects.filter(pk=pk, user=user).first()
    scope = actor.scope_for("security.manage")
    # A region that the table no longer knows can be withdrawn by everybody who sees the account.
    if grant is None or (place(grant.node_key) and not within(grant.node_key, scope)):
        raise NotFound
    if not Grant.objects.filter(pk=grant.pk).delete()[0]:
        raise NotFound
    old = {"role": grant.role, "on": grant.node_key}
    user_noted(actor=actor, action="accounts.grant.withdrawn", user=user, old=old)


def lock_lift(*, actor: Actor, lock: Lock) -> None:
    """Forgive the failures that lock a name or an address."""
    with transaction.atomic():
        failures_forgiven(**{"address" if lock.kind == ADDRESS else "name_index": lock.key})
    if lock.user:
        user_noted(actor=actor, action="accounts.login.unlocked", user=lock.user)
    else:
        record(actor=actor, action="accounts.login.unlocked", target_kind=lock.kind, target=lock.key)


def _not_oneself(actor: Actor, user: User) -> None:
    if actor.actor_kind == "user" and actor.actor_name == user.username:
        raise Refused("accounts.grant.own", _("不能给自己授权或撤权，请由另一位安全管理员办理。"))


def _note_shared_person(actor: Actor, user: User, role: str) -> None:
    others = same_person(user=user) if role in ADMINISTRATORS else []
    if others:
        note = {"role": role, "person_name": user.person_name, "others": names(others)}
        user_noted(actor=actor, action="accounts.grant.shared_person", user=user, new=note)


def _fine() -> str:
    return _("登记和导入按县办理，这个角色要授予到县（市、区）；只查看的角色可以授予到乡镇。")


def _apart() -> str:
    return _(
        "系统管理员、安全管理员、审计管理员必须分开，也不能兼任业务角色。请先撤去原有角色，或给此人另开一个账号（会留下记录）。"
    )
