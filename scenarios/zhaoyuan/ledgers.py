"""The ledgers of the invented Zhaoyuan: its firms, those above scale, and the trucks."""

from pathlib import Path
from random import Random

from scenarios.common import fleets, ugly
from scenarios.common.books import Cell, Formula, Head, Sheet, write_xlsx
from scenarios.common.firms import Firm
from scenarios.common.fleets import VehicleColumn, VehicleEntry
from scenarios.common.model import Outcome, Tally, WorkbookInfo
from scenarios.zhaoyuan.crowd import Crowd
from scenarios.zhaoyuan.expected import ABOVE_SCALE_SOURCE

FIRM_SOURCE, VEHICLE_SOURCE = "交通运输市场主体名录", "道路运输车辆台账"
FIRM_HEADS: tuple[Head, ...] = (
    "序号",
    "企业名称",
    "统一社会信用代码",
    ("经营情况", ("行业", "经营状态", "所在镇街", "成立日期")),
    ("从业人员情况", ("驾驶员", "其他人员", "从业人数")),
    ("其他", ("党员人数", "有无党组织")),
    "法人",
    "联系电话",
)
DROPPED = ("党员人数", "有无党组织")
BROKEN_CODES = frozenset({5, 111, 280, 300})
"""Places in the list of all firms whose code was mistyped: the first is above scale."""
AGAIN = (12, 57, 201)
"""Freight firms that the sheet of the couriers' firms names a second time."""
WITHOUT_CODE = 9
SHEETS = {"货运企业": ("货车",), "寄递企业": ("快递",), "客运和网约车": ("客运", "网约车")}
ABOVE_HEADS = ("排名", "单位名称", "社会信用代码", "入统年月", "分管科室")
BROKEN_PLATES = {17: "鲁FI23O5", 230: "鲁F8", 471: "挂靠", 802: "鲁F·Q12", 1111: "无牌"}
TWICE_LISTED = slice(300, 312)
FLEET_COLUMNS = (
    VehicleColumn("序号", fleets.number_cell),
    VehicleColumn("车牌号码", fleets.plate_cell),
    VehicleColumn("车牌颜色", fleets.colour_cell),
    VehicleColumn("类别", fleets.kind_cell),
    VehicleColumn("车辆类型", fleets.model_cell),
    VehicleColumn("业户名称", fleets.owner_cell),
)


def make_firm_ledger(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``交通运输市场主体名录``: a sheet a trade, two-line heads, three firms listed twice, four codes mistyped."""
    tally = Tally()
    book = []
    for name, trades in SHEETS.items():
        lines = [(firm, place) for place, firm in enumerate(crowd.firms) if firm.kind in trades]
        again = [(crowd.firms[place], -1) for place in AGAIN] if name == "寄递企业" else []
        sheet = _head(name)
        _firm_lines(sheet, lines + again, dice, tally)
        book.append(sheet)
    path = folder / f"{order:02d}_交通运输市场主体名录.xlsx"
    write_xlsx(path, book)
    return WorkbookInfo(path, FIRM_SOURCE, "enterprise", order, tally.figures())


def make_corrected_firms(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """The four firms with their right codes; the one above scale has come in meanwhile."""
    tally, sheet = Tally(), _head("更正")
    top = 4
    for number, place in enumerate(sorted(BROKEN_CODES), start=1):
        firm = crowd.firms[place]
        sheet.line(top + number - 1, _firm_cells(firm, firm.code, number, top + number, dice))
        tally.add(Outcome.JOINED if firm in crowd.above_scale() else Outcome.CREATED)
    tally.dropped.extend(DROPPED)
    path = folder / f"{order:02d}_交通运输市场主体名录_更正后.xlsx"
    write_xlsx(path, [sheet])
    return WorkbookInfo(path, FIRM_SOURCE, "enterprise", order, tally.figures())


def _head(name: str) -> Sheet:
    sheet = Sheet(name)
    sheet.title(0, f"招远市交通运输市场主体名录（{name}）", left=0, width=14)
    sheet.title(1, "填报单位：招远市交通运输局　　　　　截至2026年8月31日", left=0, width=14)
    sheet.two_line_head(2, FIRM_HEADS)
    return sheet


def _firm_lines(sheet: Sheet, lines: list[tuple[Firm, int]], dice: Random, tally: Tally) -> None:
    top = 4
    for number, (firm, place) in enumerate(lines, start=1):
        broken = place in BROKEN_CODES
        code = firm.code[:-1] + ("A" if firm.code[-1] != "A" else "B") if broken else firm.code
        sheet.line(top + number - 1, _firm_cells(firm, code, number, top + number, dice))
        tally.add(Outcome.REFUSED if broken else Outcome.JOINED if place < 0 else Outcome.CREATED)
    bottom = top + len(lines)
    sheet.title(bottom, "合计", left=0, width=3)
    sheet.put(bottom, 9, Formula(f"=SUM(J{top + 1}:J{bottom})", sum(firm.staff for firm, _ in lines)))
    sheet.put(bottom + 1, 0, "注：从业人数含劳务派遣；空项由各科室补。")
    tally.dropped.extend(DROPPED)


def _firm_cells(firm: Firm, code: str, number: int, row: int, dice: Random) -> list[Cell]:
    drivers = round(firm.staff * 0.7)
    written = {0: code, 1: f"{code[:8]} {code[8:]}", 2: ugly.full_width(code)}[
        number % 9 if number % 9 < 3 else 0
    ]
    name = (
        f"{firm.name} "
        if number % 13 == 0
        else firm.name.replace("有限公司", "　有限公司")
        if number % 29 == 0
        else firm.name
    )
    return [
        number, name, written, firm.kind, dice.choice(("正常经营", "正常", "在营", "存续")), firm.town,
        ugly.day_cell(dice, firm.founded), drivers, firm.staff - drivers, Formula(f"=H{row}+I{row}", firm.staff),
        "", "待核实", firm.head, firm.phone,
    ]  # fmt: skip


def make_above_scale(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``规上交通运输企业名录``: 107 firms, nine without a code, one whose row of the ledger was refused."""
    tally, sheet = Tally(), Sheet("规上")
    sheet.title(0, "招远市规模以上交通运输企业名录（107家）", left=0, width=len(ABOVE_HEADS))
    sheet.line(1, ABOVE_HEADS)
    refused = {crowd.firms[place].code for place in BROKEN_CODES}
    for number, firm in enumerate(crowd.above_scale(), start=1):
        bare = number % 12 == 0 and number // 12 <= WITHOUT_CODE
        month = f"{2015 + number % 10}年{1 + number % 12}月"
        sheet.line(
            1 + number,
            [
                number,
                firm.name,
                "" if bare else firm.code,
                month,
                dice.choice(("运输科", "寄递科", "综合科")),
            ],
        )
        tally.add(Outcome.CREATED if firm.code in refused else Outcome.JOINED)
    path = folder / f"{order:02d}_规上交通运输企业名录.xlsx"
    write_xlsx(path, [sheet])
    return WorkbookInfo(path, ABOVE_SCALE_SOURCE, "enterprise", order, tally.figures())


def fleet_entries(crowd: Crowd) -> list[VehicleEntry]:
    """All trucks, five with a plate of no known form."""
    return fleets.break_plates(crowd.fleet, BROKEN_PLATES)


def make_fleet_ledger(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``道路运输车辆台账``: the trucks, and a sheet in which twelve of them stand again."""
    tally, entries = Tally(), fleet_entries(crowd)
    first, second = Sheet("车辆"), Sheet("年审补录")
    first.title(0, "招远市道路货物运输车辆台账", left=0, width=len(FLEET_COLUMNS))
    below = fleets.write_vehicles(first, FLEET_COLUMNS, entries, dice, tally, top=1)
    first.put(below, 0, "备注：号牌颜色以行驶证为准。")
    again = [VehicleEntry(vehicle, outcome=Outcome.JOINED) for vehicle in crowd.fleet[TWICE_LISTED]]
    fleets.write_vehicles(second, FLEET_COLUMNS, again, dice, tally, top=0)
    path = folder / f"{order:02d}_道路运输车辆台账.xlsx"
    write_xlsx(path, [first, second])
    return WorkbookInfo(path, VEHICLE_SOURCE, "vehicle", order, tally.figures())


def make_corrected_fleet(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """The five refused trucks with their right plates."""
    tally, sheet = Tally(), Sheet("更正")
    again = [VehicleEntry(entry.vehicle) for entry in fleet_entries(crowd) if entry.broken]
    fleets.write_vehicles(sheet, FLEET_COLUMNS, again, dice, tally, top=0)
    path = folder / f"{order:02d}_道路运输车辆台账_更正后.xlsx"
    write_xlsx(path, [sheet])
    return WorkbookInfo(path, VEHICLE_SOURCE, "vehicle", order, tally.figures())
