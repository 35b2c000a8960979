"""Challenges: what a browser is given to sign with a passkey. Kept in the session; good once, for one act of one user."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_bytes
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone

from chelun.platform.accounts import sessions
from chelun.platform.accounts.models import Session, User

ADD, USE = "add", "use"
BYTES = 32
LASTING = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Challenge:
    """What was given, and the name under which the passkey is to be kept ('' where none is made)."""

    value: bytes
    name: str = ""


def challenge_give(
    session: SessionBase, *, act: str, user: User, name: str = "", now: datetime | None = None
) -> bytes:
    """A fresh challenge in place of any other that the session holds."""
    value, moment = token_bytes(BYTES), now or timezone.now()
    session[sessions.CHALLENGE] = {
        "act": act,
        "user": str(user.pk),
        "value": value.hex(),
        "name": name,
        "at": moment.timestamp(),
    }
    return value


def challenge_take(
    session: SessionBase, *, act: str, user: User, now: datetime | None = None
) -> Challenge | None:
    """The challenge that was given for this act of this user, if it is not too old. Whatever there was is gone afterwards."""
    found, moment = _taken(session), now or timezone.now()
    if not found or (found["act"], found["user"]) != (act, str(user.pk)):
        return None
    age = moment - datetime.fromtimestamp(found["at"], UTC)
    return Challenge(bytes.fromhex(found["value"]), found["name"]) if age <= LASTING else None


@transaction.atomic
def _taken(session: SessionBase) -> dict[str, Any] | None:
    """Out of the row itself: of two windows that bring the same answer at once, only one finds it."""
    row = Session.objects.select_for_update().filter(session_key=session.session_key).first()
    kept = row.get_decoded() if row else {}
    found: dict[str, Any] | None = kept.pop(sessions.CHALLENGE, None)
    if found:
        Session.objects.filter(session_key=session.session_key).update(session_data=session.encode(kept))
        session.pop(sessions.CHALLENGE)
    return found
