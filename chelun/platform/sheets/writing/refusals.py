"""The workbook of refused rows: the clerk's own heads and columns, the faulty cells marked, ready to be sent again.

Two columns are added at the end (问题, 怎么办); an import passes over them (`columns.own`). Columns that were dropped
are left out, and cells that mention what a roster may not bring in come back empty.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from xlsxwriter.worksheet import Worksheet

from chelun.engines.faults import N_
from chelun.engines.tables.columns import safe_head, scrub, scrub_name
from chelun.platform.sheets.writing.book import ROW_LIMIT, Book, Target, open_book
from chelun.platform.sheets.writing.texts import Say, cell_text

PROBLEM, ADVICE = N_("问题"), N_("怎么办")
GUIDE = N_("退回说明")
_GUIDE_LINES = (
    N_("这里只有没有导入的行，其余的行已经导入，不必再报。"),
    N_("标红的单元格有问题，“问题”和“怎么办”两列写明了原因和办法。"),
    N_("请直接在表里改正，保存后把整个文件再导入一次。“问题”“怎么办”两列不用删，导入时会自动略过。"),
    N_("所有单元格都是文本格式，请不要改动，以免身份证号等长数字丢失末尾几位。"),
    N_("名册不得带入的列和内容没有退回，也没有保存。"),
)
_ROW = N_("原表第 {row} 行")
_CELL = N_("{head}：{problem}")

#: Comments make a workbook heavy: only the first so many cells get one, the added columns tell all.
COMMENT_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong and what to do, in the reader's language; `column` is a place in `heads`, None for the whole row."""

    column: int | None
    problem: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row as the clerk wrote it, its number in the clerk's sheet (from 1), and its problems."""

    number: int
    cells: Sequence[str]
    problems: Sequence[CellProblem]


@dataclass(frozen=True, slots=True)
class RefusedTable:
    """One table of the clerk's file.

    `omit` are the places of dropped columns. `names` are the places of columns that hold names, firms, addresses,
    numbers: there only asides in brackets go; cells of all other columns come back empty when they mention a forbidden thing.
    """

    sheet: str
    heads: Sequence[str]
    rows: Iterable[RefusedRow]
    omit: frozenset[int] = frozenset()
    names: frozenset[int] = frozenset()


@dataclass(slots=True)
class RefusalCount:
    """What was written: rows, marked cells, cells emptied by kind."""

    rows: int = 0
    marked: int = 0
    emptied: dict[str, int] = field(default_factory=dict)


def write_refusals(
    target: Target,
    tables: Iterable[RefusedTable],
    *,
    say: Say = str,
    notes: Sequence[str] = (),
    tmpdir: str | None = None,
) -> RefusalCount:
    """Write the refused rows as .xlsx to a path or an open binary file; rows are streamed.

    `say` translates the fixed words; `notes` are lines for the sheet of explanation (file, clerk, time). Tables
    without rows get no sheet.
    """
    count = RefusalCount()
    with open_book(target, tmpdir=tmpdir) as book:
        for table in tables:
            rows = iter(table.rows)
            # A sheet is full at Excel's limit: the next one goes on with the same heads.
            for first in rows:
                _write_sheet(book, table, first, islice(rows, ROW_LIMIT - 1), count, say)
        _write_guide(book, notes, say)
    return count


def _write_sheet(
    book: Book,
    table: RefusedTable,
    first: RefusedRow,
    others: Iterable[RefusedRow],
    count: RefusalCount,
    say: Say,
) -> None:
    """One sheet: heads, the rows, the two added columns."""
    sheet = book.sheet(table.sheet)
    places = [place for place in range(len(table.heads)) if place not in table.omit]
    heads = [table.heads[place] for place in places] + [say(PROBLEM), say(ADVICE)]
    for column, head in enumerate(heads):
        book.put(sheet, 0, column, head, "head" if column < len(places) else "added")
        sheet.set_column(column, column, _width(head) if column < len(places) else 44)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, 0, len(heads) - 1)
    write = partial(_write_row, book, sheet, table, places, count=count, say=say)
    write(1, first)
    for line, row in enumerate(others, start=2):
        write(line, row)


def _width(head: str) -> float:
    """Room for a head and for an ID number."""
    return min(40.0, max(12.0, 2.2 * len(head), 21.0 if "证" in head or "号" in head else 0.0))


def _write_row(
    book: Book,
    sheet: Worksheet,
    table: RefusedTable,
    places: Sequence[int],
    line: int,
    row: RefusedRow,
    *,
    count: RefusalCount,
    say: Say,
) -> None:
    """One refused row; every cell a string."""
    by_place = _by_place(row.problems)
    for column, place in enumerate(places):
        text = _returned(row.cells[place] if place < len(row.cells) else "", place in table.names, count)
        faulty = by_place.get(place)
        book.put(sheet, line, column, text, "bad" if faulty else "text")
        if faulty:
            count.marked += 1
            if count.marked <= COMMENT_LIMIT:
                sheet.write_comment(
                    line, column, cell_text("\n".join(faulty)), {"x_scale": 2, "font_size": 9}
                )
    problems, advice = _told(row, table.heads, say)
    book.put(sheet, line, len(places), problems, "added")
    book.put(sheet, line, len(places) + 1, advice, "added")
    count.rows += 1


def _returned(text: str, is_name: bool, count: RefusalCount) -> str:
    """The cell as it goes back to the clerk: empty when it mentions what a roster may not bring in."""
    clean, kinds = scrub_name(text) if is_name else scrub(text)
    for kind in kinds:
        count.emptied[kind] = count.emptied.get(kind, 0) + 1
    return clean or ""


def _by_place(problems: Sequence[CellProblem]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for problem in problems:
        if problem.column is not None:
            found.setdefault(problem.column, []).extend(filter(None, (problem.problem, problem.advice)))
    return found


def _told(row: RefusedRow, heads: Sequence[str], say: Say) -> tuple[str, str]:
    """The texts of the two added columns: which row it was, each problem with its head; each advice once."""
    lines = [say(_ROW).format(row=row.number)]
    for problem in row.problems:
        head = safe_head(heads[problem.column]) if problem.column is not None else ""
        lines.append(say(_CELL).format(head=head, problem=problem.problem) if head else problem.problem)
    advice = dict.fromkeys(problem.advice for problem in row.problems if problem.advice)
    return "\n".join(lines), "\n".join(advice)


def _write_guide(book: Book, notes: Sequence[str], say: Say) -> None:
    """The sheet of explanation, at the end; an import passes over it by its name."""
    sheet = book.sheet(say(GUIDE))
    sheet.set_column(0, 0, 100)
    for line, text in enumerate([*map(say, _GUIDE_LINES), *notes]):
        book.put(sheet, line, 0, text, "wrapped")
