"""Open log-ins as pages show them."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.ui import minute
from chelun.platform.accounts.models import Session, User
from chelun.platform.accounts.rules import device_label


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One log-in: where from, with what, since when; never its key."""

    number: UUID
    device: str
    address: str
    started: str
    seen: str


def session_list(*, user: User) -> list[OpenSession]:
    """The user's log-ins that have not ended, the one used last first."""
    rows = Session.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-seen_at")
    return [_shown(row) for row in rows]


def _shown(row: Session) -> OpenSession:
    device = device_label(row.agent) or _("未知设备")
    return OpenSession(row.number, device, row.address, minute(row.started_at), minute(row.seen_at))
