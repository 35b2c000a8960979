"""The ledger of certificates of vocational skill (职业技能等级证书): 775 couriers, twelve of them with two certificates, each a paper."""

from pathlib import Path
from random import Random

from scenarios.common import roster
from scenarios.common.books import Cell, Sheet, write_xlsx
from scenarios.common.model import Outcome, Tally, WorkbookInfo
from scenarios.common.roster import Column, Entry, Habit, Mishap
from scenarios.zhaoyuan.crowd import TWICE, Crowd
from scenarios.zhaoyuan.expected import CERTIFICATE_SOURCE

MISHAPS = {
    70: Mishap.EXCEL,
    199: Mishap.WRONG_CHECK,
    322: Mishap.EXCEL,
    410: Mishap.SWAPPED,
    555: Mishap.EXCEL,
    701: Mishap.WRONG_CHECK,
}
LEVELS = ("五级/初级工", "五级/初级工", "五级/初级工", "四级/中级工")
HIGHER = "四级/中级工"


def _level_cell(entry: Entry, _: Random, __: int) -> Cell:
    higher = Habit.ID_15 in entry.habits
    return f"快递员 {HIGHER if higher else LEVELS[int(entry.worker.person.phone[-3:]) % 4]}"


def _paper_cell(entry: Entry, _: Random, row: int) -> Cell:
    """A number of the form that such certificates have: it is nobody's, for the office never was."""
    return f"Y0037060099{entry.worker.since:%y}5{row:06d}"


def _kind_cell(_: Entry, __: Random, ___: int) -> Cell:
    return "职业技能等级证书"


COLUMNS = (
    Column("序号", roster.number_cell),
    Column("姓名", roster.name_cell),
    Column("证件号码", roster.id_cell),
    Column("工作单位", roster.firm_cell),
    Column("工种", roster.kind_cell),
    Column("证书名称", _kind_cell),
    Column("职业（工种）及等级", _level_cell),
    Column("证书编号", _paper_cell),
)
HINTS = {"职业（工种）及等级": "等级或类别", "证书编号": "证号"}


def certificate_entries(crowd: Crowd) -> list[Entry]:
    """787 rows: 775 couriers, twelve again for a higher grade, six to be refused."""
    holders = crowd.certified()
    first = roster.mark([Entry(worker) for worker in holders], MISHAPS)
    elders = [worker for worker in holders[400:] if worker.person.birth.year < 1990]
    second = [Entry(worker, Outcome.CREATED, None, frozenset({Habit.ID_15})) for worker in elders[:TWICE]]
    return first + second


def make_certificates(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """``职业技能等级证书发放台账``: as the training school keeps it."""
    return _written(folder, "职业技能等级证书发放台账", certificate_entries(crowd), dice, order)


def make_corrected_certificates(folder: Path, crowd: Crowd, dice: Random, order: int) -> WorkbookInfo:
    """Its six refused rows, corrected."""
    again = [entry.corrected() for entry in roster.refused(certificate_entries(crowd))]
    return _written(folder, "职业技能等级证书发放台账_更正后", again, dice, order)


def _written(folder: Path, name: str, entries: list[Entry], dice: Random, order: int) -> WorkbookInfo:
    tally, sheet = Tally(), Sheet("发放台账")
    sheet.title(0, "招远市快递从业人员职业技能等级证书发放台账", left=0, width=len(COLUMNS))
    table = roster.write_table(sheet, COLUMNS, entries, dice, tally, top=1)
    sheet.put(table.bottom + 1, 0, "合计")
    sheet.put(table.bottom + 1, 1, f"{len(entries)}本")
    path = folder / f"{order:02d}_{name}.xlsx"
    write_xlsx(path, [sheet])
    hints = {f"发放台账!{head}": label for head, label in HINTS.items()}
    return WorkbookInfo(path, CERTIFICATE_SOURCE, "credential", order, tally.figures(), hints)
