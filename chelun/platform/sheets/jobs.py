"""Long steps of imports as jobs, and what is cleared away daily.

Each step keeps its own marks (applied chunks), so a job that is started again after a kill goes on where it was.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.platform.jobs.context import Cancelled, JobContext, Later
from chelun.platform.jobs.kinds import Daily, JobKind, daily, job_kind
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.rotation import Resealed, model_step, resealed
from chelun.platform.sheets.batches import Busy, place_of
from chelun.platform.sheets.choices import OPEN_STATES, ImportState
from chelun.platform.sheets.models import SheetImport, StagedChunk
from chelun.platform.sheets.progress import Progress, no_progress
from chelun.platform.sheets.services.checking import check_sheet
from chelun.platform.sheets.services.clearing import cancel_import, clear_cancelled, sweep_batch
from chelun.platform.sheets.services.files import purge_expired, reseal_files
from chelun.platform.sheets.services.publishing import publish_sheet
from chelun.platform.sheets.services.receiving import read_waiting
from chelun.platform.sheets.services.steps import CHECK, DISCARD, PUBLISH, READ, UNDO, after_reading
from chelun.platform.sheets.services.stepwise import drop_staged
from chelun.platform.sheets.services.undoing import undo_sheet
from chelun.platform.sheets.staging import GOOD, context_of

Work = Callable[[JobContext, SheetImport, Progress], None]


def _read(context: JobContext, sheet_import: SheetImport, progress: Progress) -> None:
    read_waiting(sheet_import, progress)
    after_reading(actor=context.actor, sheet_import=sheet_import)


def _check(context: JobContext, sheet_import: SheetImport, progress: Progress) -> None:
    check_sheet(actor=context.actor, sheet_import=sheet_import, progress=progress)


def _publish(context: JobContext, sheet_import: SheetImport, progress: Progress) -> None:
    if sheet_import.state in (ImportState.PUBLISHING, ImportState.PUBLISHED):
        publish_sheet(actor=context.actor, sheet_import=sheet_import, progress=progress)


def _undo(context: JobContext, sheet_import: SheetImport, progress: Progress) -> None:
    """Rows that were taken back before a kill are not found again: count on from there."""
    before = int(context.checkpoint.get("rows", 0))

    def further(done: int, total: int, message: str) -> None:
        progress(min(before + done, total), total, message)

    if sheet_import.state in (ImportState.UNDOING, ImportState.UNDONE):
        undo_sheet(actor=context.actor, sheet_import=sheet_import, progress=further)


def _discard(context: JobContext, sheet_import: SheetImport, progress: Progress) -> None:
    done = 0

    def told(count: int) -> None:
        nonlocal done
        done += count
        progress(done, 0, "")

    if sheet_import.state == ImportState.CANCELLED:
        clear_cancelled(sheet_import, told)


def _running(work: Work) -> Callable[[JobContext], dict[str, str]]:
    """A job's run around a step: finds the import, shows progress, and gives the import up when the job is cancelled."""

    def run(context: JobContext) -> dict[str, str]:
        sheet_import = SheetImport.objects.filter(pk=context.params["import"]).first()
        if sheet_import is None:
            return {}
        try:
            work(context, sheet_import, _progress(context))
        except Busy as busy:
            raise Later(busy.message) from busy
        except (Cancelled, Refused):
            if not _given_up(context, sheet_import):
                # Too late to cancel: it is published, what is left is tidied up.
                work(context, sheet_import, no_progress)
                return {"import": str(sheet_import.pk)}
            raise
        return {"import": str(sheet_import.pk)}

    return run


def _given_up(context: JobContext, sheet_import: SheetImport) -> bool:
    """After a cancellation: nothing of the import stays; False when it came too late. A refusal leaves it as it is."""
    sheet_import.refresh_from_db()
    if sheet_import.state == ImportState.CANCELLED:
        clear_cancelled(sheet_import)
        return True
    try:
        context.raise_if_cancelled()
    except Cancelled:
        if sheet_import.state == ImportState.PUBLISHED:
            return False
        cancel_import(actor=context.actor, sheet_import=sheet_import)
    return True


def _progress(context: JobContext) -> Progress:
    kept = int(context.checkpoint.get("rows", 0))

    def progress(done: int, total: int, message: str) -> None:
        nonlocal kept
        if done > kept:
            kept = done
            context.keep(rows=done)
        context.progress(done, total or None, message)

    return progress


def _url(job: Job) -> str:
    return reverse("sheets:import_detail", args=[job.params["import"]])


def purge_imports(actor: Actor) -> int:
    """Give up imports that nobody finished within CHELUN_UPLOAD_DAYS, and delete staged rows as old; how many imports."""
    before = datetime.now(UTC) - timedelta(days=settings.CHELUN_UPLOAD_DAYS)
    states = (*OPEN_STATES, ImportState.UNREADABLE, ImportState.PUBLISHING)
    count = 0
    for sheet_import in SheetImport.objects.filter(created_at__lt=before, state__in=states):
        cancel_import(actor=actor, sheet_import=sheet_import)
        count += 1
    for sheet_import in SheetImport.objects.filter(state=ImportState.CANCELLED, batch__isnull=False):
        clear_cancelled(sheet_import)
    _sweep_again(actor, before)
    return count


def _sweep_again(actor: Actor, before: datetime) -> None:
    """What commands that were killed at the very end left over: what nobody can see any more, and staged rows."""
    closed = SheetImport.objects.filter(created_at__gte=before)
    staged = StagedChunk.objects.filter(kind=GOOD).values("sheet_import")
    for sheet_import in closed.filter(state=ImportState.PUBLISHED, pk__in=staged):
        publish_sheet(actor=actor, sheet_import=sheet_import)
    for sheet_import in closed.filter(state=ImportState.UNDONE):
        sweep_batch(sheet_import.undo_batch_id, place_of(sheet_import))
    over = (ImportState.PUBLISHED, ImportState.UNDONE, ImportState.CANCELLED)
    old = StagedChunk.objects.filter(sheet_import__created_at__lt=before, sheet_import__state__in=over)
    for import_id in old.values_list("sheet_import", flat=True).distinct():
        drop_staged(import_id)


resealed(Resealed("sheets.files", _("存放的文件"), reseal_files))
resealed(Resealed("sheets.chunks", _("暂存的行"), model_step(StagedChunk, context_of, "body")))
job_kind(JobKind(READ, _("读取表格"), _running(_read), url=_url))
job_kind(JobKind(CHECK, _("检查表格"), _running(_check), url=_url))
job_kind(JobKind(PUBLISH, _("入库"), _running(_publish), url=_url))
job_kind(JobKind(UNDO, _("撤销导入"), _running(_undo), cancellable=False, url=_url))
job_kind(JobKind(DISCARD, _("清理已取消的导入"), _running(_discard), cancellable=False, url=_url))
daily(Daily("sheets.files", _("清除到期的文件"), purge_expired))
daily(Daily("sheets.imports", _("清理没有做完的导入"), purge_imports))
