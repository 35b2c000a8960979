"""Sealed files: a stream of pieces, each SM4-GCM under a key from a passphrase, bound to its file, place and end.

A file is: 16 bytes of salt, then for each piece four bytes of length and nonce + ciphertext + tag. A piece that is
changed, moved to another file or place, or missing at the end does not open.
"""

import hashlib
import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from chelun.core.crypto import provider
from chelun.core.errors import Refused

PIECE_BYTES = 1 << 20
SALT_BYTES = 16
LENGTH = struct.Struct(">I")


def derived(passphrase: str, salt: bytes) -> bytes:
    """The SM4 key of a passphrase: scrypt with blocks of 1 kB, CHELUN_SEALING_COST of them."""
    cost = settings.CHELUN_SEALING_COST
    return hashlib.scrypt(passphrase.encode(), salt=salt, n=cost, r=8, p=1, maxmem=1 << 26, dklen=16)


def write_sealed(path: Path, passphrase: str, chunks: Iterable[bytes], *, label: str = "") -> str:
    """Write `chunks` sealed to a new file that only the owner may read; returns the file's SHA-256.

    The file is bound to its name, or to `label` where it will travel under other names.
    """
    salt = os.urandom(SALT_BYTES)
    key, digest = derived(passphrase, salt), hashlib.sha256(salt)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(salt)
        for number, (piece, last) in enumerate(_marked(chunks)):
            sealed = provider().encrypt(key, piece, _context(label or path.name, number, last))
            framed = LENGTH.pack(len(sealed)) + sealed
            digest.update(framed)
            file.write(framed)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def read_sealed(path: Path, passphrase: str, *, label: str = "") -> Iterator[bytes]:
    """The plain pieces of a sealed file. Refused when the passphrase or the file is not the right one."""
    with path.open("rb") as file:
        key = derived(passphrase, file.read(SALT_BYTES))
        piece, number = _framed(file), 0
        while piece is not None:
            following = _framed(file)
            try:
                yield provider().decrypt(key, piece, _context(label or path.name, number, following is None))
            except ValueError:
                text = _("打不开 {file}：口令不对，或文件被改动、截断。")
                raise Refused("backup.unsealable", text.format(file=path.name)) from None
            piece, number = following, number + 1


def digest_of(path: Path) -> str:
    """A file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _context(name: str, number: int, last: bool) -> bytes:
    return f"backup:{name}:{number}:{int(last)}".encode()


def _framed(file: BinaryIO) -> bytes | None:
    head = file.read(LENGTH.size)
    return file.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else None


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= PIECE_BYTES:
            yield bytes(held[:PIECE_BYTES])
            del held[:PIECE_BYTES]
    yield bytes(held)


def _marked(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    pieces = _pieces(chunks)
    piece = next(pieces)
    for following in pieces:
        yield piece, False
        piece = following
    yield piece, True
