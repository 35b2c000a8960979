"""How this app writes to the audit trail about an account."""

from collections.abc import Mapping

from chelun.core.actors import Actor
from chelun.platform.accounts.models import User
from chelun.platform.audit.services import record

_NOTHING: Mapping[str, object] = {}


def user_noted(
    *,
    actor: Actor,
    action: str,
    user: User,
    old: Mapping[str, object] = _NOTHING,
    new: Mapping[str, object] = _NOTHING,
) -> None:
    """One audit row about `user`, in the region of his office."""
    record(
        actor=actor,
        action=action,
        target_kind="user",
        target=user.pk,
        region=user.region_code,
        old=old,
        new=new,
    )
