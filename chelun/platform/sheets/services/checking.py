"""Every staged row passes the rules of its register: what passes becomes facts, what does not is sent back with reasons."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.ahead import ahead, processes_for
from chelun.core.errors import Refused
from chelun.core.locks import commit_lazily
from chelun.platform.regions.atlas import atlas, hold_atlas
from chelun.platform.regions.selectors import area_history
from chelun.platform.sheets.batches import place_of
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport, StagedChunk, StoredFile
from chelun.platform.sheets.progress import Progress, no_progress
from chelun.platform.sheets.registers import REGISTERS, CheckContext, Intake, StagedRow, own_columns
from chelun.platform.sheets.services.differing import Counts, is_filled_form, stage_differences
from chelun.platform.sheets.services.judging import Judged, TownshipFinder, judge
from chelun.platform.sheets.services.refusals import write_refusal_book
from chelun.platform.sheets.services.stepwise import STEP_CHUNKS, drop_staged, locked
from chelun.platform.sheets.staging import BAD, DIFF, GOOD, RAW, chunks_of, read_chunk, write_chunk
from chelun.platform.sheets.turns import Turn, give_turn
from chelun.platform.sheets.vault import shred

CHECKED_BEFORE = "checked_before"
"""Among the counts from a new confirmation of the columns until what the earlier check left is cleared away."""


def check_sheet(*, actor: Actor, sheet_import: SheetImport, progress: Progress = no_progress) -> None:
    """Check all staged rows and write down the counts. Begins where it stopped when it is called again."""
    if sheet_import.state != ImportState.CHECKING:
        return
    _begin_anew(sheet_import)
    total = sum(table["rows"] for table in sheet_import.tables)
    checked = StagedChunk.objects.filter(sheet_import=sheet_import, kind=RAW, applied=True)
    done = sum(checked.values_list("rows", flat=True))
    turn = Turn()
    for chunk, judged in _judged(sheet_import):
        turn.give()
        _write(sheet_import, chunk, judged)
        turn.ended()
        done += chunk.rows
        progress(done, total, "")
    preview = _preview(actor, sheet_import, lambda: progress(total, total, _("预计入库结果")))
    differs: Counts = {}
    if is_filled_form(sheet_import):
        told = partial(progress, total, total, _("与名册比对"))
        differs = stage_differences(sheet_import, intake_of(actor, sheet_import), told)
    progress(total, total, _("写退回表"))
    book = write_refusal_book(actor, sheet_import)
    with transaction.atomic():
        old = _finish(sheet_import, {"preview": preview, "differs": differs}, book)
    if old is not None:
        shred(old)
    sheet_import.refresh_from_db()


def _begin_anew(sheet_import: SheetImport) -> None:
    """After the columns were confirmed: clear away what an earlier check left, once."""
    if CHECKED_BEFORE not in sheet_import.counts:
        return
    drop_staged(sheet_import.pk, GOOD, BAD, DIFF)
    checked = StagedChunk.objects.filter(sheet_import=sheet_import, kind=RAW, applied=True)
    while ids := list(checked.values_list("id", flat=True)[:STEP_CHUNKS]):
        StagedChunk.objects.filter(id__in=ids).update(applied=False)
        give_turn()
    with transaction.atomic():
        present = _still_checking(sheet_import)
        present.counts = {name: count for name, count in present.counts.items() if name != CHECKED_BEFORE}
        present.save(update_fields=["counts"])
    sheet_import.refresh_from_db()


def _finish(
    sheet_import: SheetImport, found: dict[str, Counts], book: Callable[[], StoredFile] | None
) -> UUID | None:
    """Write down what was found; the file of the refusals of an earlier check, which nobody refers to any more."""
    present = _still_checking(sheet_import)
    old = present.refusals
    present.counts = {**present.counts, **found}
    present.state, present.refusals = ImportState.CHECKED, book() if book else None
    present.save(update_fields=["counts", "state", "refusals"])
    if old is None:
        return None
    gone = old.pk
    old.delete()
    return gone


def _still_checking(sheet_import: SheetImport) -> SheetImport:
    """The import, locked. Refused when it was given up meanwhile."""
    present = locked(sheet_import.pk)
    if present.state != ImportState.CHECKING:
        raise Refused("sheets.import.given_up", _("这次导入已经取消或结束，不再检查。"))
    return present


def _preview(actor: Actor, sheet_import: SheetImport, told: Callable[[], None]) -> dict[str, dict[str, int]]:
    """What publication would probably do, by register. Rows of the same file are not yet seen by one another."""
    found: dict[str, dict[str, int]] = {}
    for register in REGISTERS:
        counts: Counter[str] = Counter()
        publisher = register.publisher(intake_of(actor, sheet_import))
        for chunk in chunks_of(sheet_import.pk, GOOD, register.name):
            counts += publisher.preview([StagedRow(*row) for row in read_chunk(chunk)])
            told()
        if counts:
            found[register.name] = dict(counts)
    return found


def intake_of(actor: Actor, sheet_import: SheetImport) -> Intake:
    """Where the rows of an import come from."""
    return Intake(
        actor, place_of(sheet_import), sheet_import.source, sheet_import.as_of, "sheet", sheet_import.batch_id
    )


def context_for(place: Mapping[str, str]) -> CheckContext:
    """What the rules may know when a row belongs to this place; the same for a sheet and for a form."""
    home = place["county"] or place["city"] or place["province"]
    return CheckContext(
        date.today(),  # noqa: DTZ011
        area_history(),
        settings.CHELUN_DEMO_AREAS,
        place,
        TownshipFinder(home),
        own_columns(place),
    )


def _judged(sheet_import: SheetImport) -> Iterator[tuple[StagedChunk, Judged]]:
    """The chunks that wait, with what the rules say of their rows; of a large file other processes judge them ahead."""
    waiting = (chunk for chunk in chunks_of(sheet_import.pk, RAW) if not chunk.applied)
    processes = processes_for(sum(table["rows"] for table in sheet_import.tables))
    work = partial(judge, sheet_import.tables, context_for(place_of(sheet_import)))
    return ahead(work, waiting, processes, partial(hold_atlas, atlas()))


def _write(sheet_import: SheetImport, chunk: StagedChunk, judged: Judged) -> None:
    """Write down what was found of a chunk, in one short transaction with the mark that it is done."""
    with transaction.atomic():
        commit_lazily()
        present = _still_checking(sheet_import)
        if not StagedChunk.objects.filter(pk=chunk.pk, applied=False).exists():
            return  # Another process has checked it.
        _stage(sheet_import, chunk, judged)
        _count(present, chunk, judged)


def _stage(sheet_import: SheetImport, chunk: StagedChunk, judged: Judged) -> None:
    for place, (register, rows) in enumerate(sorted(judged.good.items())):
        write_chunk(sheet_import.pk, GOOD, chunk.number * 10 + place, register, rows)
    if judged.bad:
        write_chunk(sheet_import.pk, BAD, chunk.number, "", judged.bad)
    chunk.applied = True
    chunk.save(update_fields=["applied"])


def _count(so_far: SheetImport, chunk: StagedChunk, judged: Judged) -> None:
    checked = Counter(so_far.counts.get("checked", {})) if chunk.number else Counter()
    before = so_far.counts.get("told", {}) if chunk.number else {}
    told = judged.told.after(before)
    so_far.counts = {**so_far.counts, "checked": dict(checked + judged.counts), "told": told}
    so_far.save(update_fields=["counts"])
