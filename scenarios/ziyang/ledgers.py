"""The ledgers of the invented Ziyang: the eight firms with their five clears, and the vehicles."""

from datetime import date
from pathlib import Path
from random import Random

from scenarios.common import fleets, ugly
from scenarios.common.books import Cell, Formula, Head, Sheet, write_xlsx
from scenarios.common.firms import Firm
from scenarios.common.fleets import VehicleColumn, VehicleEntry
from scenarios.common.model import Outcome, Tally, WorkbookInfo
from scenarios.ziyang.crowd import Crowd

FIRM_SOURCE = "非公企业台账"
VEHICLE_SOURCE = "车辆台账"
FIRM_HEADS: tuple[Head, ...] = (
    "序号",
    "企业名称",
    "统一社会信用代码",
    ("经营运行情况", ("从业类别", "经营状况", "所在乡镇", "成立日期")),
    ("职工队伍情况", ("驾驶员人数", "其他人员数", "职工人数")),
    ("党员队伍情况", ("党员人数",)),
    ("建立党组织情况", ("是否建立党组织",)),
    ("出资人情况", ("出资人", "出资方式")),
    "法定代表人",
    "联系电话",
)
BROKEN_PLATES = {11: "陕GI23O5", 37: "陕G4", 71: "挂靠车辆"}
FLEET_COLUMNS = (
    VehicleColumn("序号", fleets.number_cell),
    VehicleColumn("号牌号码", fleets.plate_cell),
    VehicleColumn("号牌颜色", fleets.colour_cell),
    VehicleColumn("从业类别", fleets.kind_cell),
    VehicleColumn("车辆类型", fleets.model_cell),
    VehicleColumn("所属企业", fleets.owner_cell),
)
PLATFORM_FLEET_COLUMNS = (
    VehicleColumn("车牌（颜色）", fleets.plate_and_colour_cell),
    VehicleColumn("类别", fleets.kind_cell),
    VehicleColumn("车型", fleets.model_cell),
    VehicleColumn("业户名称", fleets.owner_cell),
)
FIRST_SHEET_KINDS = {"货车", "出租车"}


def make_firm_ledger(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``非公企业台账``: two-line heads, sums by formula, notes below."""
    tally, sheet = Tally(), Sheet("台账")
    width = 15
    sheet.title(0, "紫阳县交通运输行业非公企业“五清”信息台账", left=0, width=width)
    sheet.title(1, "填报单位：紫阳县交通运输局　　　　　截至2026年9月10日", left=0, width=width)
    top = sheet.two_line_head(2, FIRM_HEADS)
    for number, firm in enumerate(crowd.firms, start=1):
        sheet.line(top + number - 1, _firm_cells(firm, number, top + number, dice))
        tally.add(Outcome.CREATED)
    bottom = top + len(crowd.firms)
    sheet.title(bottom, "合　计", left=0, width=3)
    total = sum(firm.staff for firm in crowd.firms)
    sheet.put(bottom, 9, Formula(f"=SUM(J{top + 1}:J{bottom})", total))
    sheet.put(
        bottom + 1, 0, "填表说明：1.职工人数含劳务派遣人员；2.党员队伍情况以组织部门比对结果为准，暂不填写。"
    )
    tally.dropped.extend(("党员人数", "是否建立党组织"))
    path = folder / f"{order:02d}_非公企业台账.xlsx"
    write_xlsx(path, [sheet])
    return WorkbookInfo(path, FIRM_SOURCE, "enterprise", order, tally.figures())


def _firm_cells(firm: Firm, number: int, row: int, dice: Random) -> list[Cell]:
    """One firm's row; ``row`` is its one-based row for the sum of drivers and others."""
    code = {3: ugly.full_width(firm.code), 6: f"{firm.code[:8]} {firm.code[8:]}"}.get(number, firm.code)
    drivers = round(firm.staff * 0.7)
    founded: tuple[str | int | date, ...] = (
        firm.founded,
        ugly.serial_day(firm.founded),
        ugly.chinese_day(firm.founded),
    )
    return [
        number,
        f"{firm.name} " if number == 2 else firm.name,
        code,
        firm.kind,
        "正常经营" if number != 7 else "正常经营（扩建）",
        firm.town,
        founded[number % 3],
        drivers,
        firm.staff - drivers,
        Formula(f"=H{row}+I{row}", firm.staff),
        "待比对",
        "待核实",
        firm.investor,
        dice.choice(("货币", "货币、实物")),
        firm.head,
        firm.phone,
    ]


def fleet_entries(crowd: Crowd) -> list[VehicleEntry]:
    """All vehicles, three with a plate of no known form."""
    return fleets.break_plates(crowd.fleet, BROKEN_PLATES)


def make_fleet_ledger(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``车辆台账``: one sheet with a colour column, one with the colour behind the plate in brackets."""
    tally = Tally()
    entries = fleet_entries(crowd)
    first, second = Sheet("货车和出租车"), Sheet("其他车辆")
    first.title(0, "紫阳县道路运输车辆台账", left=0, width=len(FLEET_COLUMNS))
    trucks = [entry for entry in entries if entry.vehicle.kind in FIRST_SHEET_KINDS]
    others = [entry for entry in entries if entry.vehicle.kind not in FIRST_SHEET_KINDS]
    below = fleets.write_vehicles(first, FLEET_COLUMNS, trucks, dice, tally, top=1)
    first.put(below, 0, "备注：号牌颜色以行驶证为准。")
    fleets.write_vehicles(second, PLATFORM_FLEET_COLUMNS, others, dice, tally, top=0)
    path = folder / f"{order:02d}_车辆台账.xlsx"
    write_xlsx(path, [first, second])
    return WorkbookInfo(path, VEHICLE_SOURCE, "vehicle", order, tally.figures())


def make_corrected_fleet(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """The three refused vehicles with their right plates."""
    tally, sheet = Tally(), Sheet("更正")
    again = [VehicleEntry(entry.vehicle) for entry in fleet_entries(crowd) if entry.broken]
    fleets.write_vehicles(sheet, FLEET_COLUMNS, again, dice, tally, top=0)
    path = folder / f"{order:02d}_车辆台账_更正后.xlsx"
    write_xlsx(path, [sheet])
    return WorkbookInfo(path, VEHICLE_SOURCE, "vehicle", order, tally.figures())
