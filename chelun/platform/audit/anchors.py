"""The chain's end, written outside the database once a day, so that a cut tail shows even to whoever cut it.

One line of JSON per anchor in `CHELUN_ANCHOR_DIR/anchors.jsonl`, each sealed together with the one above it; keep a
copy on another machine (docs/operations.md). Who writes holds the file, so that each line follows the one before; a
line is on the disk as a whole or not at all. Half a line that a power cut left at the end says nothing: readers pass
over it and tell of it, the next writer cuts it off.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from chelun.core.crypto import mac
from chelun.core.linefile import UNREADABLE, append_line, read_bytes, split_lines
from chelun.platform.audit import rules
from chelun.platform.audit.models import ChainHead

FILE_NAME = "anchors.jsonl"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The chain's end at a moment. `genuine` is false when the line's own seal does not fit."""

    at: str
    seq: int
    seal: str
    genuine: bool


def anchor_path() -> Path:
    """Where the anchors lie."""
    return Path(settings.CHELUN_ANCHOR_DIR) / FILE_NAME


def write_anchor() -> Anchor | None:
    """Append the present end of the chain to the anchor file; None when the chain is empty."""
    head = _head()
    if head is None:
        return None
    written: list[Anchor] = []

    def line(lines: list[str]) -> str:
        now = _head() or head
        at = datetime.now(UTC).isoformat(timespec="seconds")
        by = rules.anchor_seal(mac, at, now.seq, now.seal, _seal_of(lines[-1]) if lines else "")
        written.append(Anchor(at, now.seq, now.seal, True))
        return json.dumps({"at": at, "seq": now.seq, "seal": now.seal, "by": by})

    append_line(anchor_path(), line)
    return written[-1]


def _head() -> ChainHead | None:
    return ChainHead.objects.filter(pk=1, seq__gt=0).first()


def read_anchors() -> list[Anchor]:
    """All anchors in the order of the file; a line that cannot be read is an anchor that is not genuine."""
    lines, _half = split_lines(anchor_bytes())
    above = ["", *map(_seal_of, lines)]
    return [_parsed(line, before) for line, before in zip(lines, above, strict=False)]


def has_half_line() -> bool:
    """Whether the file ends in half a line, left by a power cut while it was written."""
    return bool(split_lines(anchor_bytes())[1])


def anchor_bytes() -> bytes:
    """The file as it is, not while somebody writes to it; empty when there is none."""
    return read_bytes(anchor_path())


def _seal_of(line: str) -> str:
    """The seal that a line claims to bear, which the next one takes up."""
    try:
        return str(json.loads(line)["by"])
    except UNREADABLE:
        return ""


def _parsed(line: str, before: str) -> Anchor:
    try:
        raw = json.loads(line)
        at, seq, seal = str(raw["at"]), int(raw["seq"]), str(raw["seal"])
        return Anchor(at, seq, seal, raw["by"] == rules.anchor_seal(mac, at, seq, seal, before))
    except UNREADABLE:
        return Anchor("?", 0, "", False)
