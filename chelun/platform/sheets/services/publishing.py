"""Checked rows go into the registers, out of everybody's sight, and become visible in one small write at the end."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor, SystemActor
from chelun.core.ahead import ahead, processes_for
from chelun.core.errors import Refused
from chelun.core.locks import again, commit_lazily
from chelun.platform.audit.services import record
from chelun.platform.sheets.batches import Busy, hold_place, open_batch, place_of
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport, StagedChunk
from chelun.platform.sheets.progress import Progress, no_progress
from chelun.platform.sheets.registers import REGISTERS, Intake, Prepare, Register, StagedRow
from chelun.platform.sheets.services.checking import intake_of
from chelun.platform.sheets.services.clearing import region_of, settle_batch, show_batch, sweep_batch
from chelun.platform.sheets.services.stepwise import drop_staged, locked
from chelun.platform.sheets.staging import GOOD, RAW, chunks_of, read_chunk
from chelun.platform.sheets.turns import Turn


def begin_publication(*, actor: Actor, sheet_import: SheetImport) -> None:
    """Decide that checked rows come in. While another batch is at work in the same place, the import waits for it."""
    with transaction.atomic():
        present = locked(sheet_import.pk)
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
    """Bring all checked rows in and show them. Goes on where it stopped when it is called again after a kill.

    Busy while another batch is at work in the same place.
    """
    _take_place(sheet_import)
    done, total = _so_far(sheet_import)
    for register in REGISTERS:
        intake = intake_of(actor, sheet_import)
        applied = _Applied(intake, sheet_import, register)
        turn = Turn()
        for chunk, rows in _prepared(intake, register, sheet_import, total - done):
            turn.give()
            applied.bring(chunk, rows)
            turn.ended()
            done += chunk.rows
            progress(done, total, "")
    if sheet_import.state == ImportState.PUBLISHING and sheet_import.batch_id:
        settle_batch(sheet_import.batch_id, place_of(sheet_import))
    again(lambda: _show(actor, sheet_import.pk))
    sheet_import.refresh_from_db()
    if sheet_import.state != ImportState.PUBLISHED:
        raise _given_up()
    sweep_batch(sheet_import.batch_id, place_of(sheet_import), lambda _count: progress(total, total, ""))
    drop_staged(sheet_import.pk, RAW, GOOD)


def _take_place(sheet_import: SheetImport) -> None:
    """Open the batch, unless it is open already."""
    sheet_import.refresh_from_db()
    if sheet_import.batch_id is not None:
        return
    with transaction.atomic():
        present = locked(sheet_import.pk)
        if present.state == ImportState.PUBLISHING and present.batch_id is None:
            present.batch = open_batch(place_of(present))
            if present.batch is None:
                raise Busy
            present.save(update_fields=["batch"])
    sheet_import.refresh_from_db()


def _so_far(sheet_import: SheetImport) -> tuple[int, int]:
    """(rows that are in already, rows of the import)."""
    chunks = StagedChunk.objects.filter(sheet_import=sheet_import, kind=GOOD).values_list("applied", "rows")
    return sum(rows for applied, rows in chunks if applied), sum(rows for _, rows in chunks)


def _prepared(
    intake: Intake, register: Register, sheet_import: SheetImport, due: int
) -> Iterator[tuple[StagedChunk, list[StagedRow]]]:
    """The chunks that wait, with their rows; of a large import other processes read and prepare them ahead."""
    waiting = (chunk for chunk in chunks_of(sheet_import.pk, GOOD, register.name) if not chunk.applied)
    processes = processes_for(due) if register.prepare else 0
    # Who imports does not concern the other processes.
    nobodys = replace(intake, actor=SystemActor("sheets.prepare"))
    work = partial(_rows_of, register.prepare if processes else None, nobodys)
    return ahead(work, waiting, processes)


def _rows_of(prepare: Prepare | None, intake: Intake, chunk: StagedChunk) -> list[StagedRow]:
    rows = [StagedRow(*row) for row in read_chunk(chunk)]
    return list(prepare(rows, intake)) if prepare else rows


class _Applied:
    """Brings the chunks of one register in, each in one transaction with its counts and the mark that it is done."""

    def __init__(self, intake: Intake, sheet_import: SheetImport, register: Register) -> None:
        self._import = sheet_import
        self._make = partial(register.publisher, intake)
        self._publisher = self._make()
        self._clean = True

    def bring(self, chunk: StagedChunk, rows: Sequence[StagedRow]) -> None:
        """One chunk, tried again when another writer was first."""
        again(partial(self._bring, chunk, rows))
        self._clean = True

    def _bring(self, chunk: StagedChunk, rows: Sequence[StagedRow]) -> None:
        if not self._clean:
            # What the publisher remembers of a transaction that was taken back is not there.
            self._publisher = self._make()
        self._clean = False
        present = locked(self._import.pk)
        if _still_due(present, chunk):
            self._apply(present, chunk, rows)

    def _apply(self, present: SheetImport, chunk: StagedChunk, rows: Sequence[StagedRow]) -> None:
        hold_place(place_of(present))
        commit_lazily()
        outcome = dict(present.counts.get("outcome", {}))
        so_far = Counter(outcome.get(chunk.register, {})) + Counter(rows=len(rows))
        so_far.update(self._publisher.apply(rows))
        present.counts = {**present.counts, "outcome": {**outcome, chunk.register: dict(so_far)}}
        present.save(update_fields=["counts"])
        StagedChunk.objects.filter(pk=chunk.pk).update(applied=True)


def _still_due(present: SheetImport, chunk: StagedChunk) -> bool:
    """Whether the chunk waits to be applied: another process may have done it. Refused when the import was given up."""
    if present.state != ImportState.PUBLISHING:
        raise _given_up()
    return StagedChunk.objects.filter(pk=chunk.pk, applied=False).exists()


def _given_up() -> Refused:
    return Refused("sheets.import.given_up", _("这次导入已经取消或结束，不再入库。"))


def _show(actor: Actor, import_id: UUID) -> None:
    present = locked(import_id)
    if present.state != ImportState.PUBLISHING or present.batch_id is None:
        return
    present.published_at = show_batch(present.batch_id, place_of(present))
    present.state = ImportState.PUBLISHED
    present.save(update_fields=["published_at", "state"])
    record(
        actor=actor, action="sheets.import.published", target_kind="import", target=present.pk,
        region=region_of(present), purpose=present.source, new=present.counts.get("outcome", {}),
    )  # fmt: skip
