"""The ledgers of the invented Yuhang: the freight firms, and four lists of vehicles that overlap and contradict one another."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from scenarios.common import fleets, ugly
from scenarios.common.books import Cell, Sheet, write_text, write_xlsx
from scenarios.common.fleets import VehicleColumn, VehicleEntry
from scenarios.common.model import Outcome, Tally, WorkbookInfo
from scenarios.common.plates import Vehicle
from scenarios.yuhang.crowd import (
    CORRECTED,
    GIVER,
    LATE,
    TAKER,
    TWICE_ABOVE,
    TWICE_BELOW,
    Crowd,
)

FIRM_SOURCE, VEHICLE_SOURCE = "货运企业名录", "营运货车台账"
PLATFORM_SOURCE, TRANSFER_SOURCE = "车辆监管平台导出", "车辆过户登记"
FIRM_HEADS = (
    "序号",
    "企业名称",
    "统一社会信用代码",
    "从业类别",
    "经营状况",
    "所在街道",
    "车辆数",
    "党员人数",
    "法定代表人",
    "联系电话",
)
BROKEN = {(0, 9): "浙A1I2O3", (CORRECTED, 3): "浙A·", (18, 5): "待上牌", (22, 40): "浙A99"}
"""(firm, vehicle) whose plate was mistyped. The eighth firm comes to 50 only when its own is corrected."""
LATE_VEHICLES, GIVEN = 5, 2
AGAIN = {TWICE_ABOVE: 3, TWICE_BELOW: 4}
ON_PLATFORM = range(12)


def _bare_colour_cell(entry: VehicleEntry, _: Random, row: int) -> Cell:
    """The colour as the platform has it: often none."""
    pair = entry.vehicle.owner.startswith("杭州余杭黄湖顺达")
    return "" if row % 3 == 0 and not pair else entry.vehicle.colour


COLUMNS = (
    VehicleColumn("业户名称", fleets.owner_cell),
    VehicleColumn("车辆号牌", fleets.plate_cell),
    VehicleColumn("号牌颜色", fleets.colour_cell),
    VehicleColumn("从业类别", fleets.kind_cell),
    VehicleColumn("车辆类型", fleets.model_cell),
)
PLATFORM_COLUMNS = (
    VehicleColumn("车牌号", fleets.plate_cell),
    VehicleColumn("车牌颜色", _bare_colour_cell),
    VehicleColumn("类别", fleets.kind_cell),
    VehicleColumn("所属企业", fleets.owner_cell),
)


def make_firm_list(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``货运企业名录``: what each firm says of its fleet; half of them round it up to fifty."""
    tally, sheet = Tally(), Sheet("企业名录")
    sheet.title(0, "余杭区货运企业名录", left=0, width=len(FIRM_HEADS))
    sheet.line(1, FIRM_HEADS)
    for number, firm in enumerate(crowd.firms, start=1):
        name = firm.name.replace("有限公司", " 有限公司") if number % 7 == 0 else firm.name
        code = ugly.full_width(firm.code) if number % 5 == 0 else firm.code
        said = f"{firm.staff}辆" if number % 2 else max(50, firm.staff)
        sheet.line(
            1 + number,
            [number, name, code, firm.kind, "正常经营", firm.town, said, "", firm.head, firm.phone],
        )
        tally.add(Outcome.CREATED)
    tally.dropped.append("党员人数")
    sheet.put(3 + len(crowd.firms), 0, "注：车辆数由企业自报，以车辆台账为准。")
    path = folder / f"{order:02d}_货运企业名录.xlsx"
    write_xlsx(path, [sheet])
    return WorkbookInfo(path, FIRM_SOURCE, "enterprise", order, tally.figures())


def ledger_entries(crowd: Crowd) -> list[VehicleEntry]:
    """The ledger's vehicles, firm by firm: four mistyped, seven listed twice, five not yet there."""
    entries = []
    for place, fleet in enumerate(crowd.fleets):
        listed = fleet[:-LATE_VEHICLES] if place == LATE else fleet
        entries += [_entry(vehicle, BROKEN.get((place, number), "")) for number, vehicle in enumerate(listed)]
        again = fleet[10 : 10 + AGAIN.get(place, 0)]
        entries += [VehicleEntry(vehicle, outcome=Outcome.JOINED) for vehicle in again]
    return entries


def _entry(vehicle: Vehicle, broken: str) -> VehicleEntry:
    return VehicleEntry(vehicle, broken, Outcome.REFUSED if broken else Outcome.CREATED)


def make_ledger(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``营运货车台账``: two sheets, in the first of which the firm stands once over its merged rows."""
    tally, entries = Tally(), ledger_entries(crowd)
    half = len(entries) // 2
    first, second = Sheet("台账一"), Sheet("台账二")
    first.title(0, "余杭区营运货车台账", left=0, width=len(COLUMNS))
    below = fleets.write_vehicles(first, COLUMNS, entries[:half], dice, tally, top=1)
    first.merge_equal_down(0, 2, below - 1)
    first.put(below, 0, "注：过户车辆另行登记。")
    fleets.write_vehicles(second, COLUMNS, entries[half:], dice, tally, top=0)
    path = folder / f"{order:02d}_营运货车台账.xlsx"
    write_xlsx(path, [first, second])
    return WorkbookInfo(path, VEHICLE_SOURCE, "vehicle", order, tally.figures())


def make_platform_export(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``监管平台车辆导出``: the first twelve fleets again, a third without colour, and five that the ledger lacks."""
    entries = []
    for place in ON_PLATFORM:
        late = len(crowd.fleets[place]) - LATE_VEHICLES if place == LATE else len(crowd.fleets[place])
        for number, vehicle in enumerate(crowd.fleets[place]):
            if (place, number) not in BROKEN:
                entries.append(
                    VehicleEntry(vehicle, outcome=Outcome.JOINED if number < late else Outcome.CREATED)
                )
    tally, sheet = Tally(), Sheet("导出")
    fleets.write_vehicles(sheet, PLATFORM_COLUMNS, entries, dice, tally, top=0)
    path = folder / f"{order:02d}_监管平台车辆导出.csv"
    write_text(path, sheet, encoding="gb18030", delimiter=",")
    return WorkbookInfo(path, PLATFORM_SOURCE, "vehicle", order, tally.figures())


def make_transfers(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``车辆过户登记``: two vehicles change hands: their old firm falls below fifty, their new one rises above."""
    taker = crowd.firms[TAKER].name
    return _few(folder, f"{order:02d}_车辆过户登记.xlsx", TRANSFER_SOURCE, dice, order, [
        VehicleEntry(replace(vehicle, owner=taker), outcome=Outcome.JOINED) for vehicle in crowd.fleets[GIVER][:GIVEN]
    ])  # fmt: skip


def make_corrected_ledger(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """The four refused vehicles with their right plates."""
    again = [VehicleEntry(crowd.fleets[place][number]) for place, number in BROKEN]
    return _few(folder, f"{order:02d}_营运货车台账_更正后.xlsx", VEHICLE_SOURCE, dice, order, again)


def _few(
    folder: Path, name: str, source: str, dice: Random, order: int, entries: Sequence[VehicleEntry]
) -> WorkbookInfo:
    tally, sheet = Tally(), Sheet("登记")
    fleets.write_vehicles(sheet, COLUMNS, entries, dice, tally, top=0)
    write_xlsx(folder / name, [sheet])
    return WorkbookInfo(folder / name, source, "vehicle", order, tally.figures())
