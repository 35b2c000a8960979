"""How persons, firms and vehicles stand in addresses (chelun.platform.privacy.addresses)."""

from chelun.platform.privacy.addresses import named, unveil, veil

__all__ = ["named", "unveil", "veil"]
