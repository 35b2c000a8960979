"""Ending log-ins: one's own, and by the security administrator somebody else's."""

from uuid import UUID

from django.utils import timezone

from chelun.core.actors import Actor
from chelun.core.errors import NotFound
from chelun.platform.accounts.models import Session, User
from chelun.platform.accounts.services.noting import user_noted


def session_closed(*, user: User) -> None:
    """Write down that a user has logged out."""
    user_noted(actor=user, action="accounts.session.closed", user=user)


def session_end(*, actor: Actor, user: User, number: UUID) -> None:
    """End one log-in of `user`; NotFound when it is none of his."""
    ended, _ = Session.objects.filter(user=user, number=number).delete()
    if not ended:
        raise NotFound
    user_noted(actor=actor, action="accounts.session.ended", user=user, old={"session": str(number)})


def sessions_end(*, actor: Actor, user: User, but: UUID | None = None) -> int:
    """End all log-ins of `user`, `but` one of them; returns how many."""
    rows = Session.objects.filter(user=user)
    ended, _ = (rows.exclude(number=but) if but else rows).delete()
    user_noted(actor=actor, action="accounts.session.ended", user=user, old={"sessions": ended})
    return ended


def sessions_purge() -> int:
    """Delete log-ins that have expired; returns how many."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
