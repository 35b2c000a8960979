"""The staff rosters of the firms: one workbook of four sheets, and the corrected rows sent later.

All 349 staff are in the first workbook; nine of its rows must be refused and come again in the second.
"""

from pathlib import Path
from random import Random

from scenarios.common import roster
from scenarios.common.books import Formula, Sheet, write_xlsx
from scenarios.common.model import Outcome, Tally, WorkbookInfo
from scenarios.common.roster import Column, Entry, Habit, Mishap
from scenarios.ziyang.crowd import Crowd

SOURCE = "企业职工花名册"
FIRST_FIRMS = 262
MISHAPS = {
    17: Mishap.WRONG_CHECK,
    58: Mishap.SWAPPED,
    101: Mishap.EXCEL,
    139: Mishap.NO_AREA,
    166: Mishap.FUTURE,
    205: Mishap.SHORT_PHONE,
    240: Mishap.WRONG_CHECK,
}
LATER_MISHAPS = {7: Mishap.EXCEL, 33: Mishap.NO_CACHE}
AGENCY_ROWS = slice(26, 38)
PHONE_BOOK_FROM = 26

MAIN_COLUMNS = (
    Column("序号", roster.number_cell),
    Column("所属企业", roster.firm_cell),
    Column("姓名", roster.name_cell),
    Column("性别", roster.sex_cell),
    Column("身份证号码", roster.id_cell),
    Column("联系电话", roster.phone_cell),
    Column("从业类别", roster.kind_cell, group="岗位信息"),
    Column("岗位", roster.post_cell, group="岗位信息"),
    Column("入职日期", roster.since_cell, group="岗位信息"),
    Column("政治面貌", roster.political, group="其他", dropped=True),
    Column("民族", roster.ethnic, group="其他", dropped=True),
)
LATER_COLUMNS = (
    Column("姓　名", roster.name_cell),
    Column("公民身份号码", roster.id_cell),
    Column("手机", roster.phone_cell),
    Column("工作单位", roster.firm_cell),
    Column("工种", roster.kind_cell),
    Column("参加工作时间", roster.since_cell),
    Column("身体状况", roster.health, dropped=True),
    Column("党派", roster.political, dropped=True),
)
AGENCY_COLUMNS = LATER_COLUMNS[:6]


def staff_entries(crowd: Crowd) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """The rows of the main sheet, of the later sheet and of the hidden agency sheet."""
    entries = [Entry(worker) for worker in crowd.staff]
    main = roster.mark(entries[:FIRST_FIRMS], MISHAPS)
    main = roster.habit(main, range(20, FIRST_FIRMS, 37), Habit.TWO_PHONES)
    main = roster.habit(main, range(11, FIRST_FIRMS, 61), Habit.GLOSS)
    rest = entries[FIRST_FIRMS:]
    later = roster.mark(rest[: AGENCY_ROWS.start] + rest[AGENCY_ROWS.stop :], LATER_MISHAPS)
    return main, later, rest[AGENCY_ROWS]


def make_roster(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``企业职工花名册``: merged firms, 同上, formulas, a hidden sheet with twelve agency staff, a phone list."""
    main, later, agency = staff_entries(crowd)
    tally = Tally()
    book = [_main_sheet(main, dice, tally), _later_sheet(later, dice, tally)]
    book.append(_agency_sheet(agency, dice, tally))
    book.append(_phone_book(later, dice, tally))
    path = folder / f"{order:02d}_企业职工花名册.xlsx"
    write_xlsx(path, book)
    return WorkbookInfo(path, SOURCE, "person", order, tally.figures())


def _main_sheet(entries: list[Entry], dice: Random, tally: Tally) -> Sheet:
    sheet = Sheet("花名册")
    width = len(MAIN_COLUMNS) + 2
    sheet.title(0, "紫阳县交通运输行业非公企业职工花名册", left=0, width=width)
    sheet.title(1, "填报单位：各企业（盖章）　　　填报时间：2026年9月10日", left=0, width=width)
    table = roster.write_table(sheet, MAIN_COLUMNS, entries, dice, tally, top=2)
    sheet.merge_equal_down(table.place("所属企业"), table.top, table.bottom)
    roster.same_as_above(sheet, table, "从业类别", ("同上", "〃", "同上"))
    for head, column in (("年龄", width - 2), ("备注", width - 1)):
        sheet.put(2, column, head)
        sheet.merge(2, column, 3, column)
    for offset, entry in enumerate(entries):
        if entry.mishap is None and offset % 3 == 0:
            sheet.put(
                table.top + offset,
                width - 2,
                roster.age_formula(table.top + offset, "E", entry.worker.person.birth),
            )
    sheet.put(table.top + 4, width - 1, "返聘")
    sheet.hidden_rows.update(range(table.top + 70, table.top + 75))
    sheet.put(table.bottom + 1, 0, "合计")
    total = Formula(f"=COUNTA(C{table.top + 1}:C{table.bottom + 1})", len(entries))
    sheet.put(table.bottom + 1, 2, total)
    sheet.put(
        table.bottom + 2, 0, "注：1.本表由企业人事部门填写；2.劳务派遣人员另附；3.姓名以居民身份证为准。"
    )
    return sheet


def _later_sheet(entries: list[Entry], dice: Random, tally: Tally) -> Sheet:
    """Later firms: one line of heads; the phones of the last two firms are looked up in the phone list."""
    sheet = Sheet("物流快递")
    table = roster.write_table(sheet, LATER_COLUMNS, entries, dice, tally, top=0)
    names, phones = table.place("姓　名"), table.place("手机")
    for offset, entry in enumerate(entries[PHONE_BOOK_FROM:], start=PHONE_BOOK_FROM):
        row = table.top + offset
        sheet.put(row, names, entry.worker.person.name)
        cached = None if entry.mishap is Mishap.NO_CACHE else entry.worker.person.phone
        sheet.put(row, phones, Formula(f"=VLOOKUP(A{row + 1},通讯录!$A:$B,2,FALSE)", cached))
    roster.same_as_above(sheet, table, "工作单位", ("同上",))
    return sheet


def _agency_sheet(entries: list[Entry], dice: Random, tally: Tally) -> Sheet:
    sheet = Sheet("劳务派遣", hidden=True)
    roster.write_table(sheet, AGENCY_COLUMNS, entries, dice, tally, top=0)
    return sheet


def _phone_book(later: list[Entry], dice: Random, tally: Tally) -> Sheet:
    """Name and phone of people who came in by the sheets before: each row joins one of them."""
    sheet = Sheet("通讯录")
    listed = [
        Entry(entry.worker, Outcome.JOINED, None, frozenset({Habit.PLAIN}))
        for entry in later[PHONE_BOOK_FROM:]
        if entry.mishap is None
    ]
    columns = (Column("姓名", roster.name_cell), Column("手机号", roster.phone_cell))
    roster.write_table(sheet, columns, listed, dice, tally, top=0)
    return sheet


def make_corrected_roster(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """The nine refused rows, corrected, under the heads of the sheets that they came from."""
    main, later, _ = staff_entries(crowd)
    tally = Tally()
    sheets = []
    for name, columns, entries in (("花名册", MAIN_COLUMNS, main), ("物流快递", LATER_COLUMNS, later)):
        sheet = Sheet(name)
        again = [entry.corrected() for entry in roster.refused(entries)]
        roster.write_table(sheet, columns, again, dice, tally, top=0)
        sheets.append(sheet)
    path = folder / f"{order:02d}_企业职工花名册_更正后.xlsx"
    write_xlsx(path, sheets)
    return WorkbookInfo(path, SOURCE, "person", order, tally.figures())
