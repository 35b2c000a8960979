"""Keeping files: sealed, with an owner, a place, a purpose and a day on which they go."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from chelun.core.actors import Actor
from chelun.core.identifiers import uuid7
from chelun.platform.sheets.models import StoredFile
from chelun.platform.sheets.vault import SealedWriter, reseal, sealing, shred, write_sealed

ORPHAN_AGE = timedelta(days=1)


def keep_file(
    *,
    actor: Actor,
    kind: str,
    name: str,
    parts: Iterable[bytes],
    place: Mapping[str, str],
    digest: str = "",
    purpose: str = "",
) -> StoredFile:
    """Seal bytes and write down whose they are. They go after CHELUN_UPLOAD_DAYS."""
    file_id = uuid7()
    size = write_sealed(file_id, parts)
    return enter_file(
        file_id=file_id, size=size, actor=actor, kind=kind, name=name, place=place, digest=digest, purpose=purpose
    )  # fmt: skip


def enter_file(
    *,
    file_id: UUID,
    size: int,
    actor: Actor,
    kind: str,
    name: str,
    place: Mapping[str, str],
    digest: str = "",
    purpose: str = "",
) -> StoredFile:
    """Write down whose the sealed bytes are that already lie under `file_id`."""
    return StoredFile.objects.create(
        id=file_id,
        kind=kind,
        name=name[-200:],
        size=size,
        digest=digest,
        owner=actor.actor_name,
        purpose=purpose[:200],
        expires_at=datetime.now(UTC) + timedelta(days=settings.CHELUN_UPLOAD_DAYS),
        **place,
    )


@contextmanager
def new_sealed() -> Iterator[tuple[UUID, SealedWriter]]:
    """A fresh id and a writer of sealed bytes under it; nothing stays when writing fails."""
    file_id = uuid7()
    with sealing(file_id) as writer:
        yield file_id, writer


def drop_file(file: StoredFile | None) -> None:
    """Remove a stored file: its bytes, then its row together with what refers to it. Can be done again after a kill."""
    if file is not None:
        shred(file.pk)
        file.delete()


def reseal_files(after: str) -> tuple[int, str | None]:
    """Seal the next stored file anew, for a rotation of keys; (how many, its id or None at the end)."""
    rows = StoredFile.objects.order_by("pk")
    file = (rows.filter(pk__gt=after) if after else rows).first()
    if file is None:
        return 0, None
    try:
        return int(reseal(file.pk)), str(file.pk)
    except FileNotFoundError:
        return 0, str(file.pk)


def purge_expired(actor: Actor) -> int:
    """Remove every stored file whose day has come, and sealed bytes that belong to no row; how many. Runs daily."""
    expired = list(StoredFile.objects.filter(expires_at__lt=datetime.now(UTC)))
    for file in expired:
        drop_file(file)
    return len(expired) + _purge_orphans()


def _purge_orphans() -> int:
    """Sealed bytes whose upload or workbook was cut off by a crash."""
    before = (datetime.now(UTC) - ORPHAN_AGE).timestamp()
    old = [path for path in _sealed_paths() if path.stat().st_mtime < before]
    known = set(StoredFile.objects.values_list("id", flat=True)) if old else set()
    orphans = [path for path in old if UUID(path.stem) not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _sealed_paths() -> list[Path]:
    return list(Path(settings.CHELUN_FILES_DIR).glob("??/*.sealed"))
