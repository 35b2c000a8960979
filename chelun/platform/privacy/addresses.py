"""How subjects stand in addresses: turned so that the moment when somebody first became known cannot be read off.

A person's key is a UUIDv7 and begins with the time at which the installation first heard of him. A clerk who registers
somebody whom another county knows must not see that he is older than today, so addresses carry the key permuted
under the ring's index key (four Feistel rounds of HMAC-SM3). The converter turns it back; nobody else has to know.
"""

import re
from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, get_urlconf, reverse

from chelun.core.crypto import blind_index

ROUNDS = 4
HALF = (1 << 64) - 1
_VEILED = re.compile("[0-9a-f]{32}", re.ASCII)


def veil(subject: UUID) -> str:
    """The subject as addresses show it: 32 hex digits, always the same for the same subject."""
    left, right = subject.int >> 64, subject.int & HALF
    for step in range(ROUNDS):
        left, right = right, left ^ _mixed(step, right)
    return f"{left << 64 | right:032x}"


def unveil(text: str) -> UUID:
    """The subject of `veil`; any 32 hex digits give some UUID, mostly one that nobody has."""
    number = int(text, 16)
    left, right = number >> 64, number & HALF
    for step in reversed(range(ROUNDS)):
        left, right = right ^ _mixed(step, left), left
    return UUID(int=left << 64 | right)


def address_of(name: str, subject: UUID, *words: str) -> str:
    """`reverse` for an address that ends with a subject after some words, for pages with a row for each of many:
    the pattern is looked up once for all of them.
    """
    before, after = _around(name, words, get_script_prefix(), get_urlconf())
    return f"{before}{veil(subject)}{after}"


@lru_cache(maxsize=256)
def _around(name: str, words: tuple[str, ...], prefix: str, urlconf: str | None) -> tuple[str, str]:
    """What stands before and after a subject in an address."""
    nobody = UUID(int=0)
    before, after = reverse(name, args=[*words, nobody]).split(veil(nobody))
    return before, after


def _mixed(step: int, half: int) -> int:
    return int(blind_index(f"address:{step}", f"{half:016x}")[:16], 16)


def named(text: str) -> UUID | None:
    """The subject of a parameter or of a form's choice; a subject that nobody has when it cannot be read, None for ''."""
    if not text:
        return None
    return unveil(text) if _VEILED.fullmatch(text) else UUID(int=0)


class SubjectConverter:
    """`<subject:person>` in a path: `reverse` takes the UUID, the view gets it."""

    regex = _VEILED.pattern

    def to_python(self, value: str) -> UUID:
        """The subject's key."""
        return unveil(value)

    def to_url(self, value: UUID) -> str:
        """The subject as addresses show it."""
        return veil(value)
