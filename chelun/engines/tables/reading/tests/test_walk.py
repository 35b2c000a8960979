"""Whatever a sheet looks like, every row and every cell of it comes out, and the same in each format."""

import csv
import io
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import xlwt
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from chelun.engines.tables.reading import Limits, Report, Row, Table, rows, tables
from chelun.engines.tables.reading.tests.build import (
    HEADS,
    PEOPLE,
    Value,
    data,
    everything,
    merged,
    split,
    xlsx,
)
from chelun.engines.tables.reading.tests.test_ods import cell as ods_cell
from chelun.engines.tables.reading.tests.test_ods import ods
from chelun.engines.tables.reading.tests.test_ods import row as ods_row
from chelun.engines.tables.reading.tests.test_ods import table as ods_table

Lines = list[tuple[Value, ...]]

WORDS = (
    "姓名", "身份证号", "联系电话", "车牌号", "所属企业", "备注", "车辆情况", "次第", "合计", "备注：核实", "填表人：甲", "同上",
    "〃", "安小一", "安二", "顺达物流有限公司", "川A00001", "999101199001010011", "13900000001", "二〇二三年", "2023-01-02",
    "一、货运", "重型", "是", "1", "2", "说明：本表由各单位填写，务必准确、完整，逾期不候。", "x", "  ", "\u3000", "",
)  # fmt: skip
cells = st.one_of(st.sampled_from(WORDS), st.sampled_from((1, 2, 3, 2.5, 13900000002)), st.just(""))
random_lines = st.lists(st.lists(cells, max_size=9).map(tuple), max_size=25)


@st.composite
def rosters(draw: st.DrawFn) -> Lines:
    """A sheet put together from what clerks put on sheets, in any order."""
    person = st.sampled_from(PEOPLE)
    part = st.one_of(
        st.just([HEADS]),
        st.lists(person, min_size=1, max_size=6),
        st.just([("某县花名册",)]),
        st.just([()]),
        st.just([("合计", "", 3)]),
        st.just([("序号", "驾驶员", "", "车辆", "", ""), ("", "姓名", "身份证号", "号牌", "类型", "")]),
        st.just([(*HEADS[:3], "", *HEADS[:3]), (*PEOPLE[0][:3], "", *PEOPLE[1][:3])]),
        st.just([("备注：以上属实",)]),
        st.just([("车牌号", "车型", "吨位"), ("川A00001", "重型", 12)]),
        random_lines,
    )
    lines = [line for lines in draw(st.lists(part, max_size=7)) for line in lines]
    return [tuple(line) for line in lines]


def is_seen(value: Value) -> bool:
    return value is not None and bool(str(value).strip(" \u3000"))


def check(source: io.BytesIO, lines: Sequence[Sequence[Value]]) -> None:
    """Every row with something in it comes once, with all of its cells."""
    report = Report()
    parts: dict[int, Counter[str]] = {}
    for item in everything(source, report=report):
        if isinstance(item, Row):
            seen = parts.setdefault(item.number, Counter())
            seen.update(text for text in (*item.cells, *item.aside) if text)
    wanted = {number: line for number, line in enumerate(lines, 1) if any(map(is_seen, line))}
    assert sorted(parts) == sorted(wanted)
    assert report.read == sum(report.kinds.values()) == len(wanted)
    for number, line in wanted.items():
        own = Counter(str(value) for value in line if is_seen(value))
        ditto = {"同上", "〃"}
        missing = {text for text in own - parts[number] if text not in ditto}
        assert not missing, (number, line, parts[number])


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(random_lines, rosters()))
def test_no_row_and_no_cell_disappears(lines: Lines) -> None:
    check(xlsx(lines), lines)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    rosters(),
    st.lists(
        st.sampled_from(["A2:A4", "B3:B9", "A1:F1", "C2:E2", "F3:F6", "A5:F5"]), max_size=3, unique=True
    ),
)
def test_no_row_disappears_under_merged_cells(lines: Lines, merges: list[str]) -> None:
    source = merged(lines, merges if not {"A1:F1", "A2:A4", "A5:F5"} <= set(merges) else [])
    report = Report()
    numbers = {item.number for item in everything(source, report=report) if isinstance(item, Row)}
    assert report.read == len(numbers)
    first = {number for number, line in enumerate(lines, 1) if line and is_seen(line[0])}
    covered = {3, 4, 5, 6, 7, 8, 9} if merges else set()
    assert first - covered <= numbers


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(rosters())
@example([("姓名",)] * 3 + [("姓名", "身份证号"), (139,), ("", "姓名", "身份证号"), ("备注：以上属实",)])
def test_tables_give_together_what_the_walk_gives(lines: Lines) -> None:
    if not any(is_seen(value) for line in lines for value in line):
        return
    for limits in (Limits(), Limits(look_rows=4)):
        source = xlsx(lines)
        if not any(isinstance(item, Table) for item in everything(source, limits=limits)):
            continue
        whole = {
            item.number for item in everything(source, limits=limits) if isinstance(item, Row) and item.table
        }
        listed = tables(source, limits=limits)
        by_table = {row.number: row.kind for table in listed for row in rows(source, table, limits=limits)}
        assert whole <= set(by_table) or not listed
        # What belongs to no table comes after one that the look at the first rows did not reach: told, never read in.
        assert {by_table[number] for number in set(by_table) - whole} <= {"foreign"}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(rosters())
def test_all_formats_give_the_same_rows(lines: Lines) -> None:
    texts = [tuple("" if value is None else str(value) for value in line) for line in lines]
    if not any(is_seen(text) for line in texts for text in line):
        return
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("花名册")
    for number, line in enumerate(texts):
        for column, text in enumerate(line):
            if text:
                sheet.write(number, column, text)
    old, plain = io.BytesIO(), io.StringIO()
    book.save(old)
    csv.writer(plain).writerows(texts)
    content = ods_table(
        *(ods_row(*(ods_cell(text) if text else "<table:table-cell/>" for text in line)) for line in texts)
    )
    first = [(row.table, row.number, row.kind, row.cells, row.aside) for row in split(xlsx(texts))[1]]
    for other in (old, ods(content), io.BytesIO(plain.getvalue().encode("utf-8-sig"))):
        assert [(row.table, row.number, row.kind, row.cells, row.aside) for row in split(other)[1]] == first


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(random_lines)
def test_cells_are_what_another_reader_sees(lines: Lines) -> None:
    source = xlsx(lines)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        path.write_bytes(source.getvalue())
        theirs = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    ours: dict[int, Counter[str]] = {}
    for row in split(source)[1]:
        ours.setdefault(row.number, Counter()).update((*row.cells, *row.aside))
    for number, line in enumerate(theirs, 1):
        shown = (f"{value:.15g}" if isinstance(value, float) else str(value) for value in line)
        texts = Counter(text for text in shown if is_seen(text) and text not in {"同上", "〃"})
        assert not texts - ours.get(number, Counter())


def test_late_tables_are_told_as_foreign_rows() -> None:
    lines: Lines = [HEADS, *PEOPLE * 3, (), ("车牌号", "车型", "吨位"), ("川A00001", "重型", 12)]
    limits = Limits(look_rows=5)
    source = xlsx(lines)
    (only,) = tables(source, limits=limits)
    kinds = Counter(row.kind for row in rows(source, only, limits=limits))
    assert kinds == {"head": 1, "data": 9, "foreign": 2}
    assert len(data([item for item in everything(source, limits=limits) if isinstance(item, Row)], 2)) == 1
