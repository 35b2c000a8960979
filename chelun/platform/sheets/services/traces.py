"""Where a person may still lie when he is erased: stored files, staged rows, imports on their way.

What exactly happens, so that the proof can say it:

- a *stored file* (upload, refusal workbook, export) of a place that knows him, or of a place above or below it, is opened
  in memory; one in which his name or a whole number of his stands goes at once, as do the files of every import that
  brought rows of his;
- a *staged chunk* of an import that is over, and in which he stands, goes at once;
- an *open import* whose staged rows name him by a number of his (by his name, if no number is known) is cancelled: whoever
  brought it hears that somebody in it was erased, and brings it again without him.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import IO, BinaryIO
from uuid import UUID
from zipfile import ZipFile

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chelun.core.actors import SystemActor
from chelun.core.crypto import Unsealable
from chelun.core.errors import Refused
from chelun.core.jsontext import to_json_bytes
from chelun.engines.tables.reading.package import DAMAGE
from chelun.platform.privacy.kinds import Known, Search, Trace
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.choices import OPEN_STATES, ImportState
from chelun.platform.sheets.models import SheetImport, StagedChunk, StoredFile
from chelun.platform.sheets.services.clearing import cancel_import
from chelun.platform.sheets.services.files import drop_file
from chelun.platform.sheets.staging import read_chunk
from chelun.platform.sheets.vault import open_vault

ENCODINGS = ("utf-8", "gb18030", "utf-16-le")
OPEN = (*OPEN_STATES, ImportState.PUBLISHING, ImportState.UNREADABLE)
PIECE, OVERLAP = 1 << 20, 400
_ACTOR = SystemActor("chelun erase")


def clear_sheets(search: Search) -> Mapping[str, int]:
    """Remove what sheets hold of somebody; how many files, chunks and imports."""
    places = [placed(home) for home in search.homes]
    near = _near(places)
    counts: Counter[str] = Counter()
    named = SheetImport.objects.filter(Q(batch__in=search.batches) | Q(undo_batch__in=search.batches))
    for sheet_import in named.exclude(state__in=OPEN):
        counts["files"] += _drop(sheet_import.file) + _drop(sheet_import.refusals)
    for sheet_import in SheetImport.objects.filter(near).order_by("pk"):
        counts += _clear_import(sheet_import, search.known)
    for name in search.known.names:
        called = SheetImport.objects.filter(near, file_name__contains=name)
        counts["names"] += called.update(file_name=gettext("（文件名未保存）"))
    for file in StoredFile.objects.filter(near).order_by("pk"):
        if _stands_in_file(file, search.known):
            counts["files"] += _drop(file)
    return +counts


def by_open_import(kind: str, home: str, subjects: Collection[UUID]) -> Collection[UUID]:
    """Whose file is beyond its term waits while an import near his place is on its way: it may name him anew."""
    if not kind:
        return ()
    on_the_way = SheetImport.objects.filter(_near([placed(home)]), state__in=(*OPEN, ImportState.UNDOING))
    return subjects if on_the_way.exists() else ()


def _near(places: Iterable[Mapping[str, str]]) -> Q:
    """Rows of these places, of those above them and of those below."""
    condition = Q(pk__in=[])
    for place in places:
        overlap = Q()
        for level in ("province", "city", "county"):
            if place[level]:
                overlap &= Q(**{f"{level}__in": ["", place[level]]})
        condition |= overlap
    return condition


def _drop(file: StoredFile | None) -> int:
    drop_file(file)
    return int(file is not None)


def _clear_import(sheet_import: SheetImport, known: Known) -> Counter[str]:
    chunks = StagedChunk.objects.filter(sheet_import=sheet_import)
    if sheet_import.state in OPEN:
        sure = known.numbers or known.names
        if not any(_stands_in_chunk(chunk, sure) for chunk in chunks.iterator(chunk_size=1)):
            return Counter()
        try:
            cancel_import(actor=_ACTOR, sheet_import=sheet_import)
        except Refused:
            # Published meanwhile: what it brought goes with the tables, its staged rows go with its end.
            return Counter()
        told = gettext("表里有一人的信息已按要求抹除，这次导入已取消。请删去他的那一行，再重新上传。")
        SheetImport.objects.filter(pk=sheet_import.pk).update(error=told)
        return Counter(imports=1)
    everything = known.names | known.numbers
    gone = [chunk.pk for chunk in chunks.iterator(chunk_size=1) if _stands_in_chunk(chunk, everything)]
    StagedChunk.objects.filter(pk__in=gone).delete()
    return Counter(chunks=len(gone))


def _stands_in_chunk(chunk: StagedChunk, words: Collection[str]) -> bool:
    text = _bare(to_json_bytes(read_chunk(chunk)).decode())
    return any(_bare(word) in text for word in words)


def _bare(text: str) -> str:
    """Text without what people put between the digits of a number."""
    return text.replace(" ", "").replace("-", "").upper()


def _stands_in_file(file: StoredFile, known: Known) -> bool:
    """Whether a name or number stands in a file, packed or not, in any encoding in which sheets come."""
    words = [word.encode(encoding) for word in known.names | known.numbers for encoding in ENCODINGS]
    try:
        with open_vault(file.pk) as plain:
            return _stands_in(plain, words) or _stands_packed(plain, words)
    except (FileNotFoundError, Unsealable):
        return False


def _stands_packed(plain: BinaryIO, words: Collection[bytes]) -> bool:
    """Whether a word stands in a part of a zip. One that cannot be read to its end may hold him, so it counts as one that does."""
    plain.seek(0)
    begins_as_zip = plain.read(2) == b"PK"
    try:
        packed = ZipFile(plain)
    except DAMAGE:
        return begins_as_zip
    try:
        return any(_stands_in(packed.open(name), words) for name in packed.namelist())
    except DAMAGE:
        return True


def _stands_in(content: IO[bytes], words: Collection[bytes]) -> bool:
    return any(word in piece for piece in _pieces(content) for word in words)


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    """Pieces that overlap by more than a word may take."""
    before = b""
    while piece := content.read(PIECE):
        yield before + piece
        before = piece[-OVERLAP:]


SHEETS = Trace(
    "sheets",
    {
        "files": _("存放的文件（上传件、退回表、导出件）"),
        "chunks": _("暂存的块"),
        "imports": _("未完成、已取消的导入"),
        "names": _("含有姓名的文件名"),
    },
    clear_sheets,
)
