"""Accounts as administrators see them: only those whose office lies in their scope."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet

from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.core.ui import listed
from chelun.platform.accounts.models import Invitation, User
from chelun.platform.accounts.roles import ROLES


def user_list(*, scope: Scope, text: str = "", state: str = "") -> QuerySet[User]:
    """The accounts in scope whose log-in name or person's name holds `text`; `state` is one of STATES or ''."""
    rows: QuerySet[User] = User.objects.in_scope(scope).prefetch_related("grants")
    if text:
        rows = rows.filter(Q(username__icontains=text) | Q(person_name__icontains=text))
    return rows.filter(STATES[state]()) if state in STATES else rows


def _shared() -> Q:
    """Administrators' accounts whose person has another one in the same office."""
    roles = [role.name for role in ROLES.values() if role.administrator]
    administrators = User.objects.filter(is_active=True, grants__role__in=roles)
    office = {name: OuterRef(name) for name in ("person_name", "province", "city", "county")}
    others = administrators.filter(**office).exclude(pk=OuterRef("pk"))
    return Q(pk__in=administrators.values("pk")) & Q(Exists(others))


STATES: dict[str, Callable[[], Q]] = {
    "active": lambda: Q(is_active=True),
    "disabled": lambda: Q(is_active=False),
    "waiting": lambda: Q(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX),
    "bare": lambda: Q(is_active=True, grants=None),
    "shared": _shared,
}
"""By what a list of accounts can be narrowed: in use or not, invited only, without a role, one person's several."""


def user_get(*, scope: Scope, pk: UUID) -> User:
    """One account in scope; NotFound otherwise."""
    found = User.objects.in_scope(scope).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def same_person(*, user: User) -> list[User]:
    """Other accounts in use that bear the same person's name in the same office."""
    same = User.objects.filter(person_name=user.person_name, is_active=True).exclude(pk=user.pk)
    office = {"province": user.province, "city": user.city, "county": user.county}
    return list(same.filter(**office).order_by("username"))


def open_invitation(*, user: User) -> Invitation | None:
    """The link that was sent and not used yet."""
    return Invitation.objects.filter(user=user, used_at=None).order_by("-created_at").first()


def names(users: Iterable[User]) -> str:
    """Their log-in names in a row."""
    return listed(user.username for user in users)
