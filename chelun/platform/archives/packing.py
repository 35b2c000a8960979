"""The file of an archive: a tar of open JSON Lines with a manifest at its end, compressed, then sealed under a passphrase.

Inside are `README.txt`, `<table>/<part>.jsonl` with at most some hundred lines each, and `manifest.json` with the number of
lines and the SHA-256 of every part. A part is a step of joining: nothing larger is held in memory, and nothing lies on a
disk in the clear.
"""

import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.jsontext import from_json, to_json_bytes
from chelun.platform.archives.carried import Row
from chelun.platform.jobs.safekeeping.sealing import read_sealed, write_sealed

FORMAT = 1
LABEL = "chelun-archive"
README, MANIFEST = "README.txt", "manifest.json"
PART_ROWS, PART_BYTES = 250, 4 * 1024**2
"""A part ends with whichever comes first; a larger row is a part of its own."""
SHORTEST_PASSPHRASE = 12
ABOUT = (
    "Chelun archive. Each folder is a table, each line of its files a row in JSON (UTF-8); manifest.json holds the number\n"
    "of lines and the SHA-256 of every file. Keys are base64 and open nothing but the trail that came along.\n"
)


@dataclass(slots=True)
class Manifest:
    """What an archive says of itself. `parts` maps each part's name to [rows, SHA-256]."""

    format: int
    version: str
    region: str
    name: str
    made_at: str
    origin: str
    whole_trail: bool
    parts: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by table."""
        counts: dict[str, int] = {}
        for part, (rows, _digest) in self.parts.items():
            table = part.partition("/")[0]
            counts[table] = counts.get(table, 0) + rows
        return counts


@dataclass(frozen=True, slots=True)
class Part:
    """One part as it lies in the file."""

    name: str
    body: bytes

    @property
    def table(self) -> str:
        """The rows' kind: the name under which it is carried."""
        return self.name.partition("/")[0]

    @property
    def rows(self) -> list[Row]:
        """Its rows."""
        return [from_json(line) for line in self.body.splitlines()]


def write_packed(
    path: Path, passphrase: str, manifest: Manifest, parts: Iterable[tuple[str, Iterable[Row]]]
) -> str:
    """Write an archive; `parts` are (table, all its rows). The file's SHA-256. Refused for a short passphrase or a file that is there."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        text = _("口令至少 {count} 个字符，请另行告知接收单位。")
        raise Refused("archives.passphrase", text.format(count=SHORTEST_PASSPHRASE))
    if path.exists():
        raise Refused("archives.exists", _("{path} 已存在，请换一个文件名。").format(path=path))
    try:
        return write_sealed(path, passphrase, _packed(manifest, parts), label=LABEL)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def unseen(part: Part) -> None:
    """Nobody else looks at the parts."""


def check_packed(path: Path, passphrase: str, look: Callable[[Part], object] = unseen) -> Manifest:
    """Read an archive whole and compare it with its manifest. Refused with a sentence when anything differs.

    `look` is shown every part on the way.
    """
    found: dict[str, list[Any]] = {}
    manifest: Manifest | None = None
    for part in read_packed(path, passphrase):
        if part.name == MANIFEST:
            manifest = _manifest(part.body)
        elif part.name != README:
            found[part.name] = _measured(part.body)
            look(part)
    if manifest is None or manifest.parts != found:
        raise Refused("archives.differs", _("档案包与它的清单不符，没有并入。请向打包单位重新要一份。"))
    return manifest


def read_packed(path: Path, passphrase: str) -> Iterator[Part]:
    """The parts of an archive in order, one in memory at a time."""
    stream = io.BufferedReader(_Stream(read_sealed(path, passphrase, label=LABEL)), 1 << 20)
    try:
        with tarfile.open(fileobj=stream, mode="r|gz") as tar:
            for member in tar:
                content = tar.extractfile(member)
                yield Part(member.name, content.read() if content else b"")
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise Refused("archives.no_file", _("没有这个文件：{path}").format(path=path)) from None
        raise Refused("archives.broken", _("打不开档案包：文件不完整。请向打包单位重新要一份。")) from None


def open_packed(path: Path, passphrase: str, folder: Path) -> Manifest:
    """Write the open files of an archive into a new folder that only the owner may read: for whoever has another system."""
    manifest = check_packed(path, passphrase)
    folder.mkdir(mode=0o700, parents=True)
    for part in read_packed(path, passphrase):
        target = folder / part.name
        if not target.resolve().is_relative_to(folder.resolve()):
            raise Refused("archives.odd_file", _("档案包里有不该有的文件，没有解完。"))
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(part.body)
    return manifest


def _packed(manifest: Manifest, tables: Iterable[tuple[str, Iterable[Row]]]) -> Iterator[bytes]:
    put = _Held()
    with tarfile.open(fileobj=put, mode="w|gz") as tar:
        _add(tar, README, ABOUT.encode())
        for table, rows in tables:
            for number, body in enumerate(_bodies(rows), 1):
                name = f"{table}/{number:06}.jsonl"
                manifest.parts[name] = _measured(body)
                _add(tar, name, body)
                yield from put.taken()
        _add(tar, MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode())
    yield from put.taken()


def _bodies(rows: Iterable[Row]) -> Iterator[bytes]:
    held: list[bytes] = []
    for line in map(to_json_bytes, rows):
        if held and (len(held) == PART_ROWS or sum(map(len, held)) + len(line) > PART_BYTES):
            yield b"\n".join(held)
            held = []
        held.append(line)
    if held:
        yield b"\n".join(held)


def _measured(body: bytes) -> list[Any]:
    return [body.count(b"\n") + 1, hashlib.sha256(body).hexdigest()]


def _add(tar: tarfile.TarFile, name: str, body: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(body), 0o600
    tar.addfile(member, io.BytesIO(body))


def _manifest(body: bytes) -> Manifest:
    try:
        found = Manifest(**from_json(body))
    except (ValueError, TypeError):
        raise Refused("archives.no_manifest", _("这不是完整的档案包（没有清单）。")) from None
    if found.format > FORMAT:
        raise Refused("archives.newer", _("档案包由更新的版本打成，请先升级本系统。"))
    return found


class _Held(io.RawIOBase):
    """What tarfile writes, handed on piece by piece."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._held.append(bytes(data))
        return len(data)

    def taken(self) -> Iterator[bytes]:
        held, self._held = self._held, []
        yield from held


class _Stream(io.RawIOBase):
    """Pieces of bytes as a file to read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        count = min(len(buffer), len(self._left))
        buffer[:count], self._left = self._left[:count], self._left[count:]
        return count
