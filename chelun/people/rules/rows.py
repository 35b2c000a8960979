"""What a row of each register must be: the one rule book for the form and for sheets."""

from collections.abc import Mapping

from chelun.people.choices import FirmStatus, Sex
from chelun.people.rules import cells
from chelun.people.rules.cells import Row
from chelun.platform.sheets.columns.values import clean_sex
from chelun.platform.sheets.registers import CheckContext, Checked

SEXES = {"male": Sex.MALE.value, "female": Sex.FEMALE.value}
STATUS_WORDS = {
    FirmStatus.CLOSED: ("注销", "吊销", "关闭", "倒闭", "closed"),
    FirmStatus.PAUSED: ("停业", "歇业", "停产", "暂停", "paused"),
    FirmStatus.OPERATING: ("经营", "正常", "在营", "存续", "开业", "营业", "operating"),
}


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
    cells.township(row, "township", "address")
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
    cells.township(row, "township", "address")
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
    cells.firm_name(row)
    cells.credit_code(row)
    cells.line(row, "note", 200)
    return row.out


def firm_status(text: str) -> str:
    """Whether a firm operates, by the words that clerks use; '' when the text says nothing known."""
    if text in FirmStatus.values:
        return text
    said = text.casefold()
    for status, words in STATUS_WORDS.items():
        if any(word in said for word in words):
            return status.value
    return ""
