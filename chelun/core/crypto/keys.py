"""The key ring: which key serves which purpose. Keys come from the environment, never from the database.

A ring is a JSON object: {"data": {"<id>": "<32 hex>", …}, "active": "<id>", "index": "<hex>", "short": "<hex>",
"audit": "<hex>"}. Data keys are many, so that they can be rotated; the others are one each.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 16
MAC_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All keys of an installation. `data` maps a key's short name to its bytes; new values use `active`."""

    data: Mapping[str, bytes]
    active: str
    index: bytes
    short: bytes
    audit: bytes

    def __repr__(self) -> str:
        return f"KeyRing(data={sorted(self.data)}, active={self.active!r})"


def parse_ring(text: str) -> KeyRing:
    """A ring from its JSON text; ImproperlyConfigured says what is missing, never a key's value."""
    try:
        raw: dict[str, Any] = json.loads(text)
        ring_ = KeyRing(
            data={name: bytes.fromhex(value) for name, value in raw["data"].items()},
            active=raw["active"],
            index=bytes.fromhex(raw["index"]),
            short=bytes.fromhex(raw["short"]),
            audit=bytes.fromhex(raw["audit"]),
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise ImproperlyConfigured(
            f"密钥环格式不对（{type(error).__name__}），请用 chelun keys new 生成。"
            "/ The key ring cannot be read; make one with chelun keys new."
        ) from None
    if ring_.active not in ring_.data or any(len(key) != KEY_BYTES for key in ring_.data.values()):
        raise ImproperlyConfigured(
            "密钥环里没有现用密钥，或密钥长度不是 16 字节，请用 chelun keys new 生成。"
            "/ The key ring lacks its active key or a key has not 16 bytes; make one with chelun keys new."
        )
    return ring_


def is_weak(ring_: KeyRing) -> bool:
    """Whether a ring is none that `new_ring` made: digest keys that are short, one key for two purposes, few different bytes."""
    digests = [ring_.index, ring_.short, ring_.audit]
    keys = [*ring_.data.values(), *digests]
    return (
        any(len(key) < MAC_KEY_BYTES for key in digests)
        or len(set(keys)) < len(keys)
        or any(len(set(key)) < KEY_BYTES // 2 for key in keys)
    )


def new_ring(name: str) -> str:
    """The JSON text of a fresh ring whose first data key is called `name`."""
    macs = {purpose: os.urandom(MAC_KEY_BYTES).hex() for purpose in ("index", "short", "audit")}
    return json.dumps({"data": {name: os.urandom(KEY_BYTES).hex()}, "active": name, **macs})


def with_new_data_key(text: str, name: str) -> str:
    """The ring with one more data key, which becomes the active one (first step of a rotation)."""
    raw = json.loads(text)
    if name in raw["data"]:
        raise ImproperlyConfigured(
            f"密钥环里已有名为 {name} 的密钥。/ The key ring has a key of this name already."
        )
    raw["data"][name] = os.urandom(KEY_BYTES).hex()
    raw["active"] = name
    return json.dumps(raw)


@lru_cache(maxsize=4)
def _cached(text: str) -> KeyRing:
    return parse_ring(text)


def ring() -> KeyRing:
    """The installation's ring, from settings.CHELUN_KEYS (JSON text)."""
    return _cached(settings.CHELUN_KEYS)
