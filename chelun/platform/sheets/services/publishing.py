"""Checked rows go into the registers, out of everybody's sight, and become visible in one small write at the end."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.ahead import ahead
from chelun.core.errors import Refused
from chelun.platform.audit.services import record
from chelun.platform.sheets.batches import open_batch, place_of, publish_batch
from chelun.platform.sheets.choices import OPEN_STATES, ImportState
from chelun.platform.sheets.models import Batch, SheetImport, StagedChunk
from chelun.platform.sheets.progress import Progress, no_progress
from chelun.platform.sheets.registers import REGISTERS, Prepare, Publisher, Register, StagedRow
from chelun.platform.sheets.services.checking import intake_of
from chelun.platform.sheets.services.files import drop_file
from chelun.platform.sheets.staging import GOOD, RAW, chunks_of, read_chunk
from chelun.platform.sheets.turns import Turn

SWEEP_ROWS = 500
ATTEMPTS = 3
ROWS_WORTH_A_PROCESS = 5000


def begin_publication(*, actor: Actor, sheet_import: SheetImport) -> None:
    """Open the batch. Refused unless the rows are checked, and while another batch is at work in the same place."""
    with transaction.atomic():
        present = SheetImport.objects.select_for_update().get(pk=sheet_import.pk)
        if present.state != ImportState.CHECKED:
            raise Refused("sheets.import.not_checked", _("这份表还没有检查完，或已经入库。"))
        present.batch = open_batch(place_of(present))
        present.state = ImportState.PUBLISHING
        present.save(update_fields=["batch", "state"])
        record(
            actor=actor, action="sheets.import.confirmed", target_kind="import", target=present.pk,
            region=region_of(present), purpose=present.source,
        )  # fmt: skip
    sheet_import.refresh_from_db()


def publish_sheet(*, actor: Actor, sheet_import: SheetImport, progress: Progress = no_progress) -> None:
    """Bring all checked rows in and show them. Goes on where it stopped when it is called again after a kill."""
    done, total = _so_far(sheet_import)
    turn = Turn()
    for register in REGISTERS:
        publisher = register.publisher(intake_of(actor, sheet_import))
        for chunk, rows in _prepared(register, sheet_import, total - done):
            _apply(publisher, sheet_import.pk, chunk, rows)
            turn.give()
            done += chunk.rows
            progress(done, total, "")
    _show(actor, sheet_import)
    sheet_import.refresh_from_db()
    if sheet_import.state != ImportState.PUBLISHED:
        raise _given_up()
    sweep_batch(sheet_import.batch_id)
    StagedChunk.objects.filter(sheet_import=sheet_import, kind__in=(RAW, GOOD)).delete()


def _so_far(sheet_import: SheetImport) -> tuple[int, int]:
    """(rows that are in already, rows of the import)."""
    chunks = StagedChunk.objects.filter(sheet_import=sheet_import, kind=GOOD).values_list("applied", "rows")
    return sum(rows for applied, rows in chunks if applied), sum(rows for _, rows in chunks)


def _prepared(
    register: Register, sheet_import: SheetImport, due: int
) -> Iterator[tuple[StagedChunk, list[StagedRow]]]:
    """The chunks that wait, with their rows; of a large import other processes read and prepare them ahead."""
    waiting = (chunk for chunk in chunks_of(sheet_import.pk, GOOD, register.name) if not chunk.applied)
    processes = settings.CHELUN_PROCESSES if register.prepare and due >= ROWS_WORTH_A_PROCESS else 0
    work = partial(_rows_of, register.prepare if processes else None, sheet_import.as_of)
    return ahead(work, waiting, processes)


def _rows_of(prepare: Prepare | None, as_of: date, chunk: StagedChunk) -> list[StagedRow]:
    rows = [StagedRow(*row) for row in read_chunk(chunk)]
    return list(prepare(rows, as_of)) if prepare else rows


def _apply(publisher: Publisher, import_id: UUID, chunk: StagedChunk, rows: Sequence[StagedRow]) -> None:
    """One chunk, its counts and the mark that it is done, in one transaction; tried again when another writer was first."""
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                present = SheetImport.objects.select_for_update().get(pk=import_id)
                if not _still_due(present, chunk):
                    return
                outcome = dict(present.counts.get("outcome", {}))
                so_far = Counter(outcome.get(chunk.register, {})) + Counter(rows=len(rows))
                so_far.update(publisher.apply(rows))
                present.counts = {**present.counts, "outcome": {**outcome, chunk.register: dict(so_far)}}
                present.save(update_fields=["counts"])
                StagedChunk.objects.filter(pk=chunk.pk).update(applied=True)
                return
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise


def _still_due(present: SheetImport, chunk: StagedChunk) -> bool:
    """Whether the chunk waits to be applied: another process may have done it. Refused when the import was given up."""
    if present.state != ImportState.PUBLISHING:
        raise _given_up()
    return StagedChunk.objects.filter(pk=chunk.pk, applied=False).exists()


def _given_up() -> Refused:
    return Refused("sheets.import.given_up", _("这次导入已经取消或结束，不再入库。"))


def _show(actor: Actor, sheet_import: SheetImport) -> None:
    with transaction.atomic():
        present = SheetImport.objects.select_for_update().get(pk=sheet_import.pk)
        if present.state != ImportState.PUBLISHING or present.batch_id is None:
            return
        for register in REGISTERS:
            register.settle(present.batch_id)
        present.published_at = publish_batch(present.batch_id)
        present.state = ImportState.PUBLISHED
        present.save(update_fields=["published_at", "state"])
        record(
            actor=actor, action="sheets.import.published", target_kind="import", target=present.pk,
            region=region_of(present), purpose=present.source, new=present.counts.get("outcome", {}),
        )  # fmt: skip


def begin_undo(*, actor: Actor, sheet_import: SheetImport, reason: str) -> None:
    """Open the batch that takes an import back. Refused unless it is published, and without a reason."""
    if not reason.strip():
        raise Refused("sheets.undo.reason", _("请写明撤销的理由。"))
    with transaction.atomic():
        present = SheetImport.objects.select_for_update().get(pk=sheet_import.pk)
        if present.state != ImportState.PUBLISHED:
            raise Refused("sheets.undo.not_published", _("只有已入库的导入可以撤销。"))
        present.undo_batch = open_batch(place_of(present))
        present.state = ImportState.UNDOING
        present.save(update_fields=["undo_batch", "state"])
        record(
            actor=actor, action="sheets.import.undo_confirmed", target_kind="import", target=present.pk,
            region=region_of(present), purpose=reason,
        )  # fmt: skip
    sheet_import.refresh_from_db()


def undo_sheet(*, actor: Actor, sheet_import: SheetImport, progress: Progress = no_progress) -> None:
    """Take a published import back as a whole; readers see it until the moment when all of it is gone."""
    batch, undo = sheet_import.batch_id, sheet_import.undo_batch_id
    assert batch is not None
    assert undo is not None
    if sheet_import.state == ImportState.UNDOING:
        _withdraw(batch, undo, sheet_import, progress)
        _show_undone(actor, sheet_import, undo)
    sweep_batch(undo)
    sheet_import.refresh_from_db()


def _withdraw(batch: UUID, undo: UUID, sheet_import: SheetImport, progress: Progress) -> None:
    done = 0
    for register in reversed(list(REGISTERS)):
        while True:
            with transaction.atomic():
                count = register.withdraw(batch, undo, SWEEP_ROWS)
            done += count
            progress(done, max(done, sum_of_rows(sheet_import)), "")
            if not count:
                break


def _show_undone(actor: Actor, sheet_import: SheetImport, undo: UUID) -> None:
    with transaction.atomic():
        present = SheetImport.objects.select_for_update().get(pk=sheet_import.pk)
        if present.state != ImportState.UNDOING:
            return
        for register in REGISTERS:
            register.settle(undo)
        publish_batch(undo)
        now = datetime.now(UTC)
        SheetImport.objects.filter(pk=sheet_import.pk).update(state=ImportState.UNDONE, undone_at=now)
        record(
            actor=actor, action="sheets.import.undone", target_kind="import", target=sheet_import.pk,
            region=region_of(sheet_import), purpose=sheet_import.source,
        )  # fmt: skip


def cancel_import(*, actor: Actor, sheet_import: SheetImport) -> None:
    """Give up an import that is not published: nothing of it stays."""
    mark_cancelled(actor=actor, sheet_import=sheet_import)
    clear_cancelled(sheet_import)


def mark_cancelled(*, actor: Actor, sheet_import: SheetImport) -> None:
    """Say that an import is given up; from now on nobody works on it. `clear_cancelled` then removes what it left."""
    with transaction.atomic():
        present = SheetImport.objects.select_for_update().get(pk=sheet_import.pk)
        if present.state not in (*OPEN_STATES, ImportState.PUBLISHING, ImportState.UNREADABLE):
            raise Refused("sheets.import.not_open", _("这次导入已经结束，不能取消。"))
        present.state = ImportState.CANCELLED
        present.save(update_fields=["state"])
        record(
            actor=actor, action="sheets.import.cancelled", target_kind="import", target=present.pk,
            region=region_of(present), purpose=present.source,
        )  # fmt: skip
    sheet_import.refresh_from_db()


def clear_cancelled(sheet_import: SheetImport) -> None:
    """Remove what a cancelled import left: its hidden rows, its staged rows, its files. Goes on after a kill."""
    discard_batch(sheet_import)
    StagedChunk.objects.filter(sheet_import=sheet_import).delete()
    drop_file(sheet_import.file)
    drop_file(sheet_import.refusals)
    sheet_import.refresh_from_db()


def discard_batch(sheet_import: SheetImport) -> None:
    """Delete everything that a batch wrote that will not be published."""
    batch = sheet_import.batch_id
    if batch is None:
        return
    for register in reversed(list(REGISTERS)):
        while True:
            with transaction.atomic():
                if not register.discard(batch, SWEEP_ROWS):
                    break
    SheetImport.objects.filter(pk=sheet_import.pk).update(batch=None)
    Batch.objects.filter(pk=batch).delete()


def sweep_batch(batch: UUID | None) -> None:
    """Delete, in short steps, what nobody can see any more after a publication."""
    if batch is None:
        return
    for register in reversed(list(REGISTERS)):
        while True:
            with transaction.atomic():
                if not register.sweep(batch, SWEEP_ROWS):
                    break


def sum_of_rows(sheet_import: SheetImport) -> int:
    """How many rows an import brought."""
    return sum(counts.get("rows", 0) for counts in sheet_import.counts.get("outcome", {}).values())


def region_of(sheet_import: SheetImport) -> str:
    """The code of the import's place."""
    return sheet_import.county or sheet_import.city or sheet_import.province
