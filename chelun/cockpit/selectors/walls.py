"""Reads of screens on walls."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from chelun.cockpit.models import WallScreen
from chelun.core.crypto import blind_index
from chelun.core.errors import NotFound
from chelun.core.scope import Scope

ORDER = ("-made_at", "-id")


def digest_of(token: str) -> str:
    """The keyed digest by which a screen's token is known again."""
    return blind_index("wall", token)


def screen_of(token: str) -> WallScreen | None:
    """The screen that a token opens now; None for one that is closed, has expired or never was."""
    if not token:
        return None
    rows = WallScreen.objects.filter(digest=digest_of(token), closed_at=None)
    return rows.filter(expires_at__gt=timezone.now()).first()


def screen_list(scope: Scope) -> QuerySet[WallScreen]:
    """All screens in scope, the newest first."""
    return WallScreen.objects.in_scope(scope).order_by(*ORDER)


def screen_get(scope: Scope, key: Any) -> WallScreen:
    """One screen; NotFound outside the scope."""
    try:
        return screen_list(scope).get(pk=key)
    except (WallScreen.DoesNotExist, ValidationError, ValueError) as error:
        raise NotFound from error
