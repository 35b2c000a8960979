"""The lists of the workers: the licence system's export, the couriers' rosters, the ride-hail platforms, the field survey.

Of 1,283 truck drivers 63 and of 1,206 couriers 40 are first found by the survey of the firms.
"""

from pathlib import Path
from random import Random

from scenarios.common import roster
from scenarios.common.books import Cell, Sheet, write_text, write_xlsx
from scenarios.common.model import Outcome, Tally, WorkbookInfo
from scenarios.common.people import Worker
from scenarios.common.roster import Column, Entry, Habit, Mishap
from scenarios.zhaoyuan.crowd import BRANDS, Crowd

LICENCE_SOURCE, COURIER_SOURCE = "办证系统导出", "快递企业花名册"
PLATFORM_SOURCE, SURVEY_SOURCE = "网约车平台注册司机", "入企排查表"
TRUCKS_BY_SURVEY, COURIERS_BY_SURVEY = 63, 40
KNOWN_TRUCKS, KNOWN_COURIERS, DOUBTFUL = 120, 60, (801, 850, 899)
WAYS = (Mishap.WRONG_CHECK, Mishap.EXCEL, Mishap.SWAPPED, Mishap.SHORT_PHONE)
LICENCE_MISHAPS = {40 + 80 * number: WAYS[number % 4] for number in range(14)}
COURIER_MISHAPS = {33 + 97 * number: WAYS[number % 4] for number in range(11)}
PLATFORM_MISHAPS = {9: Mishap.EXCEL, 118: Mishap.WRONG_CHECK, 260: Mishap.NO_AREA, 401: Mishap.SHORT_PHONE}
PLAIN = frozenset({Habit.PLAIN})


def _certificate_cell(entry: Entry, _: Random, row: int) -> Cell:
    """The 从业资格证: its number is the ID number; now and then that it is not needed for a light truck."""
    return "4.5吨以下免办" if row % 17 == 0 else None if entry.mishap else entry.worker.person.id_number


LICENCE_COLUMNS = (
    Column("姓名", roster.name_cell),
    Column("性别", roster.sex_cell),
    Column("身份证号", roster.id_text_cell),
    Column("手机号码", roster.phone_cell),
    Column("从业类别", roster.kind_cell),
    Column("从业资格证号", _certificate_cell),
    Column("业户名称", roster.firm_cell),
    Column("车辆号牌", roster.plate_cell),
    Column("乡镇街道", roster.town_cell),
    Column("民族", roster.ethnic, dropped=True),
)
COURIER_COLUMNS = (
    Column("序号", roster.number_cell),
    Column("所在网点企业", roster.firm_cell),
    Column("姓名", roster.name_cell, group="基本信息"),
    Column("性别", roster.sex_cell, group="基本信息"),
    Column("公民身份号码", roster.id_cell, group="基本信息"),
    Column("手机", roster.phone_cell, group="基本信息"),
    Column("工种", roster.kind_cell, group="岗位"),
    Column("入职日期", roster.since_cell, group="岗位"),
)
POLITICAL = Column("政治面貌", roster.political, group="其他", dropped=True)
HEALTH = Column("健康状况", roster.health, group="其他", dropped=True)
PLATFORM_COLUMNS = (
    Column("driverName(司机姓名)", roster.name_cell),
    Column("drivingLicense(身份证号)", roster.id_text_cell),
    Column("telephone(联系电话)", roster.phone_cell),
    Column("从业类别", roster.kind_cell),
    Column("服务平台", roster.firm_cell),
    Column("车牌号", roster.plate_cell),
    Column("注册日期", roster.since_cell),
)
SURVEY_COLUMNS = (
    Column("司机姓名", roster.name_cell),
    Column("证件号码", roster.id_cell),
    Column("联系方式", roster.phone_cell),
    Column("出生日期", roster.birth_cell),
    Column("类别", roster.kind_cell),
    Column("工作单位", roster.firm_cell),
    Column("身份", roster.political, dropped=True),
)


def licence_entries(crowd: Crowd) -> list[Entry]:
    """The licence system's 1,220 rows, fourteen of them to be refused."""
    entries = roster.mark([Entry(worker) for worker in crowd.trucks[TRUCKS_BY_SURVEY:]], LICENCE_MISHAPS)
    sound = [place for place, entry in enumerate(entries) if entry.mishap is None]
    entries = roster.habit(entries, sound[5::41], Habit.TWO_PHONES)
    elders = [place for place in sound if entries[place].worker.person.birth.year < 1978]
    return roster.habit(entries, elders[::9], Habit.ID_15)


def courier_entries(crowd: Crowd) -> list[Entry]:
    """The couriers' 1,166 rows, eleven of them to be refused."""
    entries = roster.mark([Entry(worker) for worker in crowd.couriers[:-COURIERS_BY_SURVEY]], COURIER_MISHAPS)
    sound = [place for place, entry in enumerate(entries) if entry.mishap is None]
    return roster.habit(roster.habit(entries, sound[3::53], Habit.GLOSS), sound[11::67], Habit.TWO_PHONES)


def platform_entries(crowd: Crowd) -> list[Entry]:
    """The platforms' 457 rows: four to be refused, twelve of truck drivers who take fares as well."""
    own = roster.mark([Entry(worker) for worker in crowd.ride_hails], PLATFORM_MISHAPS)
    known = {worker.person for worker in crowd.trucks[:TRUCKS_BY_SURVEY]}
    both = [
        Entry(worker, Outcome.CREATED if worker.person in known else Outcome.JOINED) for worker in crowd.both
    ]
    return own[:200] + both + own[200:]


def make_licence_export(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``办证系统货车驾驶员``: GB 18030 text without title, 15-digit numbers, a licence number that is the ID number."""
    return _text(
        folder,
        order,
        "办证系统货车驾驶员",
        LICENCE_SOURCE,
        LICENCE_COLUMNS,
        licence_entries(crowd),
        dice,
        "gb18030",
        ",",
    )


def make_corrected_licences(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """Its fourteen refused rows, corrected."""
    again = [entry.corrected() for entry in roster.refused(licence_entries(crowd))]
    return _text(
        folder,
        order,
        "办证系统货车驾驶员_更正后",
        LICENCE_SOURCE,
        LICENCE_COLUMNS,
        again,
        dice,
        "gb18030",
        ",",
    )


def make_platform_list(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``网约车平台注册司机``: UTF-8 with semicolons, heads in two languages."""
    return _text(
        folder,
        order,
        "网约车平台注册司机",
        PLATFORM_SOURCE,
        PLATFORM_COLUMNS,
        platform_entries(crowd),
        dice,
        "utf-8-sig",
        ";",
    )


def make_corrected_platform(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """Its four refused rows, corrected."""
    again = [entry.corrected() for entry in roster.refused(platform_entries(crowd))]
    return _text(
        folder,
        order,
        "网约车平台注册司机_更正后",
        PLATFORM_SOURCE,
        PLATFORM_COLUMNS,
        again,
        dice,
        "utf-8-sig",
        ";",
    )


def _text(
    folder: Path, order: int, name: str, source: str, columns: tuple[Column, ...], entries: list[Entry], dice: Random,
    encoding: str, delimiter: str,
) -> WorkbookInfo:  # fmt: skip
    tally, sheet = Tally(), Sheet(name)
    roster.write_table(sheet, columns, entries, dice, tally, top=0)
    path = folder / f"{order:02d}_{name}.csv"
    write_text(path, sheet, encoding=encoding, delimiter=delimiter)
    return WorkbookInfo(path, source, "person", order, tally.figures())


def make_courier_rosters(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``快递企业从业人员花名册``: a sheet a brand, stations merged downwards, one sheet hidden."""
    tally, entries = Tally(), sorted(courier_entries(crowd), key=lambda entry: entry.worker.firm)
    book, quarter = [], -(-len(entries) // len(BRANDS))
    for place, brand in enumerate(BRANDS):
        columns = (*COURIER_COLUMNS, *([POLITICAL] if place == 0 else [HEALTH] if place == 2 else []))
        sheet = Sheet(brand, hidden=place == 3)
        sheet.title(0, f"{brand}招远网点从业人员花名册", left=0, width=len(columns))
        part = entries[place * quarter : (place + 1) * quarter]
        table = roster.write_table(sheet, columns, part, dice, tally, top=1)
        sheet.merge_equal_down(table.place("所在网点企业"), table.top, table.bottom)
        roster.same_as_above(sheet, table, "工种")
        sheet.put(table.bottom + 1, 0, "合计")
        sheet.put(table.bottom + 1, 2, f"{len(part)}人")
        book.append(sheet)
    path = folder / f"{order:02d}_快递企业从业人员花名册.xlsx"
    write_xlsx(path, book)
    hints = {f"{brand}!所在网点企业": "所属企业" for brand in BRANDS}
    return WorkbookInfo(path, COURIER_SOURCE, "person", order, tally.figures(), hints)


def make_corrected_couriers(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """Their eleven refused rows, corrected."""
    tally, sheet = Tally(), Sheet("更正")
    again = [entry.corrected() for entry in roster.refused(courier_entries(crowd))]
    roster.write_table(sheet, (*COURIER_COLUMNS, POLITICAL), again, dice, tally, top=0)
    path = folder / f"{order:02d}_快递企业从业人员花名册_更正后.xlsx"
    write_xlsx(path, [sheet])
    hints = {"更正!所在网点企业": "所属企业"}
    return WorkbookInfo(path, COURIER_SOURCE, "person", order, tally.figures(), hints)


def survey_entries(crowd: Crowd) -> tuple[list[Entry], list[Entry]]:
    """The survey's rows of truck drivers and of couriers: those found first here, known ones, three in doubt."""
    licensed = [entry.worker for entry in licence_entries(crowd) if entry.mishap is None]
    couriers = [entry.worker for entry in courier_entries(crowd) if entry.mishap is None]
    both = {worker.person for worker in crowd.both}
    trucks = [
        Entry(worker, Outcome.JOINED if worker.person in both else Outcome.CREATED)
        for worker in crowd.trucks[:TRUCKS_BY_SURVEY]
    ]
    trucks += _known(licensed[:KNOWN_TRUCKS])
    trucks += [
        Entry(licensed[place], Outcome.UNRESOLVED, None, PLAIN | {Habit.NO_ID, Habit.OTHER_BIRTH})
        for place in DOUBTFUL
    ]
    found = [Entry(worker) for worker in crowd.couriers[-COURIERS_BY_SURVEY:]]
    return trucks, found + _known(couriers[:KNOWN_COURIERS])


def _known(workers: list[Worker]) -> list[Entry]:
    """Rows of persons on file: names masked beside an ID number, or no ID number beside name and phone."""
    entries = [Entry(worker, Outcome.JOINED) for worker in workers]
    masked = roster.habit(entries, range(0, len(entries), 3), Habit.MASKED)
    return roster.habit(masked, range(1, len(entries), 3), Habit.NO_ID, Habit.PLAIN)


def make_survey(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``入企排查表``: what the bureau's own people wrote down in the firms; some of it typed twice."""
    tally, book = Tally(), []
    for name, entries in zip(("货运企业", "寄递企业"), survey_entries(crowd), strict=True):
        sheet = Sheet(name)
        sheet.title(0, f"招远市入企排查表（{name}）", left=0, width=len(SURVEY_COLUMNS))
        sheet.title(1, "排查人：　　　　　　　企业签字：", left=0, width=len(SURVEY_COLUMNS))
        table = roster.write_table(sheet, SURVEY_COLUMNS, entries, dice, tally, top=2)
        roster.same_as_above(sheet, table, "工作单位", ("同上", "〃"))
        sheet.put(table.bottom + 1, 0, "说明：已在系统内的也要填，便于核对。")
        book.append(sheet)
    path = folder / f"{order:02d}_入企排查表.xlsx"
    write_xlsx(path, book)
    return WorkbookInfo(path, SURVEY_SOURCE, "person", order, tally.figures())
