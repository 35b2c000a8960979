"""Who acts: a person with an account, or the system by the hand of an operating-system user."""

import getpass
from dataclasses import dataclass, field
from typing import Protocol

from chelun.core.scope import Scope


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


class Actor(Protocol):
    """What services and the audit trail need to know of whoever acts."""

    @property
    def actor_kind(self) -> str:
        """'user' or 'system'."""

    @property
    def actor_name(self) -> str:
        """The name that the audit trail writes: a log-in name, or a command and its operating-system user."""

    def has(self, permission: str) -> bool:
        """Whether the permission is held anywhere."""

    def scope_for(self, permission: str) -> Scope:
        """Where the permission is held; empty when nowhere."""


@dataclass(frozen=True, slots=True)
class SystemActor:
    """A command, a job or a timer. It may do everything, and the audit trail says on whose machine account."""

    command: str
    os_user: str = field(default_factory=_os_user)

    @property
    def actor_kind(self) -> str:
        """Always 'system'."""
        return "system"

    @property
    def actor_name(self) -> str:
        """For instance 'chelun import (os: chelun)'."""
        return f"{self.command} (os: {self.os_user})"

    def has(self, permission: str) -> bool:
        """The system is not bound by grants."""
        return bool(permission)

    def scope_for(self, permission: str) -> Scope:
        """The whole installation."""
        return Scope.everything() if permission else Scope.of(())
