"""Checked rows go into the registers, out of everybody's sight, and become visible in one small write at the end."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from math import ceil
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
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
from chelun.platform.sheets.services.upkeep import Upkeep
from chelun.platform.sheets.staging import CHUNK_ROWS, DIFF, GOOD, RAW, chunks_of, read_chunk
from chelun.platform.sheets.turns import Pace, Turn

LONG_FILE_ROWS = 250_000
FILE_SECONDS, LONG_FILE_SECONDS = 0.25, 0.15
FEWEST_ROWS = 100


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
    pace = Pace(seconds=step_seconds(total), fewest=FEWEST_ROWS, most=CHUNK_ROWS, rows=CHUNK_ROWS)
    upkeep = Upkeep(done)
    for register in REGISTERS:
        intake = intake_of(actor, sheet_import)
        applied = _Applied(intake, sheet_import, register, pace)
        for chunk, rows in _prepared(intake, register, sheet_import, total - done):
            for count in applied.bring(chunk, rows):
                done += count
                progress(done, total, "")
            upkeep.after(done)
    upkeep.finally_of(total)
    if sheet_import.state == ImportState.PUBLISHING and sheet_import.batch_id:
        settle_batch(sheet_import.batch_id, place_of(sheet_import))
    again(lambda: _show(actor, sheet_import.pk))
    sheet_import.refresh_from_db()
    if sheet_import.state != ImportState.PUBLISHED:
        raise _given_up()
    sweep_batch(sheet_import.batch_id, place_of(sheet_import), lambda _count: progress(total, total, ""))
    upkeep.finally_of(total)
    drop_staged(sheet_import.pk, RAW, GOOD, DIFF)


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
    chunks = StagedChunk.objects.filter(sheet_import=sheet_import, kind=GOOD)
    counted = chunks.aggregate(done=Sum("applied_rows", default=0), rows=Sum("rows", default=0))
    return counted["done"], counted["rows"]


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
    """Brings the chunks of one register in, step by step: each in one transaction with its counts and how far it came."""

    def __init__(self, intake: Intake, sheet_import: SheetImport, register: Register, pace: Pace) -> None:
        self._import = sheet_import
        self._make = partial(register.publisher, intake)
        self._publisher = self._make()
        self._clean = True
        self._begun = 0.0
        self._pace = pace
        self._turn = Turn()

    def bring(self, chunk: StagedChunk, rows: Sequence[StagedRow]) -> Iterator[int]:
        """One chunk in as many steps as the pace asks for; how many rows each dealt with."""
        start = chunk.applied_rows
        while start < len(rows):
            end = min(start + even_step(len(rows) - start, self._pace.rows), len(rows))
            self._turn.give()
            again(partial(self._bring, chunk, rows[start:end], start))
            self._clean = True
            self._pace.took(time.monotonic() - self._begun)
            self._turn.ended()
            yield end - start
            start = end

    def _bring(self, chunk: StagedChunk, rows: Sequence[StagedRow], start: int) -> None:
        """Once more when another writer was first."""
        if not self._clean:
            # What the publisher remembers of a transaction that was taken back is not there.
            self._publisher = self._make()
        self._clean = False
        # From here on others wait; before, we did.
        self._begun = time.monotonic()
        present = locked(self._import.pk)
        if _still_due(present, chunk, start):
            self._apply(present, chunk, rows, start + len(rows))

    def _apply(self, present: SheetImport, chunk: StagedChunk, rows: Sequence[StagedRow], end: int) -> None:
        hold_place(place_of(present))
        commit_lazily()
        outcome = dict(present.counts.get("outcome", {}))
        so_far = Counter(outcome.get(chunk.register, {})) + Counter(rows=len(rows))
        so_far.update(self._publisher.apply(rows))
        present.counts = {**present.counts, "outcome": {**outcome, chunk.register: dict(so_far)}}
        present.save(update_fields=["counts"])
        StagedChunk.objects.filter(pk=chunk.pk).update(applied_rows=end, applied=end == chunk.rows)


def step_seconds(rows_of_file: int) -> float:
    """How long a step may hold others up (twice as long at most): who waits for a very long file waits more often."""
    return LONG_FILE_SECONDS if rows_of_file > LONG_FILE_ROWS else FILE_SECONDS


def even_step(left: int, pace: int) -> int:
    """The next step when so many rows are left: no more than the pace allows, and none much smaller than the others."""
    return ceil(left / ceil(left / pace))


def _still_due(present: SheetImport, chunk: StagedChunk, start: int) -> bool:
    """Whether the chunk's rows from `start` on wait: another process may have applied them. Refused when the import was given up."""
    if present.state != ImportState.PUBLISHING:
        raise _given_up()
    return StagedChunk.objects.filter(pk=chunk.pk, applied_rows=start).exists()


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
