"""What a row of each register must be: the one rule book for the form and for sheets."""

from collections.abc import Mapping

from chelun.engines.faults import N_, Fault, FaultKind
from chelun.engines.tables.columns.values import clean_sex
from chelun.people.choices import Energy, FirmStatus, Sex
from chelun.people.rules import cells
from chelun.people.rules.cells import Row
from chelun.platform.sheets.registers import CheckContext, Checked

SEXES = {"male": Sex.MALE.value, "female": Sex.FEMALE.value}
STATUS_WORDS = {
    FirmStatus.CLOSED: ("注销", "吊销", "关闭", "倒闭", "closed"),
    FirmStatus.PAUSED: ("停业", "歇业", "停产", "暂停", "paused"),
    FirmStatus.OPERATING: ("经营", "正常", "在营", "存续", "开业", "营业", "operating"),
}

ENERGY_WORDS = {
    Energy.PLUG_IN: ("插电", "插混", "增程", "plug-in"),
    Energy.HYBRID: ("混动", "混合动力", "油电", "hybrid"),
    Energy.HYDROGEN: ("氢", "燃料电池", "hydrogen"),
    Energy.ELECTRIC: ("纯电", "电动", "electric"),
    Energy.GAS: ("天然气", "lng", "cng", "燃气", "natural gas"),
    Energy.METHANOL: ("甲醇", "methanol"),
    Energy.DIESEL: ("柴油", "diesel"),
    Energy.PETROL: ("汽油", "petrol", "gasoline"),
    Energy.OTHER: ("其他", "其它", "other"),
}
ENERGY_SHORT = {"电": Energy.ELECTRIC, "柴": Energy.DIESEL, "汽": Energy.PETROL, "气": Energy.GAS}
WHOLE_NAMES = (Energy.PLUG_IN, Energy.HYBRID, Energy.HYDROGEN)
"""Their names hold those of others: 插电混动, 油电混动, 氢燃料电池电动."""
ENERGY_UNKNOWN = FaultKind(
    "vehicle.energy_unknown",
    N_("认不出这种能源。"),
    N_("请填汽油、柴油、纯电动、插电混动、油电混动、天然气、氢燃料、甲醇或其他。"),
)


def check_person(raw: Mapping[str, str], context: CheckContext) -> Checked:
    """A person: a name; an ID number that is whole if there is one; everything else may be missing."""
    row = Row(raw, context)
    row.put("sex", SEXES.get(row.read("sex", clean_sex)))
    cells.identity(row)
    cells.person_name(row)
    cells.phones(row, "phone", "phone2")
    cells.work_kinds(row)
    cells.firm_name(row)
    cells.credit_code(row)
    cells.line(row, "platform")
    cells.plate(row)
    cells.qualification(row)
    cells.line(row, "position")
    cells.period(row)
    cells.line(row, "address", 200)
    cells.township(row)
    cells.line(row, "note", 200)
    return row.out


def check_enterprise(raw: Mapping[str, str], context: CheckContext) -> Checked:
    """A firm: a name; a credit code that is whole if there is one."""
    row = Row(raw, context)
    cells.firm_name(row, "name")
    if "name" not in row.out.facts and not row.out.problems:
        row.fail("name", cells.REQUIRED())
    cells.credit_code(row)
    cells.work_kinds(row)
    row.put("status", firm_status(row.cell("status")))
    cells.line(row, "legal_representative")
    cells.line(row, "investors", 200)
    cells.whole_number(row, "staff", "人")
    cells.whole_number(row, "vehicles", "辆")
    cells.phones(row, "phone")
    cells.line(row, "address", 200)
    cells.township(row)
    cells.line(row, "note", 200)
    return row.out


def check_vehicle(raw: Mapping[str, str], context: CheckContext) -> Checked:
    """A vehicle: its plate; the colour when it is known."""
    row = Row(raw, context)
    cells.plate(row)
    if "plate" not in row.out.facts and not row.out.problems:
        row.fail("plate", cells.REQUIRED())
    cells.work_kinds(row)
    cells.line(row, "vehicle_type")
    row.put("energy", row.read("energy", energy_of))
    cells.tonnes(row, "gross_mass")
    cells.tonnes(row, "tonnage")
    cells.trailer_plate(row)
    cells.firm_name(row)
    cells.credit_code(row)
    cells.line(row, "note", 200)
    return row.out


def energy_of(text: str) -> str | Fault:
    """What a vehicle runs on, by the words that clerks and the 行驶证 use. Two fuels side by side are refused, not guessed at."""
    if text in Energy.values:
        return text
    said = text.casefold()
    found = [energy for energy, words in ENERGY_WORDS.items() if any(word in said for word in words)]
    whole = next((energy for energy in WHOLE_NAMES if energy in found), None) or ENERGY_SHORT.get(said)
    if whole is None and len(found) == 1:
        whole = found[0]
    return whole.value if whole else ENERGY_UNKNOWN()


def firm_status(text: str) -> str:
    """Whether a firm operates, by the words that clerks use; '' when the text says nothing known."""
    if text in FirmStatus.values:
        return text
    said = text.casefold()
    for status, words in STATUS_WORDS.items():
        if any(word in said for word in words):
            return status.value
    return ""
