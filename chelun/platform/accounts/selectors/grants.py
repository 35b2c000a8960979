"""Grants in words."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from chelun.platform.accounts.models import REGION, Grant, User
from chelun.platform.accounts.roles import PERMISSIONS, ROLES
from chelun.platform.accounts.selectors.places import place_label


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One role of a user: its name, where it holds, and what it allows."""

    pk: UUID
    role: str | Promise
    place: str
    allows: tuple[Promise, ...]


def grant_list(*, user: User) -> list[GrantLine]:
    """The user's roles in the order of the table of roles."""
    order = list(ROLES)
    known = [grant for grant in Grant.objects.filter(user=user) if grant.role in ROLES]
    return [_line(grant) for grant in sorted(known, key=lambda g: (order.index(g.role), g.node_key))]


def _line(grant: Grant) -> GrantLine:
    role = ROLES[grant.role]
    allows = tuple(text for name, text in PERMISSIONS.items() if name in role.permissions)
    place = (
        place_label(grant.node_key) if grant.node_kind == REGION else f"{grant.node_kind} {grant.node_key}"
    )
    return GrantLine(grant.pk, role.label, place, allows)
