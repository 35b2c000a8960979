"""Every staged row passes the rules of its register: what passes becomes facts, what does not is sent back with reasons."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.engines.faults import N_, Fault, FaultKind
from chelun.platform.regions.reading import region_from_text
from chelun.platform.regions.selectors import area_history
from chelun.platform.sheets.batches import place_of
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport, StagedChunk, StoredFile
from chelun.platform.sheets.progress import Progress, no_progress
from chelun.platform.sheets.reading.values import Cell
from chelun.platform.sheets.registers import (
    REGISTERS,
    CheckContext,
    Checked,
    Intake,
    Problem,
    Register,
    StagedRow,
)
from chelun.platform.sheets.services.refusals import write_refusal_book
from chelun.platform.sheets.services.stepwise import STEP_CHUNKS, drop_staged, locked
from chelun.platform.sheets.services.told import Told
from chelun.platform.sheets.staging import (
    BAD,
    GOOD,
    GOOD_ROWS,
    RAW,
    chunks_of,
    read_chunk,
    unpack_cell,
    write_chunk,
)
from chelun.platform.sheets.turns import give_turn
from chelun.platform.sheets.vault import shred

CHECKED_BEFORE = "checked_before"
"""Among the counts from a new confirmation of the columns until what the earlier check left is cleared away."""
_BEFORE_DIGITS = re.compile(r"\D*")

FORMULA_EMPTY = FaultKind(
    "sheet.formula_without_value",
    N_("这一格是公式，但文件里没有算好的结果。"),
    N_("请在表格软件里打开文件、保存一次再上传，或把公式换成数值。"),
)
FORMULA_USED = FaultKind(
    "sheet.formula_used", N_("这一格是公式，已采用文件里算好的结果。"), N_("请核对结果是否正确。")
)
CELL_BOOL = FaultKind(
    "sheet.cell_bool", N_("这一格是逻辑值（TRUE 或 FALSE），不是文字。"), N_("请填写内容，再上传。")
)
CELL_ERROR = FaultKind(
    "sheet.cell_error", N_("这一格显示的是公式错误。"), N_("请改正公式，或直接填写内容，再上传。")
)


def check_sheet(*, actor: Actor, sheet_import: SheetImport, progress: Progress = no_progress) -> None:
    """Check all staged rows and write down the counts. Begins where it stopped when it is called again."""
    if sheet_import.state != ImportState.CHECKING:
        return
    _begin_anew(sheet_import)
    checker = _Checker(sheet_import, context_for(place_of(sheet_import)))
    total = sum(table["rows"] for table in sheet_import.tables)
    done = 0
    for chunk in chunks_of(sheet_import.pk, RAW):
        if not chunk.applied:
            checker.check(chunk)
            give_turn()
        done += chunk.rows
        progress(done, total, "")
    preview = _preview(actor, sheet_import, lambda: progress(total, total, _("预计入库结果")))
    progress(total, total, _("写退回表"))
    book = write_refusal_book(actor, sheet_import)
    with transaction.atomic():
        old = _finish(sheet_import, preview, book)
    if old is not None:
        shred(old)
    sheet_import.refresh_from_db()


def _begin_anew(sheet_import: SheetImport) -> None:
    """After the columns were confirmed: clear away what an earlier check left, once."""
    if CHECKED_BEFORE not in sheet_import.counts:
        return
    drop_staged(sheet_import.pk, GOOD, BAD)
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
    sheet_import: SheetImport, preview: dict[str, dict[str, int]], book: Callable[[], StoredFile] | None
) -> UUID | None:
    """Write down what was found; the file of the refusals of an earlier check, which nobody refers to any more."""
    present = _still_checking(sheet_import)
    old = present.refusals
    present.counts = {**present.counts, "preview": preview}
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

    @lru_cache(maxsize=8192)
    def named(text: str) -> str:
        return region_from_text(text, within=home) or ""

    def find_township(text: str) -> str:
        """House numbers do not name a township: addresses of one street are looked up once."""
        return named(text if text[:1].isdecimal() else _BEFORE_DIGITS.match(text)[0])  # type: ignore[index]

    return CheckContext(date.today(), area_history(), settings.CHELUN_DEMO_AREAS, place, find_township)  # noqa: DTZ011


class _Checker:
    """Checks chunk by chunk; each chunk's results are written in one short transaction with the mark that it is done."""

    def __init__(self, sheet_import: SheetImport, context: CheckContext) -> None:
        self._import = sheet_import
        self._context = context
        self._tables = {table["key"]: _Columns(table) for table in sheet_import.tables}

    def check(self, chunk: StagedChunk) -> None:
        """Check one chunk of raw rows."""
        good: dict[str, list[Any]] = {}
        bad: list[Any] = []
        counts: Counter[str] = Counter()
        told = Told()
        for key, number, _hidden, packed in read_chunk(chunk):
            columns = self._tables[key]
            if columns.register is None:
                counts["left_out"] += 1
                continue
            checked = columns.checked([unpack_cell(cell) for cell in packed], self._context)
            counts["rows"] += 1
            counts["warned"] += bool(checked.warnings)
            told.add("warnings", checked.warnings, key, number)
            if checked.problems:
                counts["refused"] += 1
                told.add("problems", checked.problems, key, number)
                bad.append([key, number, packed, [columns.located(problem) for problem in checked.problems]])
            else:
                good.setdefault(columns.register.name, []).append([columns.sheet, number, checked.facts])
        with transaction.atomic():
            present = _still_checking(self._import)
            if not StagedChunk.objects.filter(pk=chunk.pk, applied=False).exists():
                return  # Another process has checked it.
            self._write(chunk, good, bad)
            self._count(present, chunk, counts, told)

    def _write(self, chunk: StagedChunk, good: Mapping[str, list[Any]], bad: list[Any]) -> None:
        parts = [
            (register, rows[start : start + GOOD_ROWS])
            for register, rows in sorted(good.items())
            for start in range(0, len(rows), GOOD_ROWS)
        ]
        for place, (register, part) in enumerate(parts):
            write_chunk(self._import.pk, GOOD, chunk.number * 10 + place, register, part)
        if bad:
            write_chunk(self._import.pk, BAD, chunk.number, "", bad)
        chunk.applied = True
        chunk.save(update_fields=["applied"])

    def _count(self, so_far: SheetImport, chunk: StagedChunk, counts: Counter[str], told: Told) -> None:
        checked = Counter(so_far.counts.get("checked", {})) if chunk.number else Counter()
        before = so_far.counts.get("told", {}) if chunk.number else {}
        so_far.counts = {**so_far.counts, "checked": dict(checked + counts), "told": told.after(before)}
        so_far.save(update_fields=["counts"])


class _Columns:
    """How the staged cells of one table become the raw values of a register's fields."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.sheet: str = table["sheet"]
        self.register: Register | None = REGISTERS.get(table["register"])
        kept = [column["at"] for column in table["columns"]]
        mapping = table["mapping"]
        self._fields = [(place, mapping[str(at)]) for place, at in enumerate(kept) if str(at) in mapping]
        self._at = {name: kept[place] for place, name in reversed(self._fields)}
        fields = self.register.fields if self.register else ()
        self._any = frozenset(spec.name for spec in fields if spec.kind in {"note", "yes_no"})

    def checked(self, cells: list[str], context: CheckContext) -> Checked:
        """A row after the rules, formulas looked at first."""
        assert self.register is not None
        raw: dict[str, str] = {}
        used: list[str] = []
        refused: dict[str, Fault] = {}
        for place, name in self._fields:
            cell = cells[place]
            if type(cell) is Cell:
                fault = _cell_fault(cell, name in self._any)
                if fault is not None:
                    refused[name], cell = fault, ""
                elif cell.formula:
                    used.append(name)
            raw[name] = f"{raw[name]}；{cell}" if raw.get(name) and cell else (cell or raw.get(name, ""))
        checked = self.register.check(raw, context)
        if refused:
            checked.problems = [problem for problem in checked.problems if problem.field not in refused]
            checked.problems += [Problem(name, fault) for name, fault in refused.items()]
        checked.warnings += [Problem(name, FORMULA_USED()) for name in used]
        return checked

    def located(self, problem: Problem) -> list[Any]:
        """A problem as it is staged: [column, field, code, template, advice, params]."""
        fault = problem.fault
        at = self._at.get(problem.field, -1)
        return [at, problem.field, fault.code, fault.template, fault.advice, dict(fault.params)]


def _cell_fault(cell: Cell, takes_flags: bool) -> Fault | None:
    """Why a cell has no content that the rules could judge; they are given nothing instead."""
    if cell.kind == "error":
        return CELL_ERROR()
    if cell.kind == "bool" and not takes_flags:
        return CELL_BOOL()
    return FORMULA_EMPTY() if cell.formula and not cell.cached else None
