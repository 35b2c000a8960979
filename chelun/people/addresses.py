"""How persons, firms and vehicles stand in addresses (chelun.platform.privacy.addresses)."""

from chelun.platform.privacy.addresses import address_of, named, unveil, veil

__all__ = ["address_of", "named", "unveil", "veil"]
