"""The lists of truck drivers: the field survey, a platform's export, telephone notes, a township's late list, corrections.

58 of the 64 drivers are in the survey (five rows refused), three more in the platform's export, three in the late list.
"""

from pathlib import Path
from random import Random

from scenarios.common import roster, ugly
from scenarios.common.books import Cell, Sheet, write_ods, write_text, write_xlsx
from scenarios.common.model import Outcome, Tally, WorkbookInfo
from scenarios.common.people import Worker
from scenarios.common.roster import Column, Entry, Habit, Mishap
from scenarios.meigu.crowd import Crowd

SURVEY_SOURCE = "货车司机摸底表"
PLATFORM_SOURCE = "网络货运平台注册司机"
TELEPHONE_SOURCE = "电话访问核实"
LATE_SOURCE = "乡镇补报"

PLATFORM_IN_SURVEY, SELF_IN_SURVEY = 12, 24
TRADITIONAL_MISHAPS = {4: Mishap.WRONG_CHECK, 15: Mishap.EXCEL}
PLATFORM_MISHAPS = {5: Mishap.SWAPPED}
SELF_MISHAPS = {8: Mishap.EXCEL, 19: Mishap.SHORT_PHONE}
KNOWN = frozenset({Habit.PLAIN})


def _home_cell(entry: Entry, _: Random, __: int) -> Cell:
    """The household region, as far as the township."""
    return f"四川省美姑县{entry.worker.town}"


def _licence_year_cell(entry: Entry, dice: Random, row: int) -> Cell:
    """The first day at the wheel; every third row in Chinese numerals."""
    return ugly.chinese_day(entry.worker.since) if row % 3 == 0 else roster.since_cell(entry, dice, row)


TRADITIONAL_COLUMNS = (
    Column("序号", roster.number_cell),
    Column("所在企业", roster.firm_cell),
    Column("姓名", roster.name_cell, group="基本信息"),
    Column("性别", roster.sex_cell, group="基本信息"),
    Column("公民身份号码", roster.id_cell, group="基本信息"),
    Column("户籍所在地", _home_cell, group="基本信息"),
    Column("联系电话", roster.phone_cell, group="基本信息"),
    Column("车牌号", roster.plate_cell, group="从业信息"),
    Column("从业类别", roster.kind_cell, group="从业信息"),
    Column("从业时间", _licence_year_cell, group="从业信息"),
    Column("民族", roster.ethnic, group="其他", dropped=True),
    Column("政治面貌", roster.political, group="其他", dropped=True),
)
PLATFORM_COLUMNS = (
    Column("司机姓名", roster.name_cell),
    Column("身份证号", roster.id_cell),
    Column("手机号", roster.phone_cell),
    Column("平台名称", roster.firm_cell),
    Column("从业类别", roster.kind_cell),
    Column("族别", roster.ethnic, dropped=True),
)
SELF_COLUMNS = (
    Column("序号", roster.number_cell),
    Column("姓名", roster.name_cell),
    Column("身份证号", roster.id_cell),
    Column("电话", roster.phone_cell),
    Column("类别", roster.kind_cell),
    Column("车牌", roster.plate_cell),
    Column("身份", roster.political, dropped=True),
)
EXPORT_COLUMNS = (
    Column("driverName(司机姓名)", roster.name_cell),
    Column("drivingLicense(身份证号)", roster.id_text_cell),
    Column("telephone(联系电话)", roster.phone_cell),
    Column("从业类别", roster.kind_cell),
    Column("承运平台", roster.firm_cell),
    Column("注册日期", roster.since_cell),
)
TELEPHONE_COLUMNS = (
    Column("姓名", roster.name_cell),
    Column("电话", roster.phone_cell),
    Column("出生日期", roster.birth_cell),
    Column("户籍", _home_cell),
    Column("访问结果", roster.pick_cell("已接通，信息属实", "已接通", "第二次接通")),
    Column("健康状况", roster.health, dropped=True),
)
LATE_COLUMNS = (
    Column("姓名", roster.name_cell),
    Column("身份证号码", roster.id_text_cell),
    Column("手机号码", roster.phone_cell),
    Column("从业类别", roster.kind_cell),
    Column("车牌号码", roster.plate_cell),
)


def survey_entries(crowd: Crowd) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """The survey's rows by field: traditional firms, platform firms, self-employed."""
    traditional = roster.mark([Entry(worker) for worker in crowd.traditional], TRADITIONAL_MISHAPS)
    traditional = roster.habit(traditional, (1, 9, 18), Habit.TWO_PHONES)
    traditional = roster.habit(traditional, (6, 13), Habit.GLOSS)
    platform = roster.mark(
        [Entry(worker) for worker in crowd.platform[:PLATFORM_IN_SURVEY]], PLATFORM_MISHAPS
    )
    alone = roster.mark([Entry(worker) for worker in crowd.self_employed[:SELF_IN_SURVEY]], SELF_MISHAPS)
    elders = [
        place
        for place, entry in enumerate(alone)
        if entry.worker.person.birth.year < 1980 and not entry.mishap
    ]
    return traditional, platform, roster.habit(alone, elders[:4], Habit.ID_15)


def known_after_survey(crowd: Crowd) -> list[Worker]:
    """The drivers whom the survey brought in at the first go."""
    return [entry.worker for field in survey_entries(crowd) for entry in field if entry.mishap is None]


def make_survey(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``货车司机摸底表``: one sheet a field, each in another shape, and a hidden sheet of last year's rows."""
    traditional, platform, alone = survey_entries(crowd)
    tally = Tally()
    sheets = [
        _traditional_sheet(traditional, dice, tally),
        _platform_sheet(platform, dice, tally),
        _self_employed_sheet(alone, dice, tally),
        _last_year_sheet(traditional, dice, tally),
    ]
    path = folder / f"{order:02d}_货车司机摸底表.xlsx"
    write_xlsx(path, sheets)
    labels = ("不导入", "姓名", "身份证号", "联系电话", "工种", "车牌号", "不导入")
    hints = {f"{sheets[2].name}!列{letter}": label for letter, label in zip("ABCDEFG", labels, strict=True)}
    return WorkbookInfo(path, SURVEY_SOURCE, "person", order, tally.figures(), hints)


def _traditional_sheet(entries: list[Entry], dice: Random, tally: Tally) -> Sheet:
    sheet = Sheet("传统道路货运企业")
    width = len(TRADITIONAL_COLUMNS)
    sheet.title(0, "美姑县货车司机群体摸底排查表（传统道路货运企业）", left=0, width=width)
    sheet.title(1, "填表人：　　　　联系电话：　　　　填表时间：2026年7月", left=0, width=width)
    table = roster.write_table(sheet, TRADITIONAL_COLUMNS, entries, dice, tally, top=2)
    sheet.merge_equal_down(table.place("所在企业"), table.top, table.bottom)
    roster.same_as_above(sheet, table, "从业类别")
    sheet.hidden_rows.update(range(table.top + 10, table.top + 13))
    sheet.put(table.bottom + 1, 0, "注：1.“从业时间”填首次从事货运的时间；2.两个号码的，前一个为本人号码。")
    return sheet


def _platform_sheet(entries: list[Entry], dice: Random, tally: Tally) -> Sheet:
    """One list folded into two halves side by side."""
    sheet = Sheet("互联网货运平台企业")
    half = (len(entries) + 1) // 2
    right = len(PLATFORM_COLUMNS) + 1
    sheet.title(0, "互联网货运平台企业货车司机", left=0, width=right + len(PLATFORM_COLUMNS))
    roster.write_table(sheet, PLATFORM_COLUMNS, entries[:half], dice, tally, top=1)
    roster.write_table(sheet, PLATFORM_COLUMNS, entries[half:], dice, tally, top=1, left=right)
    return sheet


def _self_employed_sheet(entries: list[Entry], dice: Random, tally: Tally) -> Sheet:
    """No head at all; the last column still gives itself away by what it holds."""
    sheet = Sheet("个体货车司机")
    roster.write_table(sheet, SELF_COLUMNS, entries, dice, tally, top=0, headless=True)
    return sheet


def _last_year_sheet(entries: list[Entry], dice: Random, tally: Tally) -> Sheet:
    """Eight drivers as last year's table had them: the dots in their names are other ones."""
    sheet = Sheet("2025年底数", hidden=True)
    sound = [entry for entry in entries if entry.mishap is None]
    dotted = [entry for entry in sound if "·" in entry.worker.person.name]
    chosen = (dotted + [entry for entry in sound if entry not in dotted])[:8]
    again = [Entry(entry.worker, Outcome.JOINED, None, frozenset({Habit.OTHER_DOT})) for entry in chosen]
    columns = tuple(column for column in LATE_COLUMNS if column.head != "车牌号码")
    roster.write_table(sheet, columns, again, dice, tally, top=0)
    return sheet


def make_platform_export(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """The platforms' export: fifteen drivers, names masked where the survey knows them already."""
    tally, sheet = Tally(), Sheet("导出")
    known = set(known_after_survey(crowd))
    entries = [
        Entry(worker, Outcome.JOINED if worker in known else Outcome.CREATED) for worker in crowd.platform
    ]
    masked = [
        place for place, entry in enumerate(entries) if entry.outcome is Outcome.JOINED and place % 2 == 0
    ]
    entries = roster.habit(entries, masked, Habit.MASKED)
    roster.write_table(sheet, EXPORT_COLUMNS, entries, dice, tally, top=0)
    path = folder / f"{order:02d}_网络货运平台注册司机.csv"
    write_text(path, sheet, encoding="utf-8-sig", delimiter=";")
    return WorkbookInfo(path, PLATFORM_SOURCE, "person", order, tally.figures())


def make_telephone_notes(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``电话访问核实表``: no ID numbers; 23 rows join by name and phone, two contradict a birth date."""
    tally, sheet = Tally(), Sheet("电话访问")
    known = known_after_survey(crowd)[:25]
    doubtful = frozenset({Habit.PLAIN, Habit.OTHER_BIRTH})
    entries = [
        Entry(worker, Outcome.UNRESOLVED, None, doubtful)
        if place in (7, 20)
        else Entry(worker, Outcome.JOINED, None, KNOWN)
        for place, worker in enumerate(known)
    ]
    sheet.title(0, "货车司机电话访问核实记录", left=0, width=len(TELEPHONE_COLUMNS))
    table = roster.write_table(sheet, TELEPHONE_COLUMNS, entries, dice, tally, top=1)
    roster.same_as_above(sheet, table, "户籍", ("同上",))
    sheet.put(table.bottom + 1, 0, "说明：未接通的择日再访。")
    path = folder / f"{order:02d}_电话访问核实表.xlsx"
    write_xlsx(path, [sheet])
    return WorkbookInfo(path, TELEPHONE_SOURCE, "person", order, tally.figures())


def make_late_list(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """A township's late list as .ods: three drivers more, two known ones."""
    tally, sheet = Tally(), Sheet("候播乃拖镇")
    known = known_after_survey(crowd)
    entries = [Entry(worker) for worker in crowd.self_employed[SELF_IN_SURVEY:]]
    entries += [Entry(worker, Outcome.JOINED) for worker in (known[0], known[-1])]
    sheet.put(0, 0, "候播乃拖镇补报货车司机名单")
    roster.write_table(sheet, LATE_COLUMNS, entries, dice, tally, top=1)
    path = folder / f"{order:02d}_候播乃拖镇补报.ods"
    write_ods(path, [sheet])
    return WorkbookInfo(path, LATE_SOURCE, "person", order, tally.figures())


def make_corrected_survey(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """The five refused rows, corrected; one of the drivers has come in by the platform meanwhile."""
    tally = Tally()
    traditional, platform, alone = survey_entries(crowd)
    headed = (
        ("传统道路货运企业", TRADITIONAL_COLUMNS, traditional, Outcome.CREATED),
        ("互联网货运平台企业", PLATFORM_COLUMNS, platform, Outcome.JOINED),
        ("个体货车司机", SELF_COLUMNS, alone, Outcome.CREATED),
    )
    sheets = []
    for name, columns, entries, outcome in headed:
        sheets.append(Sheet(name))
        again = [entry.corrected(outcome) for entry in roster.refused(entries)]
        roster.write_table(sheets[-1], columns, again, dice, tally, top=0)
    path = folder / f"{order:02d}_货车司机摸底表_更正后.xlsx"
    write_xlsx(path, sheets)
    return WorkbookInfo(path, SURVEY_SOURCE, "person", order, tally.figures())
