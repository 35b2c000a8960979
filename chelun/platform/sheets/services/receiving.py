"""A file arrives: it is read once, what may not come in is left out before anything is stored, the rest is staged.

Nothing of the file is kept as it came. Small files are read within the request; a large one waits sealed for the
worker, is read, and is shredded.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.core.identifiers import uuid7
from chelun.platform.audit.services import record
from chelun.platform.regions.selectors import placed, within
from chelun.platform.sheets.batches import place_of
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.columns import is_own_row, is_own_sheet, safe_head, scrub
from chelun.platform.sheets.digests import digest_stream
from chelun.platform.sheets.models import SheetImport, StagedChunk, StoredFile
from chelun.platform.sheets.progress import Progress, no_progress
from chelun.platform.sheets.reading import Table, Unreadable, walk
from chelun.platform.sheets.reading.values import LIMITS, Report, Row
from chelun.platform.sheets.services.files import drop_file, enter_file, keep_file
from chelun.platform.sheets.services.tables import SheetTable, describe, safe_sheet
from chelun.platform.sheets.staging import CHUNK_ROWS, RAW, pack_cell, write_chunk
from chelun.platform.sheets.uploads import IN_MEMORY_BYTES, SealedUpload
from chelun.platform.sheets.vault import open_vault

ASIDES_TOLD = 500


def receive_sheet(
    *, actor: Actor, file: BinaryIO, name: str, region: str, source: str, as_of: date
) -> tuple[SheetImport, bool]:
    """Take a file in. (the import, whether it still has to be read by a job). Refused when the same was brought before.

    `region` is the code of the place whose roster it is; it must lie where the actor may import.
    """
    place, source = _admitted(actor, region, source)
    size, digest = _measured(file)
    if size > settings.CHELUN_MAX_UPLOAD_BYTES:
        raise Refused("sheets.file.too_large", _("文件超过 200 MB，请拆成几份再上传。"))
    earlier = same_before(place, source, digest)
    if earlier is not None:
        _repeat(actor, earlier, region)
        return earlier, False
    sheet_import = SheetImport(
        id=uuid7(), file_name=safe_file_name(name), digest=digest, source=source, as_of=as_of,
        state=ImportState.RECEIVED, owner=actor.actor_name, owner_id=getattr(actor, "id", None), **place,
    )  # fmt: skip
    if size <= IN_MEMORY_BYTES:
        sheet_import.save()
        _write_down(actor, sheet_import, "sheets.import.received")
        file.seek(0)
        read_sheet(sheet_import, file)
        return sheet_import, False
    sheet_import.file = _kept(actor, file, sheet_import, size)
    sheet_import.save()
    _write_down(actor, sheet_import, "sheets.import.received")
    return sheet_import, True


def _measured(file: BinaryIO) -> tuple[int, str]:
    if isinstance(file, SealedUpload):
        return int(file.size or 0), file.digest
    return digest_stream(file)


def _kept(actor: Actor, file: BinaryIO, sheet_import: SheetImport, size: int) -> StoredFile:
    """The file, sealed, until the worker has read it. An upload lies sealed already."""
    about: dict[str, Any] = {
        "actor": actor, "kind": "upload", "name": sheet_import.file_name, "place": place_of(sheet_import),
        "digest": sheet_import.digest,
    }  # fmt: skip
    if isinstance(file, SealedUpload) and file.file_id is not None:
        kept = enter_file(file_id=file.file_id, size=size, **about)
        file.keep()
        return kept
    file.seek(0)
    return keep_file(parts=iter(lambda: file.read(1 << 20), b""), **about)


def safe_file_name(name: str) -> str:
    """A file's name as it may be kept: one that says what a roster may not say of its rows loses its stem."""
    stem, dot, suffix = name.rpartition(".")
    if scrub(stem or suffix)[0] is None:
        return _("（文件名未保存）") + dot + suffix if stem else _("（文件名未保存）")
    return safe_head(stem)[:120] + dot + suffix[:20] if dot else safe_head(suffix)[:120]


def _admitted(actor: Actor, region: str, source: str) -> tuple[dict[str, str], str]:
    if not within(region, actor.scope_for("sheets.import")):
        raise Refused(
            "sheets.region.out_of_scope", _("您没有在这个地区导入表格的权限，请选择自己负责的地区。")
        )
    if not source.strip():
        sentence = _("请填写来源，例如“企业职工花名册”，以后同一来源的表会自动套用对应列。")
        raise Refused("sheets.source.empty", sentence)
    if scrub(source)[0] is None:
        sentence = _("来源名称里有名册不得带入的内容，请换一个说法，例如写报送单位的名称。")
        raise Refused("sheets.source.forbidden", sentence)
    return placed(region), source.strip()[:60]


def same_before(place: Mapping[str, str], source: str, digest: str) -> SheetImport | None:
    """The published import of the same bytes from the same source in the same place, if there is one."""
    same = SheetImport.objects.filter(digest=digest, source=source, state=ImportState.PUBLISHED, **place)
    return same.order_by("-created_at").first()


def read_waiting(sheet_import: SheetImport, progress: Progress = no_progress) -> None:
    """Read a large file that waits in the vault, then shred it. Begins anew when it is called again."""
    if sheet_import.state != ImportState.RECEIVED:
        return
    if sheet_import.file is None:
        raise Refused("sheets.import.file_gone", _("上传的文件已过期清除，请重新上传。"))
    with open_vault(sheet_import.file.pk) as file:
        read_sheet(sheet_import, file, progress)
    waiting, sheet_import.file = sheet_import.file, None
    sheet_import.save(update_fields=["file"])
    drop_file(waiting)


def read_sheet(sheet_import: SheetImport, file: BinaryIO, progress: Progress = no_progress) -> None:
    """Read everything once: tables and columns, forbidden ones named and left out, rows staged. Begins anew if called again."""
    StagedChunk.objects.filter(sheet_import=sheet_import).delete()
    report = Report()
    reader = _Reader(sheet_import, progress)
    try:
        for item in walk(file, limits=LIMITS, name=sheet_import.file_name, report=report):
            reader.take(item)
        reader.finish(report)
    except Unreadable as error:
        sheet_import.state = ImportState.UNREADABLE
        sheet_import.error = _(error.message).format(**_told(error.params))[:500]
        sheet_import.save(update_fields=["state", "error"])


def _told(params: Mapping[str, str | int]) -> dict[str, str | int]:
    """What a refusal says of a file, with the name of its sheet as it may be kept."""
    return {**params, "sheet": safe_sheet(str(params["sheet"]))} if "sheet" in params else dict(params)


def _repeat(actor: Actor, earlier: SheetImport, region: str) -> None:
    record(
        actor=actor, action="sheets.import.repeated", target_kind="import", target=earlier.pk, region=region,
        purpose=earlier.source,
    )  # fmt: skip


def _write_down(actor: Actor, sheet_import: SheetImport, action: str) -> None:
    region = sheet_import.county or sheet_import.city or sheet_import.province
    record(
        actor=actor, action=action, target_kind="import", target=sheet_import.pk, region=region,
        purpose=sheet_import.source,
    )  # fmt: skip


class _Reader:
    """Collects the rows of each table, decides on its columns after a sample, and stages what may come in."""

    def __init__(self, sheet_import: SheetImport, progress: Progress) -> None:
        self._import = sheet_import
        self._progress = progress
        self._tables: list[SheetTable] = []
        self._open: dict[int, SheetTable] = {}
        self._asides: list[dict[str, Any]] = []
        self._chunks = 0

    def take(self, item: Table | Row) -> None:
        """One table or row, as the walk gives it."""
        if isinstance(item, Table):
            if item.number == 1:
                self._open = {}
            if is_own_sheet(item.sheet):
                return
            table = SheetTable(len(self._tables), item)
            self._tables.append(table)
            self._open[item.number] = table
            return
        found = self._open.get(item.table)
        if found is None or item.kind != "data" or is_own_row(item.cells):
            self._aside(item, found)
            return
        found.count(item)
        found.waiting.append(item)
        if len(found.waiting) >= CHUNK_ROWS:
            self._stage(found)

    def finish(self, report: Report) -> None:
        """Stage what is left and write down what was found."""
        for table in self._tables:
            self._stage(table)
        sheet_import = self._import
        sheet_import.tables = [describe(table, sheet_import) for table in self._tables]
        sheet_import.dropped = [dropped for table in self._tables for dropped in table.dropped_columns()]
        sheet_import.warnings = self._asides
        sheet_import.counts = {"read": report.read, "hidden": report.hidden, "kinds": dict(report.kinds)}
        sheet_import.state = ImportState.MAPPING
        if not any(table.rows for table in self._tables):
            sheet_import.state = ImportState.UNREADABLE
            sheet_import.error = _("没有找到名单：请确认表里有表头和数据行，另存为 .xlsx 后再上传。")
        sheet_import.save()

    def _aside(self, row: Row, table: SheetTable | None) -> None:
        if len(self._asides) < ASIDES_TOLD:
            kind = "own" if row.kind == "data" and is_own_row(row.cells) else row.kind
            self._asides.append({"row": row.number, "kind": kind, "sheet": table.sheet if table else ""})

    def _stage(self, table: SheetTable) -> None:
        if not table.waiting:
            return
        rows = list(_staged(table))
        if table.first_chunk < 0:
            table.first_chunk = self._chunks
        with transaction.atomic():
            write_chunk(self._import.pk, RAW, self._chunks, "", rows)
        self._chunks += 1
        self._progress(sum(table.rows for table in self._tables), 0, "")
        table.waiting.clear()


def _staged(table: SheetTable) -> Iterator[list[Any]]:
    table.settle_columns()
    for row in table.waiting:
        cells = [pack_cell(table.admitted(index, row.cells[index])) for index in table.kept]
        yield [table.key, row.number, int(row.hidden), cells]
