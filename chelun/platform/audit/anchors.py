"""The chain's end, written outside the database once a day, so that a cut tail shows even to whoever cut it.

One line of JSON per anchor in `CHELUN_ANCHOR_DIR/anchors.jsonl`, each sealed together with the one above it; keep a
copy on another machine (docs/operations.md).
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from chelun.core.crypto import mac
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
    head = ChainHead.objects.filter(pk=1).first()
    if head is None or head.seq == 0:
        return None
    path = anchor_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = _lines()
    at = datetime.now(UTC).isoformat(timespec="seconds")
    by = rules.anchor_seal(mac, at, head.seq, head.seal, _seal_of(lines[-1]) if lines else "")
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"at": at, "seq": head.seq, "seal": head.seal, "by": by}) + "\n")
    return Anchor(at, head.seq, head.seal, True)


def read_anchors() -> list[Anchor]:
    """All anchors in the order of the file; a line that cannot be read is an anchor that is not genuine."""
    lines = _lines()
    above = ["", *map(_seal_of, lines)]
    return [_parsed(line, before) for line, before in zip(lines, above, strict=False)]


def _lines() -> list[str]:
    path = anchor_path()
    if not path.exists():
        return []
    return [line for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]


def _seal_of(line: str) -> str:
    """The seal that a line claims to bear, which the next one takes up."""
    try:
        return str(json.loads(line)["by"])
    except (ValueError, KeyError, TypeError):
        return ""


def _parsed(line: str, before: str) -> Anchor:
    try:
        raw = json.loads(line)
        at, seq, seal = str(raw["at"]), int(raw["seq"]), str(raw["seal"])
        return Anchor(at, seq, seal, raw["by"] == rules.anchor_seal(mac, at, seq, seal, before))
    except (ValueError, KeyError, TypeError, OverflowError):
        return Anchor("?", 0, "", False)
