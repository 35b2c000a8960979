"""What a log-in keeps in its session, and actors that are not users. No tables."""

from dataclasses import dataclass

from chelun.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Stranger:
    """Whoever tries to log in and is not known yet; the audit trail has only the network address."""

    address: str

    @property
    def actor_kind(self) -> str:
        """Always 'stranger'."""
        return "stranger"

    @property
    def actor_name(self) -> str:
        """The network address."""
        return self.address or "?"

    def has(self, permission: str) -> bool:
        """Nothing is allowed."""
        return False

    def scope_for(self, permission: str) -> Scope:
        """Nowhere."""
        return Scope.of(())
