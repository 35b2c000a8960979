"""Accounts as administrators see them: only those whose office lies in their scope."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.core.ui import listed
from chelun.platform.accounts.models import Invitation, User


def user_list(*, scope: Scope, text: str = "", state: str = "") -> QuerySet[User]:
    """The accounts in scope whose log-in name or person's name holds `text`; `state` is active, disabled or ''."""
    rows: QuerySet[User] = User.objects.in_scope(scope).prefetch_related("grants")
    if text:
        rows = rows.filter(Q(username__icontains=text) | Q(person_name__icontains=text))
    return rows.filter(is_active=state == "active") if state else rows


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
