"""Secrets: SM4-GCM for what must be read again, keyed SM3 for what must only be found again.

`provider` is the interface to a cryptographic module and the soft one; `keys` the key ring; `sealing`
what rooms use. See docs/security.md for which value lies under which key.
"""

from chelun.core.crypto.keys import KeyRing, ring
from chelun.core.crypto.provider import SoftProvider, provider
from chelun.core.crypto.sealing import (
    Unsealable,
    blind_index,
    mac,
    new_key,
    open_sealed,
    open_with,
    seal,
    seal_with,
    short_index,
)

__all__ = [
    "KeyRing",
    "SoftProvider",
    "Unsealable",
    "blind_index",
    "mac",
    "new_key",
    "open_sealed",
    "open_with",
    "provider",
    "ring",
    "seal",
    "seal_with",
    "short_index",
]
