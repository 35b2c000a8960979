"""Files of lines outside the database: only appended to, by one writer at a time, each line on the disk whole or not at all.

Half a line that a power cut left at the end says nothing: readers pass over it, the next writer cuts it off.
"""

import contextlib
import errno
import fcntl
import io
import json
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

logger = logging.getLogger("chelun.files")
# A folder on another machine may know no locks; a line there is better than none.
LOCKLESS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)
# What reading a line may say when somebody wrote whatever he liked.
UNREADABLE = (ValueError, KeyError, TypeError, OverflowError, RecursionError)


def append_line(path: Path, line: Callable[[list[str]], str]) -> None:
    """Append the line that `line` makes from those that stand there. OSError when the disk is full or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b", buffering=0) as file, _held(file, fcntl.LOCK_EX):
        lines, half = split_lines(_content(file))
        _mend(file, half)
        _append(file, line(lines).encode() + b"\n")
    _keep_name(path.parent)


def read_bytes(path: Path) -> bytes:
    """The file as it is, not while somebody writes to it; empty when there is none."""
    try:
        with path.open("rb", buffering=0) as file, _held(file, fcntl.LOCK_SH):
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
        logger.warning("the folder knows no locks: %s", error.strerror)
    yield


def _content(file: io.FileIO) -> bytes:
    file.seek(0)
    return file.readall()


def split_lines(content: bytes) -> tuple[list[str], bytes]:
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
        logger.warning("half a line of %s bytes at the end of a file is cut off", len(half))
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
