"""How a row of the chain is written down and sealed. Pure: no tables, no clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from chelun.core.jsontext import from_json, to_json_bytes

Mac = Callable[[bytes], bytes]

FIELDS = (
    "seq", "at", "actor_kind", "actor", "action", "purpose", "region", "target_kind", "target", "batch", "old", "new",
)  # fmt: skip
GENESIS = "0" * 64
# The row that is written first when the chain's head turns out to be forged, so that the next row does not heal it.
BROKEN = "audit.chain.broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with the chain. `seq` names the row; `template` with `values` says it in words.

    `code` is edited (also: moved), removed, stray (put in where no row belongs), cut, head, anchor, or broken (somebody
    changed the head and work went on), segment (a joined trail); half is a note, not a fault.
    """

    code: str
    seq: int
    template: str
    values: tuple[tuple[str, object], ...] = ()

    @property
    def text(self) -> str:
        """The finding as a sentence in the reader's language."""
        return gettext(self.template).format(**dict(self.values))


def from_text(text: str) -> object:
    """The values of a row's `old` or `new`."""
    return from_json(text)


def canonical(values: Mapping[str, object]) -> bytes:
    """The bytes that are sealed: a JSON array of the fields in fixed order."""
    return to_json_bytes([values[name] for name in FIELDS])


def chained(mac: Mac, previous: str, values: Mapping[str, object]) -> str:
    """The seal of a row that follows the seal `previous`: 64 hex digits."""
    return mac(previous.encode() + b"\x1e" + canonical(values)).hex()


def segment_seal(mac: Mac, previous: str, seal: str, values: Mapping[str, object]) -> str:
    """The seal of a row of a joined trail under this installation's key: over the row with the seal that it came with."""
    return mac(f"segment\x1e{previous}\x1e{seal}\x1e".encode() + canonical(values)).hex()


def head_seal(mac: Mac, seq: int, seal: str) -> str:
    """The seal of the head row, so that a cut tail cannot be hidden by winding the head back."""
    return mac(f"head\x1e{seq}\x1e{seal}".encode()).hex()


def anchor_seal(mac: Mac, at: str, seq: int, seal: str, before: str) -> str:
    """The seal of a line in the anchor file that lies outside the database; `before` is that of the line above it."""
    return mac(f"anchor\x1e{at}\x1e{seq}\x1e{seal}\x1e{before}".encode()).hex()
