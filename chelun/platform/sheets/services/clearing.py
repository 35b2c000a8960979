"""What surrounds a batch: it is settled and shown, what it superseded is swept; or it is given up, and nothing of it stays."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.platform.audit.services import record
from chelun.platform.sheets.batches import hold_place, place_of, publish_batch
from chelun.platform.sheets.choices import OPEN_STATES, ImportState
from chelun.platform.sheets.models import Batch, SheetImport
from chelun.platform.sheets.services.files import drop_file
from chelun.platform.sheets.services.stepwise import (
    Told,
    backwards,
    drop_staged,
    forwards,
    in_steps,
    locked,
    nobody,
)
from chelun.platform.sheets.turns import Pace

Place = Mapping[str, str]


def settle_batch(batch: UUID, place: Place) -> None:
    """Compute the cards anew that the single door has overtaken, in short steps: little is left for the last moment."""
    in_steps(place, lambda pace: forwards(lambda register: register.settle(batch, pace)))


def show_batch(batch: UUID, place: Place) -> datetime:
    """In the caller's transaction: settle what is left, and let everybody see the batch. The moment."""
    hold_place(place)
    for _step in forwards(lambda register: register.settle(batch, Pace())):
        pass
    return publish_batch(batch)


def sweep_batch(batch: UUID | None, place: Place, told: Told = nobody) -> None:
    """Delete, in short steps, what nobody can see any more after a publication."""
    if batch is not None:
        in_steps(place, lambda pace: backwards(lambda register: register.sweep(batch, pace)), told=told)


def cancel_import(*, actor: Actor, sheet_import: SheetImport) -> None:
    """Give up an import that is not published: nothing of it stays."""
    mark_cancelled(actor=actor, sheet_import=sheet_import)
    clear_cancelled(sheet_import)


def mark_cancelled(*, actor: Actor, sheet_import: SheetImport) -> None:
    """Say that an import is given up; from now on nobody works on it. `clear_cancelled` then removes what it left."""
    with transaction.atomic():
        present = locked(sheet_import.pk)
        if present.state not in (*OPEN_STATES, ImportState.PUBLISHING, ImportState.UNREADABLE):
            raise Refused("sheets.import.not_open", _("这次导入已经结束，不能取消。"))
        present.state = ImportState.CANCELLED
        present.save(update_fields=["state"])
        record(
            actor=actor, action="sheets.import.cancelled", target_kind="import", target=present.pk,
            region=region_of(present), purpose=present.source,
        )  # fmt: skip
    sheet_import.refresh_from_db()


def clear_cancelled(sheet_import: SheetImport, told: Told = nobody) -> None:
    """Remove what a cancelled import left: its hidden rows, its staged rows, its files. Goes on after a kill."""
    _discard_batch(sheet_import, told)
    drop_staged(sheet_import.pk)
    drop_file(sheet_import.file)
    drop_file(sheet_import.refusals)
    sheet_import.refresh_from_db()


def _discard_batch(sheet_import: SheetImport, told: Told) -> None:
    """Delete everything that a batch wrote that will not be published."""
    batch = sheet_import.batch_id
    if batch is None:
        return
    discard_rows(batch, place_of(sheet_import), told)
    with transaction.atomic():
        SheetImport.objects.filter(pk=sheet_import.pk).update(batch=None)
        Batch.objects.filter(pk=batch).delete()


def discard_rows(batch: UUID, place: Place, told: Told = nobody) -> None:
    """Delete, in short steps, the rows of a batch that nobody has seen, and let what it superseded stand again."""
    in_steps(place, lambda pace: backwards(lambda register: register.discard(batch, pace)), told=told)


def region_of(sheet_import: SheetImport) -> str:
    """The code of the import's place."""
    return sheet_import.county or sheet_import.city or sheet_import.province
