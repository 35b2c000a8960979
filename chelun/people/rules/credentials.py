"""What a row of papers must be: a kind that is a paper of the trade, a holder who can be told for sure, a number of the right form."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from chelun.engines.faults import N_, Fault, FaultKind
from chelun.engines.ids import Absent, Certificate, read_id_number
from chelun.engines.tables.columns.dates import clean_period, clean_until
from chelun.engines.tables.columns.fields import FieldSpec
from chelun.engines.tables.columns.forbidden import scrub
from chelun.engines.tables.columns.values import choice_cleaner, clean_yes_no
from chelun.people.choices import PaperKind, PaperStatus, Presence
from chelun.people.rules import cells
from chelun.people.rules.cells import Row
from chelun.people.rules.paper_words import PRESENCE_WORDS, STATUS_WORDS, WORDS
from chelun.people.rules.papers import NO_END, PAPERS
from chelun.platform.sheets.registers import CheckContext, Checked

HOLDER = "holder"
"""Not a column: the form on a file says in it whose paper it is, as `register:key`."""
HOLDER_ID = "holder_id_number"
"""Nor is this: his ID number as his file has it."""
HOLDER_FACTS = (
    "name", "masked_name", "id_number", "sex", "birth", "phones", "enterprise", "uscc", "plate", "plate_colour", HOLDER,
)  # fmt: skip
"""What says whose paper it is."""
CALLED = ("name", "enterprise", "plate", "plate_colour")
"""What the form on a file says beside it: how the holder is called there."""
NUMBER_IS_KEY = frozenset(kind for kind, paper in PAPERS.items() if paper.several)
"""Of these somebody may hold several: the number tells them apart."""

NOT_A_PAPER = FaultKind(
    "paper.not_of_the_trade",
    N_("这种证件说明的是身份、成员关系或健康情况，不是从业证照，不登记，也不保存。"),
    N_("请把这一行去掉。"),
)
KIND_UNKNOWN = FaultKind(
    "paper.kind_unknown",
    N_("认不出这种证照。"),
    N_("请从可选内容里选一种；不在其中的证照不在这里登记。"),
)
HOLDER_NUMBER = FaultKind(
    "paper.holder_number",
    N_("个人的证照要有持证人的身份证号，才能认定是谁的证。"),
    N_("请补上身份证号；没有身份证号的人，请在他的档案里登记证照。"),
)
HOLDER_FIRM = FaultKind("paper.holder_firm", N_("企业的证照要写明企业名称。"), N_("请补上企业名称。"))
HOLDER_PLATE = FaultKind("paper.holder_plate", N_("车辆的证照要写明车牌号。"), N_("请补上车牌号和车牌颜色。"))
NUMBER_OTHER = FaultKind(
    "paper.number_of_another",
    N_("18 位的证号应与持证人的身份证号相同，这里两个号码不同。"),
    N_("请对照证件核对这两个号码。"),
)
NUMBER_NEEDED = FaultKind(
    "paper.number_needed",
    N_("这种证书一人可以有几本，要有证号才能分清。"),
    N_("请补上证书编号。"),
)
NOT_EXEMPT = FaultKind(
    "paper.not_exempt",
    N_("总质量 4.5 吨及以下免办，只适用于从业资格证、道路运输证和道路运输经营许可证。"),
    N_("请写明没有这种证照的其他原因。"),
)
ABSENT_WITH_NUMBER = FaultKind(
    "paper.absent_with_number",
    N_("写明了没有证，又写了证号、日期或状态。"),
    N_("有证的请把“持有情况”改为持有；没有证的请去掉证号和日期。"),
)
LONG_AND_DAY = FaultKind("paper.long_and_day", N_("写明了长期有效，又写了到期的日子。"), N_("请只留一样。"))
PERIOD_ORDER = FaultKind("paper.order", N_("有效期止早于有效期起。"), N_("请对照证件核对这两个日期。"))


def check_credential(raw: Mapping[str, str], context: CheckContext) -> Checked:
    """A paper: its kind; who holds it; number, dates and office as far as they are known, or why there is none."""
    row = Row(raw, context)
    kind = _kind(row)
    if kind:
        row.put("paper", kind)
        _holder(row, kind)
        _number(row, kind)
        _dates(row)
        row.put("paper_status", status_of(row.cell("paper_status")))
        _agreed(row)
    cells.line(row, "issuer", 120)
    cells.line(row, "grade")
    cells.line(row, "note", 200)
    return row.out


def _kind(row: Row) -> str:
    cell = row.cell("paper")
    if not cell:
        row.fail("paper", cells.REQUIRED())
        return ""
    if scrub(cell)[1]:
        row.fail("paper", NOT_A_PAPER())
        return ""
    found = paper_of(cell)
    if not found:
        row.fail("paper", KIND_UNKNOWN())
    return found


def paper_of(text: str) -> str:
    """The kind of paper that a text names; '' when it names none, or several."""
    if text in PAPERS:
        return PaperKind(text).value
    found = _cleaner("paper")(text)
    return PaperKind(found).value if isinstance(found, str) else ""


@cache
def _cleaner(name: str) -> Callable[[str], str | Fault | None]:
    words = {"paper": WORDS, "presence": PRESENCE_WORDS}[name]
    return choice_cleaner(FieldSpec(name, name, "choice", choices=words))


def _holder(row: Row, kind: str) -> None:
    """Whose paper: on a file it is known; of a sheet the columns of the kind's holder must say it for sure."""
    if row.raw.get(HOLDER):
        for name in (HOLDER, *CALLED):
            row.put(name, row.raw.get(name))
        return
    match PAPERS[kind].holder:
        case "person":
            _person(row, kind)
        case "enterprise":
            cells.firm_name(row)
            cells.credit_code(row)
            _needed(row, "enterprise", HOLDER_FIRM())
        case _:
            cells.plate(row)
            _needed(row, "plate", HOLDER_PLATE())


def _needed(row: Row, name: str, fault: Fault) -> None:
    if name not in row.out.facts and name not in {problem.field for problem in row.out.problems}:
        row.fail(name, fault)


def _person(row: Row, kind: str) -> None:
    """A person is told by his ID number; where the paper's own number is one, by that."""
    if not row.cell("id_number"):
        row.raw = {**row.raw, "id_number": _number_as_id(row, kind)}
    cells.identity(row)
    _needed(row, "id_number", HOLDER_NUMBER())
    cells.person_name(row)
    cells.phones(row, "phone")


def _number_as_id(row: Row, kind: str) -> str:
    number = PAPERS[kind].read(row.cell("number"), None) if row.cell("number") else None
    if not (isinstance(number, Certificate) and number.is_id_number):
        return ""
    read = read_id_number(
        number.value, today=row.context.today, areas=row.context.areas, demo_areas=row.context.demo_areas
    )
    return "" if isinstance(read, Fault) else number.value


def _number(row: Row, kind: str) -> None:
    paper, cell = PAPERS[kind], row.cell("number")
    said = row.read("presence", presence_of)
    number = paper.read(cell, _id_of_holder(row)) if cell else None
    if isinstance(number, Fault):
        row.fail("number", number)
        return
    if isinstance(number, Absent):
        said = said or number.reason
    elif number is not None:
        row.put("number", number.value)
        _same_number(row, number)
    presence = said or Presence.HELD.value
    if presence == Presence.LIGHT_VEHICLE and not paper.light:
        row.fail("presence" if row.cell("presence") else "number", NOT_EXEMPT())
    if paper.several and presence == Presence.HELD and number is None:
        row.fail("number", NUMBER_NEEDED())
    row.put("presence", presence)


def _id_of_holder(row: Row) -> str | None:
    """The holder's ID number: of the row, or of the file on which the paper is entered, where it is compared and not kept."""
    return row.out.facts.get("id_number") or row.raw.get(HOLDER_ID) or None


def _same_number(row: Row, number: Certificate) -> None:
    held = _id_of_holder(row)
    if number.is_id_number and number.kind == "qualification_18" and held and number.value != held:
        row.fail("number", NUMBER_OTHER())


def presence_of(text: str) -> str | Fault:
    """Whether there is a paper, and if not why, by the words that clerks use."""
    if text in Presence.values:
        return text
    found = _cleaner("presence")(text)
    return found if isinstance(found, Fault) else Presence(found or Presence.HELD).value


def _dates(row: Row) -> None:
    """From when to when; a single cell may hold both days, and 长期 has no end."""
    start, (begin, end) = cells.day(row, "valid_from"), row.read("valid_to", _until) or (None, None)
    start = start or (begin.isoformat() if begin else "")
    if row.read("long_term", clean_yes_no):
        if end not in (None, NO_END):
            row.fail("long_term", LONG_AND_DAY())
        end = NO_END
    if start and end and end.isoformat() < start:
        row.fail("valid_to", PERIOD_ORDER())
    row.put("valid_from", start)
    row.put("valid_to", end.isoformat() if end else "")


def _until(cell: str) -> tuple[date | None, date | None] | Fault:
    """(first day, last day): a last day alone, or a term with both of its days."""
    last = clean_until(cell)
    if not isinstance(last, Fault):
        return None, last
    both = clean_period(cell)
    return last if both is None or isinstance(both, Fault) else both


def status_of(text: str) -> str:
    """What an office says of a paper, by the words that clerks use; '' when the text says nothing known."""
    if text in PaperStatus.values:
        return text
    said = text.casefold()
    return next((status for status, words in STATUS_WORDS.items() if any(word in said for word in words)), "")


def _agreed(row: Row) -> None:
    """Whoever says that there is no paper can say nothing of it."""
    facts = row.out.facts
    absent = facts.get("presence", Presence.HELD) != Presence.HELD
    if absent and any(facts.get(name) for name in ("number", "valid_from", "valid_to", "paper_status")):
        row.fail("presence" if row.cell("presence") else "number", ABSENT_WITH_NUMBER())
