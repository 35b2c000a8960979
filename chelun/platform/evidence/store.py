"""The sealed bytes of attached files: outside the database, each under the key of the subject whose record it is."""

from collections.abc import Container
from pathlib import Path
from uuid import UUID, uuid5

from django.conf import settings

from chelun.core.crypto import Unsealable, open_sealed, provider, seal

_FOLDER = "evidence"


def path_of(evidence: UUID) -> Path:
    """Where the sealed bytes of a file lie."""
    return Path(settings.CHELUN_FILES_DIR) / _FOLDER / evidence.hex[-2:] / f"{evidence.hex}.sealed"


def keep(evidence: UUID, key: bytes, content: bytes) -> None:
    """Seal the bytes; in place at once or not at all."""
    path = path_of(evidence)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".fresh")
    fresh.write_bytes(provider().encrypt(key, content, _context(evidence)))
    fresh.replace(path)


def read(evidence: UUID, key: bytes) -> bytes:
    """The plain bytes; FileNotFoundError where they are gone, Unsealable where the key or the bytes are others."""
    try:
        return provider().decrypt(key, path_of(evidence).read_bytes(), _context(evidence))
    except ValueError as error:
        raise Unsealable("the file was changed") from error


def shred(evidence: UUID) -> None:
    """Remove the sealed bytes."""
    path_of(evidence).unlink(missing_ok=True)


def lay_by(evidence: UUID, number: int, piece: bytes) -> None:
    """Keep a piece of a file that is still on its way, sealed under the ring."""
    waiting = _piece(evidence, number)
    path = path_of(waiting)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(seal(piece, f"evidence piece:{waiting}"))


def laid_by(evidence: UUID, count: int) -> bytes:
    """The whole of a file whose pieces lie there; they are taken away."""
    waiting = [_piece(evidence, number) for number in range(count)]
    parts = [open_sealed(path_of(each).read_bytes(), f"evidence piece:{each}") for each in waiting]
    for each in waiting:
        shred(each)
    return b"".join(parts)


def _piece(evidence: UUID, number: int) -> UUID:
    return uuid5(evidence, f"piece {number}")


def lost(known: Container[str], before: float) -> list[Path]:
    """Sealed files older than a moment (seconds since 1970) that belong to none of the `known`."""
    return [path for path in all_paths() if path.stem not in known and path.stat().st_mtime < before]


def all_paths() -> list[Path]:
    """Every sealed file that lies there, half-written ones as well."""
    return list((Path(settings.CHELUN_FILES_DIR) / _FOLDER).glob("??/*"))


def _context(evidence: UUID) -> bytes:
    return f"evidence:{evidence}".encode()
