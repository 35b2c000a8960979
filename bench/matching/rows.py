"""A row before it is written: texts that mishaps may change, and whose row it is.

What lives here: the cells of persons and firms in their plain writing. What does not: heads, files (`tables.py`).
"""

from bench.matching.firms import Firm
from bench.matching.people import Person, Work

PERSON_CELLS = (
    "name",
    "sex",
    "number",
    "birth",
    "phone",
    "plate",
    "colour",
    "firm",
    "address",
    "certificate",
)
FIRM_CELLS = ("firm", "code", "head", "phone", "address")


class Row:
    """Cells of a row by field; `entity` is the id of who it is about, `careless` multiplies its errors.

    `person` with the `work` of a moment, or `subject`, a firm: what is true, from which a clerk writes down a part.
    """

    __slots__ = ("address", "birth", "careless", "certificate", "code", "colour", "entity", "firm", "head", "name", "number", "person", "phone", "plate", "sex", "subject", "work")  # fmt: skip

    def __init__(self, entity: str, careless: float) -> None:
        self.entity, self.careless = entity, careless
        self.name = self.sex = self.number = self.birth = self.phone = self.plate = self.colour = ""
        self.firm = self.address = self.certificate = self.code = self.head = ""
        self.person: Person | None = None
        self.subject: Firm | None = None
        self.work: Work | None = None


def of_person(person: Person, work: Work, careless: float) -> Row:
    """The row of a person in plain writing, with the work of a moment."""
    row = Row(f"P{person.key:08d}", careless)
    row.person = person
    row.name, row.sex, row.number = person.name, "男" if person.male else "女", person.number
    row.birth, row.certificate = person.birth.isoformat(), person.certificate
    set_work(row, work)
    county = person.county
    row.address = f"{county.province}{county.city}{county.name}{person.town}{person.door}"
    return row


def set_work(row: Row, work: Work) -> None:
    """The work of a moment in plain writing."""
    row.work = work
    row.phone, row.plate, row.colour = work.phone, work.plate, work.colour
    row.firm = work.firm.name if work.firm else ""


def of_firm(firm: Firm, careless: float) -> Row:
    """The row of a firm in plain writing."""
    row = Row(f"F{firm.county.area}{firm.key:06d}", careless)
    row.subject = firm
    row.firm, row.code, row.head, row.phone = firm.name, firm.code, firm.heads[0], firm.phones[0]
    row.address = f"{firm.county.province}{firm.county.city}{firm.county.name}{firm.address}"
    return row
