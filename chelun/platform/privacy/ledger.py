"""The ledger of erasures outside the database: what a restored backup, which knows nothing of them, must do again.

One line of JSON per erasure in `CHELUN_TOMBSTONE_DIR/tombstones.jsonl`, each sealed together with the one above it: keys
that open nothing, keyed digests, day and ground; no name and no number. Keep a copy on another machine (docs/operations.md).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from chelun.core.crypto import mac
from chelun.core.jsontext import to_sorted_json
from chelun.core.linefile import UNREADABLE, append_line, read_bytes, split_lines

FILE_NAME = "tombstones.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """One erasure: which identities of which kind, where ([] everywhere), on which ground, by which digests known again."""

    erasure: str
    kind: str
    subjects: tuple[str, ...]
    homes: tuple[str, ...]
    ground: str
    at: str
    digests: tuple[tuple[str, str], ...]

    @property
    def keys(self) -> list[UUID]:
        """The identities."""
        return [UUID(subject) for subject in self.subjects]

    @property
    def moment(self) -> datetime:
        """When it was done."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the file says: the genuine entries in order, and how many lines are not genuine."""

    entries: tuple[Entry, ...]
    odd: int


def ledger_path() -> Path:
    """Where the ledger lies."""
    return Path(settings.CHELUN_TOMBSTONE_DIR) / FILE_NAME


def write_entry(entry: Entry) -> None:
    """Append an entry, before the erasure commits: what stands here and was not done is done again by a restore."""
    values = asdict(entry)

    def line(lines: list[str]) -> str:
        return json.dumps({**values, "by": _seal(values, _seal_of(lines[-1]) if lines else "")})

    append_line(ledger_path(), line)


def read_ledger() -> Ledger:
    """All entries. A line that was changed, put in or moved is not followed; whoever restores is told how many."""
    lines, _half = split_lines(read_bytes(ledger_path()))
    above = ["", *map(_seal_of, lines)]
    found = [_parsed(line, before) for line, before in zip(lines, above, strict=False)]
    entries = tuple(entry for entry in found if entry is not None)
    return Ledger(entries, len(found) - len(entries))


def _seal(values: Mapping[str, Any], before: str) -> str:
    return mac(f"tombstone\x1e{before}\x1e{to_sorted_json(values)}".encode()).hex()


def _seal_of(line: str) -> str:
    try:
        return str(json.loads(line)["by"])
    except UNREADABLE:
        return ""


def _parsed(line: str, before: str) -> Entry | None:
    try:
        raw = json.loads(line)
        by = raw.pop("by")
        if by != _seal(raw, before):
            return None
        digests = tuple((str(kind), str(digest)) for kind, digest in raw.pop("digests"))
        subjects, homes = tuple(raw.pop("subjects")), tuple(raw.pop("homes"))
        return Entry(**raw, subjects=subjects, homes=homes, digests=digests)
    except UNREADABLE:
        return None
