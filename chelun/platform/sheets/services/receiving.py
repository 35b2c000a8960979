"""A file arrives: it is read once, what may not come in is left out before anything is stored, the rest is staged.

Nothing of the file is kept as it came. Small files are read within the request; a large one waits sealed for the
worker, is read, and is shredded.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.core.identifiers import uuid7
from chelun.core.locks import commit_lazily
from chelun.engines.tables.columns import is_own_row, is_own_sheet, safe_head, scrub
from chelun.engines.tables.reading import Table, Unreadable, walk
from chelun.engines.tables.reading.values import LIMITS, Report, Row
from chelun.platform.audit.services import record
from chelun.platform.jobs.processes import is_gone, own_name
from chelun.platform.jobs.rules import WorkerName
from chelun.platform.regions.selectors import placed, within
from chelun.platform.sheets.batches import place_of
from chelun.platform.sheets.choices import OPEN_STATES, ImportState
from chelun.platform.sheets.digests import digest_stream
from chelun.platform.sheets.models import SheetImport, StoredFile
from chelun.platform.sheets.progress import Progress, no_progress
from chelun.platform.sheets.registers import registers_at
from chelun.platform.sheets.services.files import drop_file, enter_file, new_sealed
from chelun.platform.sheets.services.stepwise import drop_staged, locked
from chelun.platform.sheets.services.tables import SheetTable, describe, safe_sheet
from chelun.platform.sheets.staging import CHUNK_CHARS, CHUNK_ROWS, RAW, pack_cell, write_chunk
from chelun.platform.sheets.uploads import IN_MEMORY_BYTES, SealedUpload
from chelun.platform.sheets.vault import open_vault

ASIDES_NAMED = 12
"""Of the rows that are passed over so many are named for each sheet and kind; all are counted."""
READ_AT_ONCE = timedelta(minutes=1)
"""Within a request nobody reads longer than that."""
READING = "reading"
"""Among the counts while a file is read: which reading may write."""


def receive_sheet(
    *, actor: Actor, file: BinaryIO, name: str, region: str, source: str, as_of: date, any_day: bool = False
) -> tuple[SheetImport, bool]:
    """Take a file in. (the import, whether it still has to be read by a job). The same content is not taken twice.

    `region` is the code of the place whose roster it is; it must lie where the actor may import. Bytes that were
    published before give that import; bytes that came before and were not done with give that one, to go on with –
    of the same day of data, unless `any_day`.
    """
    place, source = _admitted(actor, region, source)
    size, digest = _measured(file)
    if size > settings.CHELUN_MAX_UPLOAD_BYTES:
        raise Refused("sheets.file.too_large", _("文件超过 150 MB，请拆成几份再上传。"))
    earlier = same_before(place, source, digest)
    if earlier is not None:
        _write_down(actor, earlier, "sheets.import.repeated", region)
        return earlier, False
    begun = unfinished(place, source, digest, None if any_day else as_of)
    if begun is not None and not (begun.state == ImportState.RECEIVED and begun.file_id is None):
        return begun, begun.state == ImportState.RECEIVED
    sheet_import = begun or SheetImport(
        id=uuid7(), file_name=safe_file_name(name), digest=digest, source=source, as_of=as_of,
        state=ImportState.RECEIVED, owner=actor.actor_name, owner_id=getattr(actor, "id", None),
        counts={READING: {"by": str(own_name())}}, **place,
    )  # fmt: skip
    sealed = _sealed(file) if size > IN_MEMORY_BYTES else None
    with transaction.atomic():
        if sealed is not None:
            sheet_import.file = _entered(actor, sheet_import, sealed, size)
        sheet_import.save()
        if begun is None:
            _write_down(actor, sheet_import, "sheets.import.received", region)
    if sealed is None:
        file.seek(0)
        read_sheet(sheet_import, file)
    elif isinstance(file, SealedUpload):
        file.keep()
    return sheet_import, sealed is not None


def _measured(file: BinaryIO) -> tuple[int, str]:
    if isinstance(file, SealedUpload):
        return int(file.size or 0), file.digest
    return digest_stream(file)


def _sealed(file: BinaryIO) -> UUID:
    """The file's bytes, sealed until the worker has read them. Those of an upload lie sealed already."""
    if isinstance(file, SealedUpload) and file.file_id is not None:
        return file.file_id
    file.seek(0)
    with new_sealed() as (file_id, writer):
        while part := file.read(1 << 20):
            writer.write(part)
    return file_id


def _entered(actor: Actor, sheet_import: SheetImport, file_id: UUID, size: int) -> StoredFile:
    return enter_file(
        file_id=file_id, size=size, actor=actor, kind="upload", name=sheet_import.file_name,
        place=place_of(sheet_import), digest=sheet_import.digest,
    )  # fmt: skip


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


def unfinished(place: Mapping[str, str], source: str, digest: str, as_of: date | None) -> SheetImport | None:
    """An import of the same bytes from the same source in the same place that was begun and not brought to an end.

    One that is just being read by a process that is alive is left to it.
    """
    states = (*OPEN_STATES, ImportState.PUBLISHING)
    same = SheetImport.objects.filter(digest=digest, source=source, state__in=states, **place)
    if as_of is not None:
        same = same.filter(as_of=as_of)
    return next((each for each in same.order_by("-created_at") if not _is_being_read(each)), None)


def _is_being_read(sheet_import: SheetImport) -> bool:
    """Whether somebody's request or command reads the file right now; what waits in the vault is the worker's."""
    if sheet_import.state != ImportState.RECEIVED or sheet_import.file_id is not None:
        return False
    reader = WorkerName.parse(sheet_import.counts.get(READING, {}).get("by", ""))
    gone = reader is None or is_gone(reader)
    return not gone and sheet_import.created_at > timezone.now() - READ_AT_ONCE


def read_waiting(sheet_import: SheetImport, progress: Progress = no_progress) -> None:
    """Read a large file that waits in the vault, then shred it. Begins anew when it is called again."""
    waiting = sheet_import.file
    if sheet_import.state == ImportState.RECEIVED:
        _read_kept(sheet_import, waiting, progress)
    drop_file(waiting)
    sheet_import.file = None


def _read_kept(sheet_import: SheetImport, kept: StoredFile | None, progress: Progress) -> None:
    try:
        if kept is not None:
            with open_vault(kept.pk) as file:
                return read_sheet(sheet_import, file, progress)
    except FileNotFoundError:
        pass
    raise Refused("sheets.import.file_gone", _("上传的文件已过期清除，请重新上传。"))


def read_sheet(sheet_import: SheetImport, file: BinaryIO, progress: Progress = no_progress) -> None:
    """Read everything once: tables and columns, forbidden ones named and left out, rows staged. Begins anew if called again."""
    reading = Reading.begin(sheet_import)
    report = Report()
    reader = _Reader(sheet_import, reading, progress)
    try:
        for item in walk(file, limits=LIMITS, name=sheet_import.file_name, report=report):
            reader.take(item)
        reader.finish(report)
    except Unreadable as error:
        sheet_import.error = _(error.message).format(**_told(error.params))[:500]
        reading.end(ImportState.UNREADABLE, "error")


def _told(params: Mapping[str, str | int]) -> dict[str, str | int]:
    """What a refusal says of a file, with the name of its sheet as it may be kept."""
    return {**params, "sheet": safe_sheet(str(params["sheet"]))} if "sheet" in params else dict(params)


class Reading:
    """One reading of a file. Only the one that began last may write: an earlier one may still be at work elsewhere."""

    def __init__(self, sheet_import: SheetImport) -> None:
        self._import = sheet_import
        self.mark = {"by": str(own_name()), "token": str(uuid7())}

    @classmethod
    def begin(cls, sheet_import: SheetImport) -> "Reading":
        """Take the reading over, and clear away what an earlier one staged."""
        reading = cls(sheet_import)
        with transaction.atomic():
            if locked(sheet_import.pk).state != ImportState.RECEIVED:
                raise _given_up()
            SheetImport.objects.filter(pk=sheet_import.pk).update(counts={READING: reading.mark})
        drop_staged(sheet_import.pk)
        return reading

    def stage(self, number: int, rows: list[Any]) -> None:
        """Write one chunk of raw rows."""
        with transaction.atomic():
            commit_lazily()
            self._check()
            write_chunk(self._import.pk, RAW, number, "", rows)

    def end(self, state: str, *fields: str) -> None:
        """Write down what was found, and that the file is read."""
        with transaction.atomic():
            self._check()
            self._import.state = state
            self._import.save(update_fields=["state", *fields])

    def _check(self) -> None:
        present = locked(self._import.pk)
        if present.state != ImportState.RECEIVED or present.counts.get(READING) != self.mark:
            raise _given_up()


def _given_up() -> Refused:
    return Refused("sheets.import.given_up", _("这次导入已经取消，或正由另一处重新读取。"))


def _write_down(actor: Actor, sheet_import: SheetImport, action: str, region: str) -> None:
    record(
        actor=actor, action=action, target_kind="import", target=sheet_import.pk, region=region,
        purpose=sheet_import.source,
    )  # fmt: skip


class _Reader:
    """Collects the rows of each table, decides on its columns after a sample, and stages what may come in."""

    def __init__(self, sheet_import: SheetImport, reading: Reading, progress: Progress) -> None:
        self._import = sheet_import
        self._reading = reading
        self._progress = progress
        self._registers = registers_at(place_of(sheet_import))
        self._tables: list[SheetTable] = []
        self._open: dict[int, SheetTable] = {}
        self._asides: dict[tuple[str, str], dict[str, Any]] = {}
        self._chunks = 0

    def take(self, item: Table | Row) -> None:
        """One table or row, as the walk gives it."""
        if isinstance(item, Table):
            if item.number == 1:
                self._open = {}
            if is_own_sheet(item.sheet):
                return
            table = SheetTable(len(self._tables), item, self._registers)
            self._tables.append(table)
            self._open[item.number] = table
            return
        found = self._open.get(item.table)
        if found is None or item.kind != "data" or is_own_row(item.cells):
            self._pass_over(item, found)
            return
        if item.aside:
            self._tell(found.sheet, "beside", item.number)
        found.add(item)
        if len(found.waiting) >= CHUNK_ROWS or found.waiting_chars >= CHUNK_CHARS:
            self._stage(found)

    def finish(self, report: Report) -> None:
        """Stage what is left and write down what was found."""
        for table in self._tables:
            self._stage(table)
        sheet_import = self._import
        sheet_import.tables = [describe(table, sheet_import) for table in self._tables]
        sheet_import.dropped = [dropped for table in self._tables for dropped in table.dropped_columns()]
        sheet_import.warnings = list(self._asides.values())
        sheet_import.counts = {"read": report.read, "hidden": report.hidden, "kinds": dict(report.kinds)}
        state = ImportState.MAPPING
        if not any(table.rows for table in self._tables):
            state = ImportState.UNREADABLE
            sheet_import.error = _("没有找到名单：请确认表里有表头和数据行，另存为 .xlsx 后再上传。")
        self._reading.end(state, "tables", "dropped", "warnings", "counts", "error")

    def _pass_over(self, row: Row, table: SheetTable | None) -> None:
        """Tell of a row that is no row of data, or one of ours."""
        kind: str = "own" if row.kind == "data" else row.kind
        self._tell(table.sheet if table else "", kind, row.number)

    def _tell(self, sheet: str, kind: str, number: int) -> None:
        told = self._asides.setdefault((sheet, kind), {"sheet": sheet, "kind": kind, "count": 0, "rows": []})
        told["count"] += 1
        if len(told["rows"]) < ASIDES_NAMED:
            told["rows"].append(number)

    def _stage(self, table: SheetTable) -> None:
        if not table.waiting:
            return
        rows = list(_staged(table))
        if table.first_chunk < 0:
            table.first_chunk = self._chunks
        self._reading.stage(self._chunks, rows)
        self._chunks += 1
        self._progress(sum(table.rows for table in self._tables), 0, "")
        table.emptied()


def _staged(table: SheetTable) -> Iterator[list[Any]]:
    table.settle_columns()
    for row in table.waiting:
        cells = [pack_cell(table.admitted(index, row.cells[index])) for index in table.kept]
        yield [table.key, row.number, int(row.hidden), cells]
