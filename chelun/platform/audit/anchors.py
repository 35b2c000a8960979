"""The chain's end, written outside the database once a day, so that a cut tail shows even to whoever cut it.

One line of JSON per anchor in `CHELUN_ANCHOR_DIR/anchors.jsonl`, each sealed together with the one above it; keep a
copy on another machine (docs/operations.md). Who writes holds the file, so that each line follows the one before; a
line is on the disk as a whole or not at all. Half a line that a power cut left at the end says nothing: readers pass
over it and tell of it, the next writer cuts it off.
"""

import contextlib
import errno
import fcntl
import io
import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from chelun.core.crypto import mac
from chelun.platform.audit import rules
from chelun.platform.audit.models import ChainHead

logger = logging.getLogger("chelun.audit")
FILE_NAME = "anchors.jsonl"
# A folder on another machine may know no locks; an anchor a day is better there than none.
LOCKLESS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)
# What reading a line may say when somebody wrote whatever he liked.
UNREADABLE = (ValueError, KeyError, TypeError, OverflowError, RecursionError)


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
    path = anchor_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b", buffering=0) as file, _held(file, fcntl.LOCK_EX):
        lines, half = _split(_content(file))
        _mend(file, half)
        head = _head() or head
        at = datetime.now(UTC).isoformat(timespec="seconds")
        by = rules.anchor_seal(mac, at, head.seq, head.seal, _seal_of(lines[-1]) if lines else "")
        line = json.dumps({"at": at, "seq": head.seq, "seal": head.seal, "by": by})
        _append(file, line.encode() + b"\n")
    _keep_name(path.parent)
    return Anchor(at, head.seq, head.seal, True)


def _head() -> ChainHead | None:
    return ChainHead.objects.filter(pk=1, seq__gt=0).first()


def read_anchors() -> list[Anchor]:
    """All anchors in the order of the file; a line that cannot be read is an anchor that is not genuine."""
    lines, _half = _split(anchor_bytes())
    above = ["", *map(_seal_of, lines)]
    return [_parsed(line, before) for line, before in zip(lines, above, strict=False)]


def has_half_line() -> bool:
    """Whether the file ends in half a line, left by a power cut while it was written."""
    return bool(_split(anchor_bytes())[1])


def anchor_bytes() -> bytes:
    """The file as it is, not while somebody writes to it; empty when there is none."""
    try:
        with anchor_path().open("rb", buffering=0) as file, _held(file, fcntl.LOCK_SH):
            return _content(file)
    except FileNotFoundError:
        return b""


@contextlib.contextmanager
def _held(file: io.FileIO, how: int) -> Iterator[None]:
    """The file for oneself, or for readers alone, until it is closed."""
    try:
        fcntl.flock(file, how)
    except OSError as error:
        if error.errno not in LOCKLESS:
            raise
        logger.warning("the folder of the anchors knows no locks: %s", error.strerror)
    yield


def _content(file: io.FileIO) -> bytes:
    file.seek(0)
    return file.readall()


def _split(content: bytes) -> tuple[list[str], bytes]:
    """The lines of the file, and the half line at its end: one that was not ended and cannot be read."""
    whole, _newline, tail = content.rpartition(b"\n")
    lines = [*whole.split(b"\n"), tail] if _is_json(tail) else whole.split(b"\n")
    texts = [line.decode("utf-8", "replace") for line in lines]
    return [text for text in texts if text.strip()], b"" if _is_json(tail) else tail


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except UNREADABLE:
        return False
    return True


def _mend(file: io.FileIO, half: bytes) -> None:
    """Cut off half a line, so that the next one begins where a line begins; end a whole one that was not ended."""
    size = file.seek(0, os.SEEK_END)
    if half:
        logger.warning("half a line of %s bytes at the end of the anchors is cut off", len(half))
        file.truncate(size - len(half))
    elif not _content(file).endswith(b"\n") and size:
        _append(file, b"\n")


def _append(file: io.FileIO, line: bytes) -> None:
    """Write a line to the disk, as a whole or not at all."""
    end = file.seek(0, os.SEEK_END)
    try:
        if file.write(line) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file.fileno())
    except OSError:
        file.truncate(end)
        raise


def _keep_name(folder: Path) -> None:
    """A new file's name is on the disk, too, where folders can be told so."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
