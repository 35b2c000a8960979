"""Reads of break-glass: areas, openings by place and by account, what nobody has told or reviewed."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from chelun.core.actors import Actor
from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.platform.privacy.models import BreakGlass, GlassArea
from chelun.platform.privacy.services.glass import AUDIT
from chelun.platform.privacy.services.holds import DECIDE

UNTOLD, UNREVIEWED = "untold", "unreviewed"


def area_list(scope: Scope) -> QuerySet[GlassArea]:
    """Areas in these places, those that stand first."""
    return GlassArea.objects.in_scope(scope).order_by("-id")


def glass_list(scope: Scope, state: str = "") -> QuerySet[BreakGlass]:
    """Files of these places that were opened so, the newest first; `state` may be 'untold' or 'unreviewed'."""
    rows = BreakGlass.objects.in_scope(scope).order_by("-id")
    if state == UNTOLD:
        return rows.filter(told_at=None)
    return rows.filter(reviewed_at=None) if state == UNREVIEWED else rows


def glass_one(scope: Scope, pk: UUID) -> BreakGlass:
    """One of them; NotFound outside the places."""
    found = glass_list(scope).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def glasses_of(subjects: Collection[UUID], homes: Collection[str]) -> list[BreakGlass]:
    """When a file of some places was opened so: what the person reads on his own copy."""
    return list(BreakGlass.objects.filter(subject__in=subjects, home__in=homes).order_by("-id")[:50])


def open_by(actor: Actor) -> list[BreakGlass]:
    """What an account has open now."""
    rows = BreakGlass.objects.filter(by=actor.actor_name, closed_at=None, until__gt=timezone.now())
    return list(rows.order_by("-id"))


def count_untold(actor: Actor) -> int:
    """Openings of which the person has not been told; those that the actor made himself are for another officer."""
    return glass_list(actor.scope_for(DECIDE), UNTOLD).count()


def count_unreviewed(actor: Actor) -> int:
    """Openings that nobody has reviewed."""
    return glass_list(actor.scope_for(AUDIT), UNREVIEWED).count()
