"""Sealing values under the ring or under one person's key, and finding them again by keyed digests.

A sealed value under the ring is: one byte length of the key's name, the name, then nonce + ciphertext + tag.
The context binds a value to its place ("upload:<id>"), so that a value moved elsewhere does not open.
"""

import os

from chelun.core.crypto.keys import KEY_BYTES, ring
from chelun.core.crypto.provider import provider

INDEX_HEX = 32


class Unsealable(Exception):
    """A sealed value cannot be opened: wrong key, wrong place, or changed bytes."""


def new_key() -> bytes:
    """A fresh SM4 key, for instance for one person."""
    return os.urandom(KEY_BYTES)


def seal(plain: bytes, context: str) -> bytes:
    """`plain` under the ring's active key, bound to `context`."""
    keys = ring()
    name = keys.active.encode()
    return bytes([len(name)]) + name + provider().encrypt(keys.data[keys.active], plain, context.encode())


def sealed_under(sealed: bytes) -> str:
    """The name of the ring key under which a value lies."""
    return sealed[1 : 1 + sealed[0]].decode()


def open_sealed(sealed: bytes, context: str) -> bytes:
    """The bytes that were sealed for `context`; Unsealable otherwise."""
    try:
        key = ring().data[sealed_under(sealed)]
        return provider().decrypt(key, sealed[1 + sealed[0] :], context.encode())
    except (KeyError, ValueError, IndexError, UnicodeDecodeError) as error:
        raise Unsealable(f"cannot open a value sealed for {context.split(':')[0]}") from error


def seal_with(key: bytes, plain: str, context: str = "") -> bytes:
    """A text under one key (a person's), as nonce + ciphertext + tag."""
    return provider().encrypt(key, plain.encode(), context.encode())


def open_with(key: bytes, sealed: bytes, context: str = "") -> str:
    """The text of `seal_with`; Unsealable when the key, the context or the bytes are others."""
    try:
        return provider().decrypt(key, bytes(sealed), context.encode()).decode()
    except ValueError as error:
        raise Unsealable("cannot open a value with this key") from error


def blind_index(kind: str, value: str) -> str:
    """The keyed digest by which an exact value of `kind` is found again: 32 hex digits of HMAC-SM3."""
    return provider().mac(ring().index, f"{kind}\x1f{value}".encode()).hex()[:INDEX_HEX]


def short_index(kind: str, value: str) -> str:
    """As `blind_index`, under the separate key of short look-ups (last digits), which are guessable."""
    return provider().mac(ring().short, f"{kind}\x1f{value}".encode()).hex()[:INDEX_HEX]


def mac(data: bytes) -> bytes:
    """The audit chain's keyed digest of `data`, 32 bytes."""
    return provider().mac(ring().audit, data)
