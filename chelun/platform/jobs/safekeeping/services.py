"""`backup`, `check` and `restore`: which files, in which order, and what is refused.

A backup is two folders: `data-<time>` (database, files, manifest) and `keys-<time>` (each person's key), so that they
can be kept apart: erasing a person destroys the key, and becomes final when the last key backup is gone.
"""

import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import ring
from chelun.core.errors import Refused
from chelun.core.registries import Registry
from chelun.core.ui import listed
from chelun.platform.audit.services import record
from chelun.platform.jobs.safekeeping import databases
from chelun.platform.jobs.safekeeping.manifest import Manifest
from chelun.platform.jobs.safekeeping.sealing import digest_of, read_sealed, write_sealed

# Models whose rows never lie in the data backup: what opens each person's sensitive values.
KEY_MODELS = ("privacy.SubjectKey",)
DATA, FILES, KEYS = "database.sealed", "files.sealed", "subject-keys.sealed"
PASSPHRASE, KEYS_PASSPHRASE = "CHELUN_BACKUP_PASSPHRASE", "CHELUN_BACKUP_KEYS_PASSPHRASE"
SHORTEST_PASSPHRASE = 12

# What must be done after a restore, before anybody is let in: erasing anew whom the tombstones name. Apps add to it.
# Each gives back a sentence for whoever restores, or nothing.
AFTER_RESTORE: Registry[Callable[[Actor], str]] = Registry("act after a restore")


def backup(*, actor: Actor, folder: Path) -> tuple[Path, Path]:
    """Write a sealed backup below `folder`; returns the data folder and the keys folder."""
    secret, keys_secret = _passphrases()
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    data, keys = folder / f"data-{stamp}", folder / f"keys-{stamp}"
    for made in (data, keys):
        made.mkdir(parents=True, mode=0o700)
    try:
        _write_backup(data, keys, secret, keys_secret)
    except BaseException:
        # Half a backup only takes the room that is missing.
        for made in (data, keys):
            shutil.rmtree(made, ignore_errors=True)
        raise
    record(actor=actor, action="jobs.backup.made", target_kind="backup", target=stamp)
    return data, keys


def _write_backup(data: Path, keys: Path, secret: str, keys_secret: str) -> None:
    # Keys come after data: a person of the data then always has his key.
    digests = {DATA: write_sealed(data / DATA, secret, databases.dump(data, _key_tables()))}
    digests[FILES] = write_sealed(data / FILES, secret, _packed())
    digests[KEYS] = write_sealed(keys / KEYS, keys_secret, _key_rows())
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    names = tuple(sorted(ring().data))
    Manifest(made_at, connection.vendor, version("chelun"), names, digests).write(data)


def check(*, data: Path, keys: Path) -> Manifest:
    """Read a whole backup and compare it with its manifest. Refused with a sentence when anything differs."""
    secret, keys_secret = _passphrases()
    manifest = Manifest.read(data)
    for path, passphrase in ((data / DATA, secret), (data / FILES, secret), (keys / KEYS, keys_secret)):
        if not path.exists() or digest_of(path) != manifest.files.get(path.name):
            text = _("{file} 缺失或与清单不符，这份备份不能用。")
            raise Refused("backup.differs", text.format(file=path.name))
        for _piece in read_sealed(path, passphrase):
            pass
    return manifest


def restore(
    *, actor: Actor, data: Path, keys: Path, say: Callable[[str], object] = lambda text: None
) -> Manifest:
    """Put a backup into an empty database and empty folders, bring it up to this version, and erase anew.

    `say` hears what was done after it, for instance how many were erased again.
    """
    manifest = check(data=data, keys=keys)
    if manifest.engine != connection.vendor:
        text = _("备份来自 {engine}，现在的数据库是 {vendor}，不能互换。")
        raise Refused("backup.other_engine", text.format(engine=manifest.engine, vendor=connection.vendor))
    if not databases.is_empty():
        raise Refused(
            "backup.not_empty", _("数据库不是空的，没有恢复。请先建一个空库，并让 DATABASE_URL 指向它。")
        )
    if any(_files_in(folder) for folder in _folders().values()):
        text = _("文件夹 {folders} 不是空的，没有恢复。请先移走里面的文件。")
        raise Refused("backup.files_there", text.format(folders=listed(map(str, _folders().values()))))
    secret, keys_secret = _passphrases()
    databases.load(read_sealed(data / DATA, secret))
    _unpack(read_sealed(data / FILES, secret))
    call_command("migrate", verbosity=0, interactive=False)
    _load_keys(read_sealed(keys / KEYS, keys_secret))
    for act in AFTER_RESTORE:
        if told := act(actor):
            say(told)
    record(actor=actor, action="jobs.backup.restored", target_kind="backup", target=manifest.made_at)
    return manifest


def _passphrases() -> tuple[str, str]:
    secret = os.environ.get(PASSPHRASE, "")
    keys_secret = os.environ.get(KEYS_PASSPHRASE, "") or secret
    if min(len(secret), len(keys_secret)) < SHORTEST_PASSPHRASE:
        text = _("请先设置环境变量 {name}（至少 {count} 个字符），并另行保管。")
        raise Refused("backup.no_passphrase", text.format(name=PASSPHRASE, count=SHORTEST_PASSPHRASE))
    return secret, keys_secret


def _key_models() -> Iterator[str]:
    return (name for name in KEY_MODELS if name.split(".")[1].lower() in apps.all_models[name.split(".")[0]])


def _key_tables() -> Sequence[str]:
    return [apps.get_model(name)._meta.db_table for name in _key_models()]


def _key_rows() -> Iterator[bytes]:
    for name in _key_models():
        rows = apps.get_model(name)._default_manager.order_by("pk").iterator(chunk_size=2000)
        for row in rows:
            yield serializers.serialize("jsonl", [row]).encode()


def _load_keys(chunks: Iterator[bytes]) -> None:
    with tempfile.TemporaryFile() as file, transaction.atomic():
        file.writelines(chunks)
        file.seek(0)
        for found in serializers.deserialize("jsonl", file):
            found.save()


def _folders() -> dict[str, Path]:
    return {"files": Path(settings.CHELUN_FILES_DIR), "anchors": Path(settings.CHELUN_ANCHOR_DIR)}


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


class _Chunks(io.RawIOBase):
    """What tarfile writes, handed on piece by piece."""

    def __init__(self) -> None:
        self.held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.held.append(bytes(data))
        return len(data)

    def taken(self) -> Iterator[bytes]:
        held, self.held = self.held, []
        yield from held


def _packed() -> Iterator[bytes]:
    put = _Chunks()
    with tarfile.open(fileobj=put, mode="w|") as tar:
        for name, folder in _folders().items():
            for path in _files_in(folder):
                tar.add(path, arcname=f"{name}/{path.relative_to(folder)}", recursive=False)
                yield from put.taken()
    yield from put.taken()


def _unpack(chunks: Iterator[bytes]) -> None:
    folders = _folders()
    with tempfile.TemporaryFile() as file:
        file.writelines(chunks)
        file.seek(0)
        with tarfile.open(fileobj=file, mode="r:") as tar:
            for member in tar:
                _put(tar, member, folders)


def _put(tar: tarfile.TarFile, member: tarfile.TarInfo, folders: dict[str, Path]) -> None:
    # By hand: Debian 12's Python (3.11.2) has no extraction filters yet.
    root, _slash, rest = member.name.partition("/")
    content = tar.extractfile(member)
    path = folders[root] / rest
    if content is None or not path.resolve().is_relative_to(folders[root].resolve()):
        raise Refused("backup.odd_file", _("备份里有不该有的文件，没有恢复完。请用另一份备份。"))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(content, file)
