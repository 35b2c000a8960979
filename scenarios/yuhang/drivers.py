"""The rosters of drivers: a sheet for the large firms and one for the small, a late list with what was refused."""

from dataclasses import replace
from pathlib import Path
from random import Random

from scenarios.common import roster
from scenarios.common.books import Cell, Sheet, write_text, write_xlsx
from scenarios.common.model import Outcome, Tally, WorkbookInfo
from scenarios.common.roster import Column, Entry, Mishap
from scenarios.yuhang.crowd import AT_WHEEL, Crowd

SOURCE, LATE_SOURCE = "货车司机花名册", "货车司机花名册补充"
WITH_LEAVERS, LEAVERS = 1, 3
LATE_OF, LATE = 3, 6
KNOWN = 5
LARGE_FIRMS = 7
MISHAPS = {
    (0, 20): Mishap.EXCEL,
    (2, 30): Mishap.WRONG_CHECK,
    (7, 11): Mishap.SWAPPED,
    (9, 40): Mishap.EXCEL,
    (17, 2): Mishap.SHORT_PHONE,
}
ELSEWHERE = "浙A0T016"
"""A plate that no ledger has: who drives it does not make it the firm's."""


def _left_cell(entry: Entry, _: Random, __: int) -> Cell:
    """The last day of those who have left, 在职 for the others."""
    return "2026年3月31日" if entry.worker.post == "离职" else "在职" if entry.worker.since.year % 2 else None


COLUMNS = (
    Column("所属企业", roster.firm_cell),
    Column("姓名", roster.name_cell),
    Column("身份证号", roster.id_cell),
    Column("联系电话", roster.phone_cell),
    Column("工种", roster.kind_cell),
    Column("车牌号", roster.plate_cell),
    Column("入职日期", roster.since_cell),
    Column("离职日期", _left_cell),
    Column("民族", roster.ethnic, dropped=True),
)
LATE_COLUMNS = tuple(
    column if column.head != "身份证号" else Column("身份证号", roster.id_text_cell) for column in COLUMNS
)


def entries_of(crowd: Crowd) -> list[list[Entry]]:
    """The drivers of each firm: three have left, five are to be refused."""
    found = []
    for place, drivers in enumerate(crowd.drivers):
        entries = [Entry(worker) for worker in drivers]
        if place == WITH_LEAVERS:
            entries[:LEAVERS] = [Entry(replace(each.worker, post="离职")) for each in entries[:LEAVERS]]
        if place == AT_WHEEL:
            entries[-1] = Entry(replace(entries[-1].worker, plate=ELSEWHERE))
        mishaps = {number: mishap for (firm, number), mishap in MISHAPS.items() if firm == place}
        found.append(roster.mark(entries, mishaps))
    return found


def make_roster(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``货车司机花名册``: firms merged downwards, 同上, ethnicity to be dropped."""
    tally, firms = Tally(), entries_of(crowd)
    firms[LATE_OF] = firms[LATE_OF][:-LATE]
    book = []
    for name, part in (("规模企业", firms[:LARGE_FIRMS]), ("其他企业", firms[LARGE_FIRMS:])):
        sheet = Sheet(name)
        sheet.title(0, f"余杭区货运企业货车司机花名册（{name}）", left=0, width=len(COLUMNS))
        entries = [entry for firm in part for entry in firm]
        table = roster.write_table(sheet, COLUMNS, entries, dice, tally, top=1)
        sheet.merge_equal_down(table.place("所属企业"), table.top, table.bottom)
        roster.same_as_above(sheet, table, "工种")
        sheet.put(table.bottom + 1, 0, "注：离职的也请保留，填离职日期。")
        book.append(sheet)
    path = folder / f"{order:02d}_货车司机花名册.xlsx"
    write_xlsx(path, book)
    return WorkbookInfo(path, SOURCE, "person", order, tally.figures())


def make_late_roster(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``货车司机花名册_补充``: six new drivers, the five refused ones corrected, five who are on file."""
    tally, sheet, firms = Tally(), Sheet("补充"), entries_of(crowd)
    late = firms[LATE_OF][-LATE:]
    again = [entry.corrected() for firm in firms for entry in roster.refused(firm)]
    known = [Entry(entry.worker, Outcome.JOINED) for entry in firms[5][:KNOWN]]
    roster.write_table(sheet, LATE_COLUMNS, late + again + known, dice, tally, top=0)
    path = folder / f"{order:02d}_货车司机花名册_补充.csv"
    write_text(path, sheet, encoding="utf-8-sig", delimiter=",")
    return WorkbookInfo(path, LATE_SOURCE, "person", order, tally.figures())
