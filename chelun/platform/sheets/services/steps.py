"""The steps of an import as a clerk takes them: a small one is done at once, a large one is given to the worker.

Pages, jobs and commands all go through here; what a step does is in the modules beside this one.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.execution import run_here
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.selectors import live_job
from chelun.platform.jobs.services import cancel, enqueue
from chelun.platform.sheets.batches import place_of
from chelun.platform.sheets.choices import WORKING_STATES, ImportState
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.services.clearing import mark_cancelled
from chelun.platform.sheets.services.mapping import confirm_mapping, is_settled, present_choices
from chelun.platform.sheets.services.publishing import begin_publication
from chelun.platform.sheets.services.undoing import begin_undo, sum_of_rows

AT_ONCE_ROWS = 2000
"""Up to so many rows a step is done within the request; more go to the worker."""

READ, CHECK, PUBLISH, UNDO, DISCARD = (
    "sheets.read",
    "sheets.check",
    "sheets.publish",
    "sheets.undo",
    "sheets.discard",
)
KIND_OF_STATE: dict[str, str] = {
    ImportState.RECEIVED: READ,
    ImportState.CHECKING: CHECK,
    ImportState.PUBLISHING: PUBLISH,
    ImportState.UNDOING: UNDO,
}


def rows_of(sheet_import: SheetImport) -> int:
    """How many rows of data the file holds, as far as it was read."""
    return sum(table["rows"] for table in sheet_import.tables)


def give_to_worker(actor: Actor, sheet_import: SheetImport, kind: str) -> Job:
    """Queue a step; the job that already does it, if there is one."""
    titles = {
        READ: _("读取表格：{file}"),
        CHECK: _("检查表格：{file}"),
        PUBLISH: _("入库：{file}"),
        UNDO: _("撤销导入：{file}"),
        DISCARD: _("清理已取消的导入：{file}"),
    }
    with transaction.atomic():
        job = enqueue(
            actor=actor, kind=kind, title=titles[kind].format(file=sheet_import.file_name),
            params={"import": str(sheet_import.pk)}, region=place_of(sheet_import), dedupe=str(sheet_import.pk),
        )  # fmt: skip
        SheetImport.objects.filter(pk=sheet_import.pk).update(job_id=job.pk)
    sheet_import.job_id = job.pk
    return job


def _done(sheet_import: SheetImport, job: Job, rows: int) -> None:
    """A step of few rows is done here and now – as a job, so that a worker takes it up if this process is killed."""
    if rows <= AT_ONCE_ROWS:
        run_here(job)
        if job.state == State.FAILED:
            raise Refused("sheets.step.failed", job.error)
    sheet_import.refresh_from_db()


def after_reading(*, actor: Actor, sheet_import: SheetImport) -> None:
    """Where nothing has to be asked, go straight on to the check."""
    if sheet_import.state == ImportState.MAPPING and is_settled(sheet_import):
        start_check(actor=actor, sheet_import=sheet_import, choices=present_choices(sheet_import))


def start_check(*, actor: Actor, sheet_import: SheetImport, choices: list[dict[str, Any]]) -> None:
    """Confirm what the columns mean, and check the rows."""
    with transaction.atomic():
        confirm_mapping(actor=actor, sheet_import=sheet_import, choices=choices)
        job = give_to_worker(actor, sheet_import, CHECK)
    _done(sheet_import, job, rows_of(sheet_import))


def start_publication(*, actor: Actor, sheet_import: SheetImport) -> None:
    """Bring the checked rows in; while another batch is at work in the same place, they wait for it and then come in."""
    with transaction.atomic():
        begin_publication(actor=actor, sheet_import=sheet_import)
        job = give_to_worker(actor, sheet_import, PUBLISH)
    _done(sheet_import, job, rows_of(sheet_import))


def start_undo(*, actor: Actor, sheet_import: SheetImport, reason: str) -> None:
    """Take a published import back, when its turn has come."""
    with transaction.atomic():
        begin_undo(actor=actor, sheet_import=sheet_import, reason=reason)
        job = give_to_worker(actor, sheet_import, UNDO)
    _done(sheet_import, job, sum_of_rows(sheet_import))


def give_up(*, actor: Actor, sheet_import: SheetImport) -> None:
    """Cancel an import that is not published: the job at work stops at its next step, nothing stays."""
    at_work = job_at_work(sheet_import)
    with transaction.atomic():
        mark_cancelled(actor=actor, sheet_import=sheet_import)
        job = give_to_worker(actor, sheet_import, DISCARD)
    if at_work is not None:
        _stop(actor, at_work)
    _done(sheet_import, job, rows_of(sheet_import))


def _stop(actor: Actor, job: Job) -> None:
    try:
        cancel(actor=actor, job=job)
    except Refused:
        return  # It ended meanwhile; the import is marked, so whatever still runs stops by itself.


def go_on(*, actor: Actor, sheet_import: SheetImport) -> None:
    """Take up work that was cut off. Refused when there is nothing to take up."""
    kind = KIND_OF_STATE.get(sheet_import.state)
    if kind is None:
        raise Refused("sheets.import.nothing_to_resume", _("这次导入没有中断的工作，不需要继续。"))
    if kind == READ and sheet_import.file is None:
        raise Refused("sheets.import.file_gone", _("上传的文件没有留下，请重新上传。"))
    give_to_worker(actor, sheet_import, kind)


def job_at_work(sheet_import: SheetImport) -> Job | None:
    """The waiting or running job of an import that is in a working state."""
    if sheet_import.state not in WORKING_STATES:
        return None
    return live_job(kind=KIND_OF_STATE[sheet_import.state], dedupe=str(sheet_import.pk))
