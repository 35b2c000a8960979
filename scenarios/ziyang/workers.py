"""The lists of new-employment workers: townships from below, city platform from above, the riders' chat, corrections.

The union of the lists counts 182: 70 by the townships alone, 42 by both, 46 by the platform alone, 24 riders.
"""

from pathlib import Path
from random import Random

from scenarios.common import roster
from scenarios.common.books import Sheet, write_text, write_xlsx
from scenarios.common.model import Outcome, Tally, WorkbookInfo
from scenarios.common.roster import Column, Entry, Habit, Mishap
from scenarios.ziyang.crowd import Crowd

TOWNSHIP_SOURCE = "新就业群体乡镇摸排"
PLATFORM_SOURCE = "市级数据平台下发"
RIDERS_SOURCE = "外卖骑手群接龙"

# Places in the township list: the first 70 are the townships' own, the other 42 are on the platform's list, too.
TOWNSHIP_MISHAPS = {
    9: Mishap.EXCEL,
    23: Mishap.WRONG_CHECK,
    41: Mishap.SWAPPED,
    55: Mishap.EXCEL,
    76: Mishap.EXCEL,
    98: Mishap.SHORT_PHONE,
}
PLATFORM_MISHAPS = {3: Mishap.EXCEL, 19: Mishap.WRONG_CHECK, 30: Mishap.FUTURE, 41: Mishap.SHORT_PHONE}
NO_ID_PLACES = (5, 31, 62)
ALSO_RIDERS = 6

TOWNSHIP_COLUMNS = (
    Column("乡镇", roster.town_cell),
    Column("姓名", roster.name_cell),
    Column("性别", roster.sex_cell),
    Column("身份证号", roster.id_text_cell),
    Column("联系电话", roster.phone_cell),
    Column("从业类别", roster.kind_cell),
    Column("车牌号", roster.plate_cell),
    Column("所属平台", roster.firm_cell),
    Column("从业起始时间", roster.since_cell),
    Column("身份", roster.political, dropped=True),
)
RIDE_HAIL_COLUMNS = (
    Column("序号", roster.number_cell),
    Column("从业人员姓名", roster.name_cell),
    Column("证件号码", roster.id_cell),
    Column("联系方式", roster.phone_cell),
    Column("行业类别", roster.kind_cell),
    Column("服务平台", roster.firm_cell),
    Column("注册时间", roster.since_cell),
)
COURIER_COLUMNS = (
    Column("序号", roster.number_cell),
    Column("从业人员姓名", roster.name_cell),
    Column("证件号码", roster.id_cell),
    Column("联系方式", roster.phone_cell),
    Column("行业类别", roster.kind_cell),
    Column("快递品牌", roster.firm_cell),
    Column("注册时间", roster.since_cell),
    Column("属性", roster.political, dropped=True),
)
TRUCK_COLUMNS = (
    Column("司機姓名", roster.name_cell),
    Column("公民身份號碼", roster.id_cell),
    Column("聯繫電話", roster.phone_cell),
    Column("行業類別", roster.kind_cell),
    Column("出生日期", roster.birth_cell),
    Column("掛靠單位", roster.firm_cell),
    Column("車牌號碼", roster.plate_cell),
    Column("註冊時間", roster.since_cell),
    Column("族別", roster.ethnic, dropped=True),
)
RIDER_COLUMNS = (
    Column("序号", roster.number_cell),
    Column("姓名", roster.name_cell),
    Column("身份证号", roster.id_text_cell),
    Column("手机", roster.phone_cell),
    Column("类别", roster.kind_cell),
    Column("平台", roster.firm_cell),
)


def township_entries(crowd: Crowd) -> list[Entry]:
    """The townships' 112 rows, six of them to be refused."""
    entries = roster.mark([Entry(worker) for worker in crowd.township_only + crowd.both], TOWNSHIP_MISHAPS)
    sound = [place for place, entry in enumerate(entries) if entry.mishap is None]
    entries = roster.habit(entries, NO_ID_PLACES, Habit.NO_ID)
    elders = [
        place
        for place in sound
        if entries[place].worker.person.birth.year < 1985 and place not in NO_ID_PLACES
    ]
    entries = roster.habit(entries, elders[::5], Habit.ID_15)
    entries = roster.habit(entries, sound[4::11], Habit.TWO_PHONES)
    return roster.habit(entries, sound[6::13], Habit.GLOSS)


def platform_entries(crowd: Crowd) -> list[Entry]:
    """The platform's 88 rows: 42 that the townships sent, too (two of those refused there), and 46 of its own."""
    first = len(crowd.township_only)
    both = [
        Entry(worker, Outcome.CREATED if first + place in TOWNSHIP_MISHAPS else Outcome.JOINED)
        for place, worker in enumerate(crowd.both)
    ]
    known = [place for place, entry in enumerate(both) if entry.outcome is Outcome.JOINED]
    both = roster.habit(both, known[::3], Habit.MASKED)
    own = roster.mark([Entry(worker) for worker in crowd.platform_only], PLATFORM_MISHAPS)
    return both + roster.habit(own, range(2, len(own), 9), Habit.GLOSS)


def doubtful_entries(crowd: Crowd) -> list[Entry]:
    """Two rows without ID number: name and phone of truck drivers already known, but another birth date."""
    places = (12, 27)
    habits = frozenset({Habit.NO_ID, Habit.OTHER_BIRTH, Habit.PLAIN})
    return [Entry(crowd.township_only[place], Outcome.UNRESOLVED, None, habits) for place in places]


def make_township_list(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """The townships' list as GB 18030 text, sorted by township, with 同上 and notes."""
    tally, sheet = Tally(), Sheet("乡镇")
    entries = sorted(township_entries(crowd), key=lambda entry: entry.worker.town)
    sheet.put(0, 0, "紫阳县新就业群体摸排表（各镇自下而上上报，2026年8月）")
    table = roster.write_table(sheet, TOWNSHIP_COLUMNS, entries, dice, tally, top=1)
    roster.same_as_above(sheet, table, "乡镇", ("同上",))
    sheet.put(table.bottom + 1, 0, "合计")
    sheet.put(table.bottom + 1, 1, f"{len(entries)}人")
    sheet.put(table.bottom + 2, 0, "填表说明：本表由各镇逐户走访后填写，做到应排尽排、不漏一人。")
    path = folder / f"{order:02d}_新就业群体摸排表_乡镇上报.csv"
    write_text(path, sheet, encoding="gb18030", delimiter=",")
    return WorkbookInfo(path, TOWNSHIP_SOURCE, "person", order, tally.figures())


def make_platform_list(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """The city platform's list: two tables side by side, and a sheet in traditional characters."""
    tally = Tally()
    entries = platform_entries(crowd)
    path = folder / f"{order:02d}_市级平台新就业群体名单.xlsx"
    trucks = [entry for entry in entries if entry.worker.kind == "货车"] + doubtful_entries(crowd)
    write_xlsx(path, [_side_by_side(entries, dice, tally), _traditional_sheet(trucks, dice, tally)])
    return WorkbookInfo(path, PLATFORM_SOURCE, "person", order, tally.figures())


def _side_by_side(entries: list[Entry], dice: Random, tally: Tally) -> Sheet:
    sheet = Sheet("网约车和快递")
    left = [entry for entry in entries if entry.worker.kind == "网约车"]
    right = [entry for entry in entries if entry.worker.kind == "快递"]
    start = len(RIDE_HAIL_COLUMNS) + 1
    sheet.title(0, "市级数据平台新就业群体名单（紫阳县）", left=0, width=start + len(COURIER_COLUMNS))
    sheet.title(1, "网约车驾驶员", left=0, width=len(RIDE_HAIL_COLUMNS))
    sheet.title(1, "快递员", left=start, width=len(COURIER_COLUMNS))
    roster.write_table(sheet, RIDE_HAIL_COLUMNS, left, dice, tally, top=2)
    table = roster.write_table(sheet, COURIER_COLUMNS, right, dice, tally, top=2, left=start)
    roster.same_as_above(sheet, table, "快递品牌", ("同上",))
    return sheet


def _traditional_sheet(entries: list[Entry], dice: Random, tally: Tally) -> Sheet:
    sheet = Sheet("貨車")
    written = roster.habit(
        entries, [place for place, entry in enumerate(entries) if not entry.habits], Habit.TRADITIONAL
    )
    sheet.title(0, "貨車駕駛員名單", left=0, width=len(TRUCK_COLUMNS))
    roster.write_table(sheet, TRUCK_COLUMNS, written, dice, tally, top=1)
    return sheet


def make_riders_list(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """A list copied out of a chat: no head at all, tabs, UTF-8; six of the townships' couriers are in it."""
    tally, sheet = Tally(), Sheet("接龙")
    no_id = {crowd.township_only[place].person for place in NO_ID_PLACES}
    bad = {
        crowd.township_only[place].person for place in TOWNSHIP_MISHAPS if place < len(crowd.township_only)
    }
    couriers = [w for w in crowd.township_only if w.kind == "快递" and w.person not in no_id | bad]
    entries = [Entry(worker) for worker in crowd.riders]
    entries += [Entry(worker, Outcome.JOINED) for worker in couriers[:ALSO_RIDERS]]
    roster.write_table(sheet, RIDER_COLUMNS, entries, dice, tally, top=0, headless=True)
    path = folder / f"{order:02d}_外卖骑手接龙.csv"
    write_text(path, sheet, encoding="utf-8-sig", delimiter="\t")
    hints = {
        "列A": "不导入",
        "列B": "姓名",
        "列C": "身份证号",
        "列D": "联系电话",
        "列E": "工种",
        "列F": "平台",
    }
    return WorkbookInfo(path, RIDERS_SOURCE, "person", order, tally.figures(), hints)


def make_corrected_township_list(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """The townships' six refused rows, corrected; two of the people have come in by the platform meanwhile."""
    tally, sheet = Tally(), Sheet("乡镇")
    both = set(crowd.both)
    again = [
        entry.corrected(Outcome.JOINED if entry.worker in both else Outcome.CREATED)
        for entry in roster.refused(township_entries(crowd))
    ]
    roster.write_table(sheet, TOWNSHIP_COLUMNS, again, dice, tally, top=0)
    path = folder / f"{order:02d}_新就业群体摸排表_更正后.xlsx"
    write_xlsx(path, [sheet])
    return WorkbookInfo(path, TOWNSHIP_SOURCE, "person", order, tally.figures())


def make_corrected_platform_list(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """The platform's four refused rows, corrected, under its heads."""
    tally = Tally()
    again = [entry.corrected() for entry in roster.refused(platform_entries(crowd))]
    by_kind = (("网约车", RIDE_HAIL_COLUMNS), ("快递", COURIER_COLUMNS), ("货车", TRUCK_COLUMNS))
    sheets = []
    for kind, columns in by_kind:
        rows = [entry for entry in again if entry.worker.kind == kind]
        if rows:
            sheets.append(Sheet(kind))
            roster.write_table(sheets[-1], columns, rows, dice, tally, top=0)
    path = folder / f"{order:02d}_市级平台名单_更正后.xlsx"
    write_xlsx(path, sheets)
    return WorkbookInfo(path, PLATFORM_SOURCE, "person", order, tally.figures())
