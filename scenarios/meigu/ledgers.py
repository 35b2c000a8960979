"""The ledgers of the invented Meigu: its five freight firms and the trucks."""

from pathlib import Path
from random import Random

from scenarios.common import fleets, ugly
from scenarios.common.books import Sheet, write_xlsx
from scenarios.common.fleets import VehicleColumn, VehicleEntry
from scenarios.common.model import Outcome, Tally, WorkbookInfo
from scenarios.meigu.crowd import TRADITIONAL_FIRMS, Crowd

FIRM_SOURCE = "道路货运企业名单"
VEHICLE_SOURCE = "营运货车台账"
FIRM_HEADS = (
    "序号",
    "单位名称",
    "社会信用代码",
    "企业类型",
    "从业类别",
    "注册日期",
    "负责人",
    "联系方式",
    "地址",
)
BROKEN_PLATES = {9: "川W·O12I4", 44: "川W77"}
TRUCK_COLUMNS = (
    VehicleColumn("序号", fleets.number_cell),
    VehicleColumn("车号", fleets.plate_cell),
    VehicleColumn("颜色", fleets.colour_cell),
    VehicleColumn("类别", fleets.kind_cell),
    VehicleColumn("车辆类型", fleets.model_cell),
    VehicleColumn("车主", fleets.owner_cell),
)
BARE_COLUMNS = (
    VehicleColumn("车牌号（颜色）", fleets.plate_and_colour_cell),
    VehicleColumn("类别", fleets.kind_cell),
    VehicleColumn("所属人", fleets.owner_cell),
)


def make_firm_list(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``道路货运企业名单``: three traditional firms and two internet platforms."""
    tally, sheet = Tally(), Sheet("企业")
    sheet.title(0, "美姑县道路货运企业名单", left=0, width=len(FIRM_HEADS))
    sheet.line(1, FIRM_HEADS)
    traditional = {plan.name for plan in TRADITIONAL_FIRMS}
    for number, firm in enumerate(crowd.firms, start=1):
        form = "传统道路货运企业" if firm.name in traditional else "互联网货运平台企业"
        code = ugly.full_width(firm.code) if number == 2 else firm.code
        founded = ugly.day_cell(dice, firm.founded)
        cells = (
            number,
            firm.name,
            code,
            form,
            firm.kind,
            founded,
            firm.head,
            firm.phone,
            f"美姑县{firm.town}",
        )
        sheet.line(1 + number, cells)
        tally.add(Outcome.CREATED)
    sheet.put(3 + len(crowd.firms), 0, "注：企业类型按经营方式填写。")
    path = folder / f"{order:02d}_道路货运企业名单.xlsx"
    write_xlsx(path, [sheet])
    return WorkbookInfo(path, FIRM_SOURCE, "enterprise", order, tally.figures())


def truck_entries(crowd: Crowd) -> list[VehicleEntry]:
    """All trucks, two with a plate of no known form."""
    return fleets.break_plates(crowd.fleet, BROKEN_PLATES)


def make_truck_ledger(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``营运货车台账``: firms' trucks with a colour column, the self-employed with the colour in brackets."""
    tally = Tally()
    entries = truck_entries(crowd)
    firms = {firm.name for firm in crowd.firms}
    first, second = Sheet("企业车辆"), Sheet("个体车辆")
    first.title(0, "美姑县营运货车台账", left=0, width=len(TRUCK_COLUMNS))
    owned = [entry for entry in entries if entry.vehicle.owner in firms]
    alone = [entry for entry in entries if entry.vehicle.owner not in firms]
    fleets.write_vehicles(first, TRUCK_COLUMNS, owned, dice, tally, top=1)
    fleets.write_vehicles(second, BARE_COLUMNS, alone, dice, tally, top=0)
    path = folder / f"{order:02d}_营运货车台账.xlsx"
    write_xlsx(path, [first, second])
    return WorkbookInfo(path, VEHICLE_SOURCE, "vehicle", order, tally.figures())


def make_corrected_trucks(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """The two refused trucks with their right plates."""
    tally, sheet = Tally(), Sheet("更正")
    again = [VehicleEntry(entry.vehicle) for entry in truck_entries(crowd) if entry.broken]
    fleets.write_vehicles(sheet, TRUCK_COLUMNS, again, dice, tally, top=0)
    path = folder / f"{order:02d}_营运货车台账_更正后.xlsx"
    write_xlsx(path, [sheet])
    return WorkbookInfo(path, VEHICLE_SOURCE, "vehicle", order, tally.figures())
