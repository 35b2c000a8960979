"""Bringing rows in: once and only once, all or nothing, and back out as if they had never been."""

import contextlib
import threading
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from chelun.core.errors import Refused
from chelun.people.models import PersonCard
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.models import Job
from chelun.platform.sheets.batches import Busy, hidden_batches
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import Batch, SheetImport, StagedChunk, StoredFile
from chelun.platform.sheets.progress import Progress
from chelun.platform.sheets.services import steps
from chelun.platform.sheets.services.clearing import cancel_import
from chelun.platform.sheets.services.mapping import confirm_mapping
from chelun.platform.sheets.services.publishing import begin_publication, publish_sheet
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet
from chelun.platform.sheets.tests.samples import HEADS, csv_roster, person, roster, workbook
from tests.imports.steps import (
    SYSTEM,
    checked,
    last_import,
    outcome,
    published,
    received,
    rows_in_all,
    seen,
)


class Halt(Exception):
    """Thrown by a progress function: the process is gone."""


def halting(after: int) -> Progress:
    """A progress function that gives up after so many calls."""
    calls = iter(range(after))

    def progress(done: int, total: int, message: str) -> None:
        if next(calls, None) is None:
            raise Halt

    return progress


def test_sheet_publishes_every_row_once(regions: None) -> None:
    sheet_import = published(roster(120))
    assert sheet_import.state == ImportState.PUBLISHED
    assert outcome(sheet_import) == {"created": 120, "changed": 0, "unchanged": 0, "unresolved": 0}
    assert len(seen()["PersonCard"]) == 120
    assert verify_chain().findings == ()


def test_sheet_of_same_bytes_changes_nothing_and_says_so(regions: None) -> None:
    content = roster(20)
    first = published(content)
    before, rows, trail = seen(), rows_in_all(), AuditEntry.objects.count()
    again = received(content)
    assert again.pk == first.pk
    assert (seen(), rows_in_all()) == (before, rows)
    told = AuditEntry.objects.order_by("-seq")[: AuditEntry.objects.count() - trail]
    assert [entry.action for entry in told] == ["sheets.import.repeated"]


def test_sheet_of_same_rows_in_other_file_changes_nothing(regions: None) -> None:
    published(roster(30))
    before, rows = seen(), rows_in_all()
    other = published(csv_roster([person(serial) for serial in range(30, 0, -1)]), "另一份.csv")
    assert outcome(other) == {"created": 0, "changed": 0, "unchanged": 30, "unresolved": 0}
    assert (seen(), rows_in_all()) == (before, rows)


def test_sheet_shows_nothing_before_it_is_whole(regions: None) -> None:
    published(roster(10))
    before = seen()
    sheet_import = checked(roster(1200, start=11), source="大名册")
    begin_publication(actor=SYSTEM, sheet_import=sheet_import)
    with pytest.raises(Halt):
        publish_sheet(actor=SYSTEM, sheet_import=sheet_import, progress=halting(1))
    assert seen() == before
    assert rows_in_all()["PersonSource"] > 10
    publish_sheet(actor=SYSTEM, sheet_import=SheetImport.objects.get(pk=sheet_import.pk))
    sheet_import.refresh_from_db()
    assert outcome(sheet_import)["created"] == 1200
    assert len(seen()["PersonCard"]) == 1210


def test_undo_restores_what_was_seen_before(regions: None) -> None:
    published(roster(20))
    published(
        workbook(("车", [("车牌号", "车牌颜色", "所属企业"), ("川W12345", "黄", "示例货运有限公司")])),
        "车.xlsx",
        "车辆",
    )
    before = seen()
    rows = [
        (*person(serial)[:2], "19911110000", "网约车", "另一家有限公司", "川W54321")
        for serial in range(11, 41)
    ]
    later = published(workbook(("表", [(*HEADS, "车牌号"), *rows])), "后来.xlsx", "后来的")
    assert seen() != before
    begin_undo(actor=SYSTEM, sheet_import=later, reason="发错了文件")
    undo_sheet(actor=SYSTEM, sheet_import=later)
    assert seen() == before
    later.refresh_from_db()
    assert later.state == ImportState.UNDONE
    assert not hidden_batches()


def test_undo_goes_on_after_a_halt(regions: None) -> None:
    published(roster(5))
    before = seen()
    later = published(roster(700, start=100), source="后来的")
    after = seen()
    begin_undo(actor=SYSTEM, sheet_import=later, reason="发错了文件")
    with pytest.raises(Halt):
        undo_sheet(actor=SYSTEM, sheet_import=later, progress=halting(1))
    assert seen() == after
    undo_sheet(actor=SYSTEM, sheet_import=SheetImport.objects.get(pk=later.pk))
    assert seen() == before


def test_undo_needs_a_reason_and_a_publication(regions: None) -> None:
    sheet_import = published(roster(3))
    with pytest.raises(Refused) as refusal:
        begin_undo(actor=SYSTEM, sheet_import=sheet_import, reason=" ")
    assert refusal.value.code == "sheets.undo.reason"
    waiting = checked(roster(3, start=50), source="另一份")
    with pytest.raises(Refused):
        begin_undo(actor=SYSTEM, sheet_import=waiting, reason="错了")


def test_cancel_in_mid_publication_leaves_nothing(regions: None) -> None:
    published(roster(10))
    before, rows = seen(), rows_in_all()
    sheet_import = checked(roster(2300, start=5), source="大名册")
    begin_publication(actor=SYSTEM, sheet_import=sheet_import)
    with pytest.raises(Halt):
        publish_sheet(actor=SYSTEM, sheet_import=sheet_import, progress=halting(2))
    cancel_import(actor=SYSTEM, sheet_import=sheet_import)
    assert (seen(), rows_in_all()) == (before, rows)
    assert Batch.objects.filter(hidden=True).count() == 0
    assert not StagedChunk.objects.filter(sheet_import=sheet_import).exists()
    with pytest.raises(Refused):
        begin_publication(actor=SYSTEM, sheet_import=sheet_import)


def test_cancel_stops_a_publication_that_still_runs(regions: None) -> None:
    sheet_import = checked(roster(1300), source="大名册")
    begin_publication(actor=SYSTEM, sheet_import=sheet_import)

    def cancels(done: int, total: int, message: str) -> None:
        cancel_import(actor=SYSTEM, sheet_import=SheetImport.objects.get(pk=sheet_import.pk))

    with pytest.raises(Refused):
        publish_sheet(actor=SYSTEM, sheet_import=sheet_import, progress=cancels)
    assert not PersonCard.objects.exists()


def test_cancel_removes_files(regions: None) -> None:
    bad = [("赵安一", "513499199001010010", "19900000001", "货车", "示例货运有限公司")]
    sheet_import = checked(workbook(("表", [HEADS, *bad])))
    assert sheet_import.refusals is not None
    cancel_import(actor=SYSTEM, sheet_import=sheet_import)
    assert not StoredFile.objects.exists()


def test_publication_waits_for_another_in_the_same_place(regions: None) -> None:
    first, second = checked(roster(3), source="一"), checked(roster(3, start=9), source="二")
    begin_publication(actor=SYSTEM, sheet_import=first)
    begin_publication(actor=SYSTEM, sheet_import=second)
    with pytest.raises(Busy):
        publish_sheet(actor=SYSTEM, sheet_import=second)
    publish_sheet(actor=SYSTEM, sheet_import=first)
    publish_sheet(actor=SYSTEM, sheet_import=second)
    assert len(seen()["PersonCard"]) == 6


def test_waiting_publication_begins_by_itself(regions: None) -> None:
    first, second = checked(roster(3), source="一"), checked(roster(3, start=9), source="二")
    begin_publication(actor=SYSTEM, sheet_import=first)
    steps.start_publication(actor=SYSTEM, sheet_import=second)
    job = Job.objects.get(kind=steps.PUBLISH)
    assert (second.state, job.state, job.attempts) == (ImportState.PUBLISHING, State.QUEUED, 0)
    assert "自动开始" in job.message
    publish_sheet(actor=SYSTEM, sheet_import=first)
    Job.objects.update(run_after=timezone.now())
    run_waiting()
    second.refresh_from_db()
    assert second.state == ImportState.PUBLISHED
    assert len(seen()["PersonCard"]) == 6


def test_waiting_undo_begins_by_itself(regions: None) -> None:
    first, second = published(roster(3), source="一"), checked(roster(3, start=9), source="二")
    begin_publication(actor=SYSTEM, sheet_import=second)
    steps.start_undo(actor=SYSTEM, sheet_import=first, reason="发错了文件")
    assert first.state == ImportState.UNDOING
    publish_sheet(actor=SYSTEM, sheet_import=second)
    Job.objects.update(run_after=timezone.now())
    run_waiting()
    first.refresh_from_db()
    assert first.state == ImportState.UNDONE
    assert len(seen()["PersonCard"]) == 3


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_bring_no_row_twice(regions: None) -> None:
    rows = [person(serial) for serial in range(1, 61)]
    imports = [checked(roster(60), source="同一份"), checked(csv_roster(rows), "副本.csv", "同一份")]

    def bring(sheet_import: SheetImport) -> None:
        try:
            begin_publication(actor=SYSTEM, sheet_import=sheet_import)
            while sheet_import.state != ImportState.PUBLISHED:
                with contextlib.suppress(Busy):
                    publish_sheet(actor=SYSTEM, sheet_import=sheet_import)
        finally:
            connection.close()

    threads = [threading.Thread(target=bring, args=(one,)) for one in imports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    total: Counter[str] = Counter()
    for one in imports:
        one.refresh_from_db()
        total.update(outcome(one))
    assert total["created"] == 60
    assert total["unchanged"] == 60
    assert len(seen()["PersonCard"]) == 60


def test_mapping_is_remembered_when_other_columns_were_left_out(regions: None) -> None:
    rows = [person(serial) for serial in range(1, 6)]
    heads = ("姓名", "号", "联系电话", "工种", "所属企业")
    sheet_import = received(workbook(("表", [("民族", *heads), *(("汉族", *row) for row in rows)])))
    mapping = {"1": "name", "2": "id_number", "3": "phone", "4": "kinds", "5": "enterprise"}
    confirm_mapping(
        actor=SYSTEM, sheet_import=sheet_import, choices=[{"register": "person", "mapping": mapping}]
    )
    again = received(workbook(("表", [heads, *rows])))
    (table,) = again.tables
    assert table["remembered"]
    assert table["mapping"] == {"0": "name", "1": "id_number", "2": "phone", "3": "kinds", "4": "enterprise"}


def test_receive_refuses_a_source_that_says_what_rows_may_not(regions: None) -> None:
    with pytest.raises(Refused) as refusal:
        received(roster(1), source="党员花名册")
    assert refusal.value.code == "sheets.source.forbidden"
    assert received(roster(2), name="党员司机.xlsx").file_name.endswith(".xlsx")
    assert "党员" not in last_import().file_name
