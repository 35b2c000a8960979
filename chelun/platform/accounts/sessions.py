"""Where sessions are kept: in our own table, so that a user can see and end them (settings: SESSION_ENGINE)."""

import uuid
from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from chelun.core.identifiers import uuid7
from chelun.platform.accounts.models import Session

# Keys in the session's data.
USER, NUMBER, ADDRESS, AGENT, STARTED, SEEN, FACTOR, CHALLENGE = (
    "_auth_user_id",
    "number",
    "address",
    "agent",
    "started",
    "seen",
    "factor",
    "challenge",
)


class SessionStore(DatabaseStore):
    """Django's database store over our table; what the table shows is derived from the session's data."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our table."""
        return Session

    def cycle_key(self) -> None:
        """A new key is a new row, so it takes a new number; the old row is still there while it is written."""
        self.pop(NUMBER, None)
        super().cycle_key()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row for this session as its data says."""
        data.setdefault(NUMBER, str(uuid7()))
        seen = _moment(data.get(SEEN))
        user = data.get(USER)
        return Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            number=uuid.UUID(data[NUMBER]),
            user_id=uuid.UUID(user) if user else None,
            address=data.get(ADDRESS, ""),
            agent=data.get(AGENT, ""),
            started_at=_moment(data.get(STARTED)) if STARTED in data else seen,
            seen_at=seen,
        )


def _moment(stamp: object) -> datetime:
    return datetime.fromtimestamp(stamp, UTC) if isinstance(stamp, int) else timezone.now()
