"""What was found in a file and what came of it, in words: left-out columns and rows, counts, refused rows."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chelun.core.ui import Cell, Column, Row, Stat, Table, clauses, listed, number
from chelun.core.ui.tables import CellLike
from chelun.platform.sheets.batches import place_of
from chelun.platform.sheets.models import SheetImport, StagedChunk
from chelun.platform.sheets.registers import REGISTERS, Register, registers_at
from chelun.platform.sheets.selectors.columns import masked
from chelun.platform.sheets.staging import BAD, read_chunk, unpack_cell
from chelun.platform.sheets.wording import field_label, register_label, said, sheet_label

PAGE_ROWS = 50
ROWS_NAMED = 12


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that may not come in, with the reason."""

    sheet: str
    letter: str
    head: str
    reason: str


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence about some rows: what, what to do, how often, in which rows first."""

    field: str
    problem: str
    advice: str
    count: str
    rows: str


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """One thing wrong with one cell of a refused row; `shown` is the cell, masked."""

    column: str
    shown: str
    problem: str
    advice: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused row."""

    sheet: str
    number: int
    cells: tuple[RefusedCell, ...]


@dataclass(frozen=True, slots=True)
class RefusalPage:
    """Some refused rows, with the numbers of this page, the neighbours (0 for none) and of all pages."""

    rows: tuple[Refusal, ...]
    here: int
    previous: int
    next: int
    pages: int
    total: int


def left_out_columns(sheet_import: SheetImport) -> list[LeftOut]:
    """The columns that were dropped before anything was stored."""
    return [
        LeftOut(
            dropped["sheet"], dropped["letter"], dropped["head"], said(dropped["reason"], dropped["params"])
        )
        for dropped in sheet_import.dropped
    ]


def left_out_rows(sheet_import: SheetImport) -> list[str]:
    """What stood beside the data, by kind with row numbers: titles, notes, totals, hidden rows and sheets."""
    words = {
        "title": _("标题行"), "head": _("表头行"), "total": _("合计行"), "note": _("表下或表外的说明"),
        "section": _("分组标题"), "serial": _("只有序号的行"), "foreign": _("另一张表的行，没有读"),
        "own": _("示例行和系统写的说明"), "beside": _("写在表旁边的文字"),
    }  # fmt: skip
    lines = [
        _("{what}：{place}，不导入").format(what=words[aside["kind"]], place=_place_of(aside))
        for aside in sheet_import.warnings
    ]
    return [*lines, *_left_out(sheet_import), *_hidden(sheet_import), *_scrubbed(sheet_import)]


def _place_of(aside: Mapping[str, Any]) -> str:
    """«名册 第 3、5 行»; a row above two tables that stand side by side is named once."""
    rows, count = list(dict.fromkeys(aside["rows"])), aside["count"]
    if count == len(aside["rows"]):
        count = len(rows)
    return f"{aside['sheet']} {rows_named(rows, count)}".strip()


def skipped_rows(sheet_import: SheetImport) -> Counter[str]:
    """How many rows of a file were passed over, by kind; texts beside a row that was read are no rows."""
    found: Counter[str] = Counter()
    for aside in sheet_import.warnings:
        if aside["kind"] != "beside":
            found[aside["kind"]] += aside["count"]
    return found


def _left_out(sheet_import: SheetImport) -> Iterator[str]:
    """Tables that nobody took for a register, once that is settled."""
    for table in sheet_import.tables:
        if table["rows"] and not table["register"] and "checked" in sheet_import.counts:
            told = ngettext(
                "表“{sheet}”没有选登记类别，{count} 行都没有导入",
                "表“{sheet}”没有选登记类别，{count} 行都没有导入",
                table["rows"],
            )
            yield told.format(sheet=sheet_label(table), count=number(table["rows"]))


def _hidden(sheet_import: SheetImport) -> Iterator[str]:
    for table in sheet_import.tables:
        if not table["rows"]:
            continue
        if table["sheet_hidden"]:
            yield _("表“{sheet}”是隐藏的，也读进来了").format(sheet=sheet_label(table))
        if table["hidden_rows"]:
            told = ngettext(
                "表“{sheet}”有 {count} 行是隐藏的，也读进来了",
                "表“{sheet}”有 {count} 行是隐藏的，也读进来了",
                table["hidden_rows"],
            )
            yield told.format(sheet=sheet_label(table), count=number(table["hidden_rows"]))


def _scrubbed(sheet_import: SheetImport) -> Iterator[str]:
    count = sum(sum(table["scrubbed"].values()) for table in sheet_import.tables)
    if count:
        told = ngettext(
            "有 {count} 格写了名册不得带入的内容，这些格没有保存",
            "有 {count} 格写了名册不得带入的内容，这些格没有保存",
            count,
        )
        yield told.format(count=number(count))


def rows_named(rows: list[int], count: int | None = None) -> str:
    """«第 3、5、8 行» or «第 3、5、8 等 40 行»; `count` says how many there are where only the first are listed."""
    count = len(rows) if count is None else count
    shown = listed(str(row) for row in rows[:ROWS_NAMED])
    if count <= ROWS_NAMED:
        return _("第 {rows} 行").format(rows=shown)
    return _("第 {rows} 等 {count} 行").format(rows=shown, count=number(count))


def _barred(counts: Counter[str]) -> list[Stat]:
    """Rows of persons who objected to being kept; said only where there are any."""
    if not counts["barred"]:
        return []
    told = _("本人反对继续保存并已抹除，按规定不再收录")
    return [Stat(_("不再收录"), number(counts["barred"]), definition=told, tone="warn")]


def preview_stats(sheet_import: SheetImport) -> list[Stat]:
    """What publication would do, as numbers."""
    counts = _sum(sheet_import.counts.get("preview", {}))
    checked = sheet_import.counts.get("checked", {})
    refused = checked.get("refused", 0)
    return [
        Stat(_("预计新增"), number(counts["created"]), definition=_("名册里还没有的"), tone="ok"),
        Stat(_("预计更新"), number(counts["changed"]), definition=_("已有的，会补充或改变内容")),
        Stat(_("没有变化"), number(counts["unchanged"]), definition=_("同样的内容已经在名册里")),
        Stat(
            _("待甄别"), number(counts["unresolved"]), definition=_("没有身份证号，认不准是谁，不并入任何人"),
            tone="warn" if counts["unresolved"] else "",
        ),
        *_barred(counts),
        Stat(
            _("退回"), number(refused), definition=_("有错，不会入库，请改正后再传"),
            url=_refused_url(sheet_import) if refused else "", tone="bad" if refused else "",
        ),
    ]  # fmt: skip


def nothing_passed(sheet_import: SheetImport) -> bool:
    """Whether every row was refused, so that there is nothing to bring in."""
    checked = sheet_import.counts.get("checked", {})
    return bool(checked) and checked.get("rows", 0) == checked.get("refused", 0)


def outcome_stats(sheet_import: SheetImport) -> list[Stat]:
    """What publication did, as numbers that open to their rows."""
    counts = _sum(sheet_import.counts.get("outcome", {}))
    refused = sheet_import.counts.get("checked", {}).get("refused", 0)
    return [
        Stat(_("新增"), number(counts["created"]), _only(sheet_import, "created", first="on"), tone="ok"),
        Stat(_("更新"), number(counts["changed"])),
        Stat(_("没有变化"), number(counts["unchanged"])),
        Stat(
            _("待甄别"), number(counts["unresolved"]), _only(sheet_import, "unresolved"),
            tone="warn" if counts["unresolved"] else "",
        ),
        *_barred(counts),
        Stat(
            _("退回"), number(refused), url=_refused_url(sheet_import) if refused else "",
            tone="bad" if refused else "",
        ),
    ]  # fmt: skip


def outcome_table(sheet_import: SheetImport) -> Table:
    """What became of the rows, register by register; what was brought opens to its rows."""
    heads = (_("新增"), _("更新"), _("没有变化"), _("待甄别"))
    columns = [
        Column("register", _("登记为")),
        *(Column(head, head, numeric=True) for head in heads),
        Column("rows", _("名单")),
    ]
    outcome = sheet_import.counts.get("outcome", {})
    return Table(
        _("入库结果"), columns, [_outcome_row(sheet_import, name, outcome[name]) for name in outcome]
    )


def _outcome_row(sheet_import: SheetImport, name: str, counts: Mapping[str, int]) -> Row:
    rows = _rows_url(sheet_import, name, "created")
    cells: list[CellLike] = [register_label(name)]
    for key in COUNTED:
        count = counts.get(key, 0)
        first = {"first": "on"} if key == "created" else {}
        cells.append(Cell(number(count), _rows_url(sheet_import, name, key, **first) if count else ""))
    return Row([*cells, Cell(_("看这次涉及的"), rows) if rows else ""])


COUNTED = ("created", "changed", "unchanged", "unresolved")


def _only(sheet_import: SheetImport, key: str, **query: str) -> str:
    """The rows behind a sum over registers, where one register makes up the whole of it; '' otherwise."""
    outcome = sheet_import.counts.get("outcome", {})
    names = [name for name, counts in outcome.items() if counts.get(key)]
    return _rows_url(sheet_import, names[0], key, **query) if len(names) == 1 else ""


def _rows_url(sheet_import: SheetImport, name: str, key: str, **query: str) -> str:
    """The rows of a register that this import brought, or left waiting; '' where they cannot be told apart."""
    register = REGISTERS.get(name)
    urls = {"created": register.rows_url, "unresolved": register.waiting_url} if register else {}
    named = {"batch": str(sheet_import.batch_id), **query}
    return f"{reverse(urls[key])}?{urlencode(named)}" if urls.get(key) else ""


def _refused_url(sheet_import: SheetImport) -> str:
    return reverse("sheets:import_refused", args=[sheet_import.pk])


def _sum(counts: Mapping[str, Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for register in counts.values():
        total.update(register)
    return total


def said_of(sheet_import: SheetImport, kind: str) -> list[Said]:
    """The sentences about refused rows (`problems`) or about rows that are taken all the same (`warnings`)."""
    told = sheet_import.counts.get("told", {}).get(kind, {})
    entries = sorted(told.values(), key=lambda entry: -entry["count"])
    registers = registers_at(place_of(sheet_import)) if entries else {}
    return [_said(sheet_import, entry, registers) for entry in entries]


def _said(sheet_import: SheetImport, entry: Mapping[str, Any], registers: Mapping[str, Register]) -> Said:
    tables = {table["key"]: table for table in sheet_import.tables}
    several = sum(bool(table["rows"]) for table in tables.values()) > 1
    by_table: dict[int, list[int]] = {}
    for key, row in entry["rows"]:
        by_table.setdefault(key, []).append(row)
    parts = [
        (sheet_label(tables[key]) + " " if several else "") + rows_named(rows)
        for key, rows in by_table.items()
    ]
    register = tables[entry["rows"][0][0]]["register"] if entry["rows"] else ""
    more = entry["count"] - len(entry["rows"])
    if more > 0:
        parts.append(_("还有 {count} 处").format(count=number(more)))
    times = ngettext("{count} 处", "{count} 处", entry["count"]).format(count=number(entry["count"]))
    return Said(
        field_label(registers.get(register), entry["field"]),
        said(entry["template"], entry["params"]),
        said(entry["advice"], entry["params"]),
        times,
        clauses(parts),
    )


def refusal_page(sheet_import: SheetImport, page: int) -> RefusalPage:
    """One page of refused rows, with each faulty cell masked. Opens only the chunks that the page needs."""
    sizes = list(
        StagedChunk.objects.filter(sheet_import=sheet_import, kind=BAD)
        .order_by("number")
        .values_list("number", "rows")
    )
    total = sum(rows for _number, rows in sizes)
    pages = max(1, -(-total // PAGE_ROWS))
    here = min(max(1, page), pages)
    rows = tuple(_refusals(sheet_import, sizes, (here - 1) * PAGE_ROWS))
    return RefusalPage(rows, here, here - 1, here + 1 if here < pages else 0, pages, total)


def _refusals(sheet_import: SheetImport, sizes: list[tuple[int, int]], start: int) -> Iterator[Refusal]:
    tables = {table["key"]: table for table in sheet_import.tables}
    left = PAGE_ROWS
    for chunk_number, rows in sizes:
        if start >= rows:
            start -= rows
            continue
        chunk = StagedChunk.objects.get(sheet_import=sheet_import, kind=BAD, number=chunk_number)
        found = read_chunk(chunk)[start : start + left]
        for key, row, packed, problems in found:
            yield _refusal(tables[key], row, packed, problems)
        start, left = 0, left - len(found)
        if left <= 0:
            return


def _refusal(table: Mapping[str, Any], row: int, packed: list[Any], problems: list[Any]) -> Refusal:
    cells = {column["at"]: (column, cell) for column, cell in zip(table["columns"], packed, strict=True)}
    return Refusal(
        sheet_label(table), row, tuple(_refused_cell(table, cells, problem) for problem in problems)
    )


def _refused_cell(table: Mapping[str, Any], cells: Mapping[int, Any], problem: list[Any]) -> RefusedCell:
    at, field, _code, template, advice, params = problem
    column, packed = cells.get(at, (None, ""))
    register = REGISTERS.get(table["register"])
    kind = next((spec.kind for spec in register.fields if spec.name == field), "") if register else ""
    where = f"{column['letter']} {column['head']}" if column else field_label(register, field)
    return RefusedCell(
        where,
        masked(str(unpack_cell(packed)), kind) if packed else "",
        said(template, params),
        said(advice, params),
    )
