"""Opening the bytes of an upload, from a path or from an open file. What format they are is decided in `sniff`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from chelun.engines.tables.reading.sentences import Unreadable
from chelun.engines.tables.reading.values import Limits, Source

CHUNK = 1 << 18


@contextmanager
def opened(source: Source, limits: Limits) -> Iterator[BinaryIO]:
    """Give the file of a source from its first byte; an open file stays open. Refuses what is empty or too big."""
    if isinstance(source, str | os.PathLike):
        with Path(source).open("rb") as file:
            _check_size(file, limits)
            yield file
    else:
        _check_size(source, limits)
        yield source


def name_of(source: Source, name: str) -> str:
    """Return the name that the clerk gave the file: the one told, else that of the path."""
    return name or (Path(source).name if isinstance(source, str | os.PathLike) else "")


def _check_size(file: BinaryIO, limits: Limits) -> None:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if not size:
        raise Unreadable("empty")
    if size > limits.file_bytes:
        raise Unreadable("too_big", size=-(-size // 1024**2), limit=limits.file_bytes // 1024**2)
