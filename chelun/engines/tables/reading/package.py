"""Zip packages and the XML in them, read in pieces and with bounds: the outer skin of .xlsx and .ods.

Nothing is ever unpacked to disk and no name in a package is used as a path; nothing outside it is opened.
"""

import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.parsers import expat

from chelun.engines.tables.reading.files import CHUNK
from chelun.engines.tables.reading.sentences import Unreadable
from chelun.engines.tables.reading.values import LIMITS, Limits

Attributes = dict[str, str]
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
"""What reading a zip raises where it is cut off, damaged, locked or packed in a way of its own."""
_TOKEN = 8 * 1024**2
_DIRECTORY = 4 * 1024**2
_SMALL_TAGS = 2_000_000
_DEPTH = 64


class Package:
    """The parts of a zip by their names in lower case, as the office formats compare them."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        """Open the directory of a zip; refuses locked, doubled, senseless or bursting ones."""
        self.limits = limits
        _check_directory(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except DAMAGE as error:
            raise Unreadable("broken") from error
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        if len(infos) > limits.parts:
            raise Unreadable("bomb")
        self._parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
        if len(self._parts) < len(infos):
            raise Unreadable("broken")
        self._check(infos)

    def _check(self, infos: list[zipfile.ZipInfo]) -> None:
        """Refuse by what the directory states; `zipfile` never gives more than is stated, so a lie only cuts short."""
        if any(info.flag_bits & 1 for info in infos):
            raise Unreadable("password")
        if sum(info.file_size for info in infos) > self.limits.unpacked_bytes:
            raise Unreadable("bomb")
        for info in infos:
            if info.file_size > max(self.limits.ratio_from_bytes, info.compress_size * self.limits.ratio):
                raise Unreadable("bomb")

    def names(self) -> list[str]:
        """Return the names of all parts, in lower case."""
        return list(self._parts)

    def __contains__(self, name: str) -> bool:
        """Whether a part is there."""
        return name.lower() in self._parts

    def size(self, name: str) -> int:
        """Return the unpacked size of a part in bytes, 0 where there is none."""
        info = self._parts.get(name.lower())
        return info.file_size if info else 0

    def chunks(self, name: str) -> Iterator[bytes]:
        """Give a part piece by piece; a part that is not there or is damaged is `Unreadable`."""
        info = self._parts.get(name.lower())
        if info is None:
            raise Unreadable("broken")
        try:
            with self._zip.open(info) as part:
                while piece := part.read(CHUNK):
                    yield piece
        except DAMAGE as error:
            raise Unreadable("broken") from error

    def small(self, name: str) -> Iterator[bytes]:
        """Give a part that lists or describes; refuses one that is far too big for that."""
        if self.size(name) > self.limits.small_part_bytes:
            raise Unreadable("bomb")
        return self.chunks(name)


def _check_directory(file: BinaryIO) -> None:
    """Refuse a zip whose directory alone is megabytes, before `zipfile` reads it into memory."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 70_000))
    tail = file.read()
    file.seek(0)
    for mark, form, at in ((b"PK\5\6", "<L", 12), (b"PK\6\6", "<Q", 40)):
        place = tail.find(mark)
        while 0 <= place <= len(tail) - at - struct.calcsize(form):
            (length,) = struct.unpack_from(form, tail, place + at)
            if _DIRECTORY < length <= size and length != 0xFFFFFFFF:
                raise Unreadable("bomb")
            place = tail.find(mark, place + 1)


class Patience:
    """How many tags a document may hold for what is found in it: much noise around few cells is refused in time."""

    def __init__(self, limits: Limits, tags: int | None = None) -> None:
        """Begin with the tags that any document may hold before a cell is found."""
        self._left = limits.idle_tags if tags is None else tags
        self._per_cell = limits.tags_per_cell
        self._names = limits.tag_names

    def found(self, cells: int) -> None:
        """Allow for the tags of so many cells."""
        self._left += cells * self._per_cell

    def take(self, piece: bytes, parser: expat.XMLParserType) -> None:
        """Count the tags of a piece that has been read; a parser holds every tag's name, so their number is bounded too."""
        self._left -= piece.count(b"<")
        if self._left < 0 or len(parser.intern) > self._names:
            raise Unreadable("bomb")


def new_parser() -> expat.XMLParserType:
    """Return an XML parser that refuses any DOCTYPE, and with it every entity."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    raise Unreadable("entities")


def feed(
    parser: expat.XMLParserType, pieces: Iterator[bytes], patience: Patience, whole: bool = True
) -> Iterator[None]:
    """Feed a parser; gives control back after each piece so that the caller can hand on what it has found.

    With `whole` the document must come to its end; without, the caller has cut off an end that holds nothing.

    A single tag or attribute longer than 8 MB is refused: the parser would have to hold it.
    """
    fed = 0
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > _TOKEN:
                raise Unreadable("bomb")
            patience.take(piece, parser)
            yield
        if whole:
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unreadable("broken") from error
    yield


def local(name: str) -> str:
    """Return a tag or attribute name without its prefix."""
    return name.rpartition(":")[2]


def elements(
    pieces: Iterator[bytes],
    see: Callable[[str, Attributes], None],
    tags: frozenset[str],
    patience: Patience | None = None,
) -> None:
    """Call `see` with name and attributes of each element of these names that starts; prefixes are taken off."""
    parser = new_parser()
    depth = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise Unreadable("broken")
        tag = local(name)
        if tag in tags:
            see(tag, {local(key): value for key, value in attributes.items()})

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    for _ in feed(parser, pieces, patience or Patience(LIMITS, _SMALL_TAGS)):
        pass
