"""Sealed bytes outside the database: written in chunks, read again at any place, never lying in the clear on disk.

A file is: a one-line JSON header (version, ring key, chunk size, length), then chunks of SM4-GCM bound to the file's
id and their place, so that chunks cannot be swapped or cut off.
"""

import io
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from chelun.core.crypto import Unsealable, provider, ring

CHUNK = 1 << 20
OVERHEAD = 28
HEADER = 256


def vault_path(file_id: UUID) -> Path:
    """Where the sealed bytes of a stored file lie."""
    return Path(settings.CHELUN_FILES_DIR) / file_id.hex[:2] / f"{file_id.hex}.sealed"


class SealedWriter:
    """Seals a stream as it comes, a chunk in memory. `close` makes it whole; `abandon` leaves nothing.

    Not seekable: enough for uploads and for workbooks, which are zip files written from front to back.
    """

    def __init__(self, file_id: UUID, path: Path | None = None) -> None:
        self._id = file_id
        self._key = ring().active
        self._waiting = bytearray()
        self._number = 0
        self.size = 0
        path = path or vault_path(file_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("wb")
        self._file.write(b" " * HEADER)

    def write(self, part: bytes) -> int:
        """Take some plain bytes."""
        self._waiting += part
        self.size += len(part)
        while len(self._waiting) >= CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]))
            del self._waiting[:CHUNK]
        return len(part)

    def flush(self) -> None:
        """Nothing to do before a chunk is full."""

    def close(self) -> None:
        """Seal what is left and write the header."""
        if self._waiting:
            self._seal(bytes(self._waiting))
        self._file.seek(0)
        header = json.dumps({"v": 1, "key": self._key, "chunk": CHUNK, "size": self.size})
        self._file.write(header.encode().ljust(HEADER))
        self._file.close()

    def abandon(self) -> None:
        """Give up: nothing stays on disk."""
        self._file.close()
        shred(self._id)

    def _seal(self, chunk: bytes) -> None:
        plain_context = _context(self._id, self._number)
        self._file.write(provider().encrypt(ring().data[self._key], chunk, plain_context))
        self._number += 1


@contextmanager
def sealing(file_id: UUID) -> Iterator[SealedWriter]:
    """A writer that is closed at the end, and abandoned when anything fails."""
    writer = SealedWriter(file_id)
    try:
        yield writer
    except BaseException:
        writer.abandon()
        raise
    writer.close()


def write_sealed(file_id: UUID, parts: Iterable[bytes]) -> int:
    """Seal a stream of bytes under the ring's active key; the number of plain bytes."""
    with sealing(file_id) as writer:
        for part in parts:
            writer.write(part)
    return writer.size


def open_vault(file_id: UUID) -> BinaryIO:
    """A seekable reader of the plain bytes; Unsealable when they were changed, FileNotFoundError when they expired."""
    return io.BufferedReader(_SealedReader(file_id), CHUNK)


def reseal(file_id: UUID) -> bool:
    """Seal a stored file anew under the ring's active key, in one step for whoever reads it; whether that was needed."""
    path = vault_path(file_id)
    with _SealedReader(file_id) as old:
        if old.key_name == ring().active:
            return False
        fresh = path.with_suffix(".fresh")
        writer = SealedWriter(file_id, fresh)
        plain = io.BufferedReader(old, CHUNK)
        while part := plain.read(CHUNK):
            writer.write(part)
        writer.close()
    fresh.replace(path)
    return True


def shred(file_id: UUID) -> None:
    """Remove the sealed bytes."""
    vault_path(file_id).unlink(missing_ok=True)


def _context(file_id: UUID, number: int) -> bytes:
    return f"file:{file_id}:{number}".encode()


class _SealedReader(io.RawIOBase):
    """Reads a sealed file at any place, one chunk in memory."""

    def __init__(self, file_id: UUID) -> None:
        self._id = file_id
        self._file = vault_path(file_id).open("rb")
        try:
            header = json.loads(self._file.read(HEADER))
            self.key_name = str(header["key"])
            self._size, self._key = int(header["size"]), ring().data[self.key_name]
        except (ValueError, KeyError) as error:
            self._file.close()
            raise Unsealable("the stored file cannot be opened") from error
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always: spreadsheets are zip files and read from their end."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a plain byte."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """The present plain byte."""
        return self._at

    def readinto(self, buffer: "memoryview", /) -> int:  # type: ignore[override]
        """Fill the buffer from the present chunk."""
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, CHUNK)
        piece = self._chunk(number)[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close the file below."""
        self._file.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        if self._held[0] != number:
            self._file.seek(HEADER + number * (CHUNK + OVERHEAD))
            sealed = self._file.read(CHUNK + OVERHEAD)
            try:
                plain = provider().decrypt(self._key, sealed, _context(self._id, number))
            except ValueError as error:
                raise Unsealable("the stored file was changed") from error
            self._held = (number, plain)
        return self._held[1]
