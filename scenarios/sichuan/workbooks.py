"""The workbooks: one of a county with its firms, vehicles and people, one of a city, one of the province.

Three styles of heads go round among the counties: plain ones, titles with merged firms, traditional characters.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from scenarios.common import fleets, roster, ugly
from scenarios.common.books import Sheet, write_text, write_xlsx
from scenarios.common.fleets import VehicleColumn, VehicleEntry
from scenarios.common.model import Outcome, Tally, WorkbookInfo
from scenarios.common.people import Worker
from scenarios.common.roster import Column, Entry, Habit, Mishap
from scenarios.sichuan.counties import City, ledger_name
from scenarios.sichuan.crowd import PLATFORMS, CountyCrowd, dice_of, invent_person
from scenarios.sichuan.plan import AGAIN_OF, REFUSED_OF

COUNTY_SOURCE, CITY_SOURCE, PROVINCE_SOURCE = "县级基础台账", "市级平台下发", "省级网络货运平台"
FIRM_HEADS = (
    "序号",
    "企业名称",
    "统一社会信用代码",
    "行业类别",
    "经营状况",
    "法定代表人",
    "联系电话",
    "所在乡镇",
)
VEHICLE_COLUMNS = (
    VehicleColumn("号牌号码", fleets.plate_cell),
    VehicleColumn("号牌颜色", fleets.colour_cell),
    VehicleColumn("从业类别", fleets.kind_cell),
    VehicleColumn("车辆类型", fleets.model_cell),
    VehicleColumn("业户名称", fleets.owner_cell),
)
ETHNIC = Column("民族", roster.ethnic, dropped=True)
PEOPLE_COLUMNS: tuple[Column, ...] = (
    Column("所属企业", roster.firm_cell),
    Column("姓名", roster.name_cell),
    Column("身份证号", roster.id_cell),
    Column("联系电话", roster.phone_cell),
    Column("从业类别", roster.kind_cell),
    Column("车牌号", roster.plate_cell),
    Column("入职日期", roster.since_cell),
    Column("乡镇", roster.town_cell),
    ETHNIC,
)
TRADITIONAL = {
    "姓名": "司機姓名",
    "身份证号": "公民身份號碼",
    "联系电话": "聯繫電話",
    "从业类别": "行業類別",
    "车牌号": "車牌號碼",
}
FURTHER_COLUMNS = PEOPLE_COLUMNS[:6]
LIST_COLUMNS = (
    Column("driverName(司机姓名)", roster.name_cell),
    Column("drivingLicense(身份证号)", roster.id_text_cell),
    Column("telephone(联系电话)", roster.phone_cell),
    Column("从业类别", roster.kind_cell),
    Column("服务平台", roster.firm_cell),
)
MISHAPS = (Mishap.WRONG_CHECK, Mishap.EXCEL, Mishap.SHORT_PHONE, Mishap.SWAPPED)
REFUSED_AT, AGAIN_AT = 7, 3


def people_entries(crowd: CountyCrowd) -> tuple[list[Entry], list[Entry]]:
    """The roster's rows, and those of the further sheet: what was refused, corrected, and persons listed again."""
    mishaps = {REFUSED_AT + number * REFUSED_OF: MISHAPS[number % 4] for number in range(crowd.share.refused)}
    entries = roster.mark([Entry(worker) for worker in crowd.workers], mishaps)
    elders = [place for place in range(5, len(entries), 31) if crowd.workers[place].person.birth.year < 1985]
    entries = roster.habit(entries, [place for place in elders if place not in mishaps], Habit.ID_15)
    further = [entry.corrected() for entry in roster.refused(entries)]
    again = crowd.workers[AGAIN_AT::AGAIN_OF][: crowd.share.again]
    return entries, further + [
        Entry(worker, Outcome.JOINED, None, frozenset({Habit.PLAIN})) for worker in again
    ]


def make_county(folder: Path, crowd: CountyCrowd, order: int) -> WorkbookInfo:
    """``基础台账``: sheets of firms, vehicles and people, and one of corrections and repetitions."""
    county, tally, dice = crowd.share.county, Tally(), dice_of(f"{crowd.share.county.code}-writing")
    style = int(county.code) % 3
    entries, further = people_entries(crowd)
    book = [
        _firms(crowd, dice, tally, style),
        _fleet(crowd, dice, tally),
        _people(crowd, entries, dice, tally, style),
    ]
    if further:
        sheet = Sheet("更正和补录")
        roster.write_table(sheet, FURTHER_COLUMNS, further, dice, tally, top=0)
        book.append(sheet)
    path = folder / ledger_name(county)
    write_xlsx(path, book)
    return WorkbookInfo(path, COUNTY_SOURCE, "person", order, tally.figures(), region=county.code)


def _firms(crowd: CountyCrowd, dice: Random, tally: Tally, style: int) -> Sheet:
    sheet, top = Sheet("企业台账"), 1 if style == 1 else 0
    if top:
        sheet.title(0, f"{crowd.share.county.name}道路运输企业台账", left=0, width=len(FIRM_HEADS))
    sheet.line(top, FIRM_HEADS)
    for number, firm in enumerate(crowd.firms, start=1):
        code = ugly.full_width(firm.code) if number % 9 == 0 else firm.code
        state = dice.choice(("正常经营", "正常", "在营", "停业"))
        sheet.line(
            top + number, [number, firm.name, code, firm.kind, state, firm.head, firm.phone, firm.town]
        )
        tally.add(Outcome.CREATED)
    return sheet


def _fleet(crowd: CountyCrowd, dice: Random, tally: Tally) -> Sheet:
    sheet = Sheet("车辆台账")
    entries = [VehicleEntry(vehicle) for vehicle in crowd.fleet]
    entries += [VehicleEntry(vehicle, outcome=Outcome.JOINED) for vehicle in crowd.fleet[: crowd.share.twice]]
    below = fleets.write_vehicles(sheet, VEHICLE_COLUMNS, entries, dice, tally, top=0)
    sheet.put(below, 0, "注：号牌颜色以行驶证为准。")
    return sheet


def _people(crowd: CountyCrowd, entries: Sequence[Entry], dice: Random, tally: Tally, style: int) -> Sheet:
    sheet = Sheet("从业人员名册")
    columns = PEOPLE_COLUMNS
    if style == 2:
        columns = tuple(
            Column(TRADITIONAL.get(each.head, each.head), each.write, dropped=each.dropped)
            for each in columns
        )
    if style == 1:
        sheet.title(0, f"{crowd.share.county.name}道路运输从业人员名册", left=0, width=len(columns))
        sheet.title(1, "填报单位：交通运输局　　　　　截至2026年9月30日", left=0, width=len(columns))
    table = roster.write_table(sheet, columns, entries, dice, tally, top=2 if style == 1 else 0)
    if style == 1:
        roster.same_as_above(sheet, table, "从业类别")
        sheet.put(table.bottom + 1, 0, "合计")
        sheet.put(table.bottom + 1, 1, f"{len(entries)}人")
    return sheet


def make_city(folder: Path, city: City, first: int, count: int, order: int) -> WorkbookInfo:
    """``市级平台网约车司机``: persons whom only the city knows; GB 18030 text."""
    dice = dice_of(city.code)
    workers = []
    for number in range(first, first + count):
        person = invent_person(dice, number, city.code)
        workers.append(Worker(person, "网约车", PLATFORMS["网约车"], person.birth.replace(day=1, year=2024)))
    return _list(
        folder,
        f"{city.name}网约车司机.csv",
        CITY_SOURCE,
        city.code,
        [Entry(each) for each in workers],
        dice,
        order,
    )


def make_province(folder: Path, shared: Sequence[Worker], order: int) -> WorkbookInfo:
    """``省级网络货运平台司机``: persons of all counties again, every other name masked beside its ID number."""
    entries = roster.habit([Entry(worker) for worker in shared], range(0, len(shared), 2), Habit.MASKED)
    return _list(
        folder,
        "四川省网络货运平台司机.csv",
        PROVINCE_SOURCE,
        "510000",
        entries,
        dice_of("510000"),
        order,
    )


def _list(
    folder: Path, name: str, source: str, region: str, entries: Sequence[Entry], dice: Random, order: int
) -> WorkbookInfo:
    tally, sheet = Tally(), Sheet(name)
    roster.write_table(sheet, LIST_COLUMNS, entries, dice, tally, top=0)
    write_text(folder / name, sheet, encoding="gb18030", delimiter=",")
    return WorkbookInfo(folder / name, source, "person", order, tally.figures(), region=region)
