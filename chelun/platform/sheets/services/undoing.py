"""A published import taken back as a whole: readers see it until the moment when all of it is gone."""

from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.core.locks import again
from chelun.core.reasons import without_numbers
from chelun.platform.audit.services import record
from chelun.platform.sheets.batches import Busy, open_batch, place_of
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.progress import Progress, no_progress
from chelun.platform.sheets.services.clearing import region_of, settle_batch, show_batch, sweep_batch
from chelun.platform.sheets.services.stepwise import backwards, in_steps, locked


def begin_undo(*, actor: Actor, sheet_import: SheetImport, reason: str) -> None:
    """Decide that an import is taken back. Refused unless it is published, and without a reason.

    While another batch is at work in the same place, the undoing waits for it.
    """
    if not reason.strip():
        raise Refused("sheets.undo.reason", _("请写明撤销的理由。"))
    without_numbers(reason)
    with transaction.atomic():
        present = locked(sheet_import.pk)
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
    """Take a published import back. Goes on where it stopped when it is called again after a kill.

    Busy while another batch is at work in the same place.
    """
    _take_place(sheet_import)
    batch, undo, place = sheet_import.batch_id, sheet_import.undo_batch_id, place_of(sheet_import)
    assert batch is not None
    assert undo is not None
    if sheet_import.state == ImportState.UNDOING:
        _withdraw(batch, undo, sheet_import, progress)
        settle_batch(undo, place)
        again(lambda: _show(actor, sheet_import.pk, undo))
    total = sum_of_rows(sheet_import)
    sweep_batch(undo, place, lambda _count: progress(total, total, ""))
    sheet_import.refresh_from_db()


def _take_place(sheet_import: SheetImport) -> None:
    """Open the batch that takes the import back, unless it is open already."""
    sheet_import.refresh_from_db()
    if sheet_import.undo_batch_id is not None:
        return
    with transaction.atomic():
        present = locked(sheet_import.pk)
        if present.state == ImportState.UNDOING and present.undo_batch_id is None:
            present.undo_batch = open_batch(place_of(present))
            if present.undo_batch is None:
                raise Busy
            present.save(update_fields=["undo_batch"])
    sheet_import.refresh_from_db()


def _withdraw(batch: UUID, undo: UUID, sheet_import: SheetImport, progress: Progress) -> None:
    total = sum_of_rows(sheet_import)
    done = 0

    def told(count: int) -> None:
        nonlocal done
        done += count
        progress(min(done, total), total, "")

    def still_undoing() -> None:
        if locked(sheet_import.pk).state != ImportState.UNDOING:
            raise Refused("sheets.undo.over", _("这次撤销已经做完。"))

    in_steps(
        place_of(sheet_import), lambda pace: backwards(lambda each: each.withdraw(batch, undo, pace)),
        guard=still_undoing, told=told,
    )  # fmt: skip


def _show(actor: Actor, import_id: UUID, undo: UUID) -> None:
    present = locked(import_id)
    if present.state != ImportState.UNDOING:
        return
    show_batch(undo, place_of(present))
    present.state, present.undone_at = ImportState.UNDONE, datetime.now(UTC)
    present.save(update_fields=["state", "undone_at"])
    record(
        actor=actor, action="sheets.import.undone", target_kind="import", target=present.pk,
        region=region_of(present), purpose=present.source,
    )  # fmt: skip


def sum_of_rows(sheet_import: SheetImport) -> int:
    """How many rows an import brought."""
    return sum(counts.get("rows", 0) for counts in sheet_import.counts.get("outcome", {}).values())
