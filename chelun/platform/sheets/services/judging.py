"""Judging raw rows by the rules of their registers, without a database: much of it is done ahead in other processes."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chelun.engines.faults import N_, Fault, FaultKind
from chelun.engines.tables.reading.values import Cell
from chelun.platform.regions.reading import region_from_text
from chelun.platform.sheets.models import StagedChunk
from chelun.platform.sheets.registers import REGISTERS, CheckContext, Checked, OwnColumns, Problem, with_own
from chelun.platform.sheets.services.told import Told
from chelun.platform.sheets.staging import read_chunk, unpack_cell

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


@dataclass(frozen=True, slots=True)
class TownshipFinder:
    """Which place a cell names, seen from a roster's home; '' for none. Addresses of one street are looked up once."""

    home: str
    _found: dict[str, str] = field(default_factory=dict)

    def __call__(self, text: str) -> str:
        """The code of the place; house numbers do not name one."""
        street = text if text[:1].isdecimal() else _BEFORE_DIGITS.match(text)[0]  # type: ignore[index]
        if street not in self._found:
            self._found[street] = region_from_text(street, within=self.home) or ""
        return self._found[street]


@dataclass(slots=True)
class Judged:
    """What became of the rows of one chunk: facts by register, refused rows with reasons, counts, what was said."""

    good: dict[str, list[Any]] = field(default_factory=dict)
    bad: list[Any] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    told: Told = field(default_factory=Told)


def judge(tables: Sequence[Mapping[str, Any]], context: CheckContext, chunk: StagedChunk) -> Judged:
    """Judge the raw rows of a chunk; `tables` are those of its import."""
    columns = {table["key"]: Columns(table, context.own) for table in tables}
    judged = Judged()
    for key, number, _hidden, packed in read_chunk(chunk):
        _judge_row(judged, columns[key], context, number, packed)
    return judged


def _judge_row(
    judged: Judged, columns: "Columns", context: CheckContext, number: int, packed: Sequence[Any]
) -> None:
    if columns.register is None:
        judged.counts["left_out"] += 1
        return
    checked = columns.checked([unpack_cell(cell) for cell in packed], context)
    judged.counts["rows"] += 1
    judged.counts["warned"] += bool(checked.warnings)
    judged.told.add("warnings", checked.warnings, columns.key, number)
    if checked.problems:
        judged.counts["refused"] += 1
        judged.told.add("problems", checked.problems, columns.key, number)
        located = [columns.located(problem) for problem in checked.problems]
        judged.bad.append([columns.key, number, packed, located])
    else:
        judged.good.setdefault(columns.register.name, []).append([columns.sheet, number, checked.facts])


class Columns:
    """How the staged cells of one table become the raw values of a register's fields."""

    def __init__(self, table: Mapping[str, Any], own: OwnColumns) -> None:
        self.key: int = table["key"]
        self.sheet: str = table["sheet"]
        register = REGISTERS.get(table["register"])
        self.register = register and with_own(register, own)
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
