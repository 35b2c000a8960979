"""From the raw cells of one row to facts: one small reader per kind of field, faults gathered on the way.

Shared by all registers; nothing here knows one.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from chelun.engines.faults import N_, Fault, FaultKind
from chelun.engines.ids import (
    Absent,
    IdNumber,
    read_colour,
    read_id_number,
    read_phone,
    read_plate,
    read_qualification,
    read_uscc,
    split_phones,
    with_default_colour,
)
from chelun.engines.names import PersonName, clean_text, read_name
from chelun.engines.names.faults import NAME_MASKED, NAME_TOO_LONG
from chelun.engines.names.normalise import LONGEST_NAME
from chelun.engines.tables.columns.blanks import is_blank
from chelun.engines.tables.columns.dates import LONG_TERM, clean_date, clean_month
from chelun.engines.tables.columns.forbidden import scrub
from chelun.engines.tables.columns.values import clean_number
from chelun.engines.tables.columns.values import clean_text as clean_line
from chelun.people.choices import WorkKind
from chelun.people.rules.places import ADDRESS_ELSEWHERE, TOWNSHIP_LETTERS, named_instead
from chelun.platform.sheets.registers import CheckContext, Checked, Problem

ASIDE_DROPPED = FaultKind(
    "cell.aside_dropped", N_("这一格里有名册不得带入的内容，那一部分没有保存。"), N_("不需要处理。")
)
REQUIRED = FaultKind("cell.required", N_("这一格不能为空。"), N_("请补填。"))
FUTURE = FaultKind("cell.future", N_("日期在今天之后。"), N_("请核对日期。"))
MONTH_ALONE = FaultKind(
    "cell.month_alone",
    N_("只有年份或年月，没有登记这个日期。"),
    N_("知道是哪一天的，可以补全年、月、日再报。"),
)
ORDER = FaultKind("cell.order", N_("结束日期早于开始日期。"), N_("请核对这两个日期。"))
SEX_DIFFERS = FaultKind(
    "cell.sex_differs", N_("性别与身份证号不一致。"), N_("请对照证件核对性别和身份证号。")
)
BIRTH_DIFFERS = FaultKind(
    "cell.birth_differs", N_("出生日期与身份证号不一致。"), N_("请对照证件核对出生日期和身份证号。")
)
KIND_UNKNOWN = FaultKind(
    "cell.kind_unknown",
    N_("认不出这个工种。"),
    N_("请填货车、网约车、出租车、公交、客运、快递、外卖、养护或客货邮，几个之间用顿号隔开。"),
)
NAME_MASKED_TAKEN = FaultKind(
    "cell.name_masked", N_("姓名被遮住了一部分，按身份证号认人。"), N_("请向来源单位要完整的姓名。")
)
FIRM_LONG = FaultKind("cell.firm_long", N_("企业名称超过 {limit} 个字。"), N_("请填营业执照上的名称。"))
NOTE_DROPPED = FaultKind(
    "cell.note_dropped", N_("这一格写了名册不得带入的内容，没有保存。"), N_("不需要处理。")
)
MASS = FaultKind(
    "cell.mass", N_("认不出这个质量。"), N_("请填吨数，例如 4.5，或照行驶证填千克数，例如 4495。")
)
NO_TRAILER = FaultKind(
    "cell.no_trailer", N_("这不是挂车的车牌。"), N_("挂车车牌以“挂”字结尾，请核对；没有挂车就留空。")
)
HEAVIEST = 200
"""Tonnes that no vehicle reaches."""

KIND_WORDS: dict[str, tuple[str, ...]] = {
    "truck": ("货车", "货运", "卡车", "貨車", "大货", "货拉拉", "牵引", "truck"),
    "ride_hail": ("网约车", "網約車", "网约", "专车", "快车", "顺风车", "ride-hailing"),
    "taxi": ("出租车", "出租", "的士", "巡游", "taxi"),
    "bus": ("公交", "公共汽车", "city bus"),
    "post_passenger": ("客货邮", "passenger-freight-post"),
    "coach": ("客运", "班线", "大巴", "客车", "coach"),
    "courier": ("快递", "快遞", "邮政", "courier"),
    "delivery": ("外卖", "外賣", "骑手", "送餐", "即时配送", "food delivery"),
    "road_care": ("养护", "養護", "道班", "护路", "road maintenance"),
}
SELF_EMPLOYED = frozenset(
    {"个体", "個體", "个人", "个体户", "自营", "自有", "个体司机", "个体经营", "本人", "散户"}
)
"""Words in the firm's column that say there is no firm."""
STILL_THERE = frozenset({"在职", "在岗", "至今", "现在", "在用"})
"""Words in the column of the last day that say there is none yet."""
FIRM_LIMIT = 100
BETWEEN = "、"
"""What stands between several values of one cell, where we write the cell ourselves."""
SEX_WORDS = {"M": "男", "F": "女"}


class Row:
    """A row being read: raw cells in, facts, problems and warnings out."""

    def __init__(self, raw: Mapping[str, str], context: CheckContext) -> None:
        self.raw = raw
        self.context = context
        self.out = Checked()

    def cell(self, name: str) -> str:
        """The raw cell of a field, '' when it is absent or says nothing."""
        cell = self.raw.get(name, "")
        return "" if not cell or is_blank(cell) else cell

    def fail(self, name: str, fault: Fault) -> None:
        """Refuse the row because of this cell."""
        self.out.problems.append(Problem(name, fault))

    def warn(self, name: str, fault: Fault) -> None:
        """Tell the clerk, but take the row."""
        self.out.warnings.append(Problem(name, fault))

    def put(self, name: str, value: Any) -> None:
        """Keep a fact; empty ones are not facts."""
        if value not in (None, "", [], ()):
            self.out.facts[name] = value

    def read(self, name: str, reader: Callable[[str], Any]) -> Any:
        """The value of a cell by a reader that gives a value or a fault; None when it is empty or refused."""
        cell = self.cell(name)
        value = reader(cell) if cell else None
        if isinstance(value, Fault):
            self.fail(name, value)
            return None
        return value


def person_name(row: Row, name: str = "name") -> None:
    """The person's name, which no row may lack. A masked one does where the ID number says who it is."""
    if not row.cell(name):
        row.fail(name, REQUIRED())
        return
    value = read_name(row.cell(name))
    if isinstance(value, PersonName):
        row.put(name, value.value)
    elif value.code == NAME_MASKED.code and row.out.facts.get("id_number"):
        _masked_name(row, name)
    else:
        row.fail(name, value)


def _masked_name(row: Row, name: str) -> None:
    text = clean_text(row.cell(name))
    if len(text) > LONGEST_NAME:
        row.fail(name, NAME_TOO_LONG(length=len(text), limit=LONGEST_NAME))
        return
    row.put("masked_name", text)
    row.warn(name, NAME_MASKED_TAKEN())


def identity(row: Row) -> None:
    """ID number with birth and sex out of it; stated birth and sex must agree, and stand alone without a number."""
    number: IdNumber | None = row.read("id_number", lambda cell: _id_number(row, cell))
    birth = "" if number and _month_of(row, number) else day(row, "birth", future=False)
    sex = row.out.facts.get("sex", "")
    if number is not None:
        row.put("id_number", number.value)
        if birth and birth != number.birth.isoformat():
            row.fail("birth", BIRTH_DIFFERS())
        if sex and sex != number.sex:
            row.fail("sex", SEX_DIFFERS())
        birth, sex = number.birth.isoformat(), number.sex
    row.put("birth", birth)
    row.put("sex", sex)


def _month_of(row: Row, number: IdNumber) -> bool:
    """Whether the cell names only the year or month of birth (出生年月); the number knows the day, and must agree."""
    said = _month_alone(row, "birth")
    if said and (number.birth.year != said[0] or (said[1] and number.birth.month not in said[1])):
        row.fail("birth", BIRTH_DIFFERS())
    return said is not None


def _month_alone(row: Row, name: str) -> tuple[int, tuple[int, ...]] | None:
    """The year and month of a cell that names no day."""
    cell = row.cell(name)
    found = clean_date(cell) if cell else None
    return clean_month(cell) if isinstance(found, Fault) and found.code == "date.incomplete" else None


def _id_number(row: Row, cell: str) -> IdNumber | Fault:
    context = row.context
    return read_id_number(cell, today=context.today, areas=context.areas, demo_areas=context.demo_areas)


def phones(row: Row, *names: str) -> None:
    """All phones of the row, in order, each once."""
    found: list[str] = []
    for name in names:
        for part in split_phones(row.cell(name)):
            phone = read_phone(part)
            if isinstance(phone, Fault):
                row.fail(name, phone)
            elif phone.value not in found:
                found.append(phone.value)
    row.put("phones", found)


def work_kinds(row: Row, name: str = "kinds") -> None:
    """The kinds of work that a cell names, as codes."""
    cell = row.cell(name)
    if not cell:
        return
    found = kinds_in(cell)
    if found:
        row.put(name, found)
    else:
        row.fail(name, KIND_UNKNOWN())


def kinds_in(text: str) -> list[str]:
    """The codes of the kinds of work named in a text; a code stands for itself."""
    if text in WorkKind.values:
        return [text]
    found, rest = [], text.casefold()
    for code in ("post_passenger", *(code for code in KIND_WORDS if code != "post_passenger")):
        for word in KIND_WORDS[code]:
            if word in rest:
                found.append(code)
                rest = rest.replace(word, "")
                break
    return found


def firm_name(row: Row, name: str = "enterprise") -> None:
    """A firm's name as it is written; words for «no firm» are no firm."""
    text = clean_text(row.cell(name))
    if not text or text in SELF_EMPLOYED or is_blank(text):
        return
    if len(text) > FIRM_LIMIT:
        row.fail(name, FIRM_LONG(limit=FIRM_LIMIT))
        return
    row.put(name, text)


def credit_code(row: Row, name: str = "uscc") -> None:
    """The firm's unified social credit code."""
    value = row.read(name, lambda cell: read_uscc(cell, demo_areas=row.context.demo_areas))
    row.put(name, value.value if value else None)


def plate(row: Row) -> None:
    """Plate and colour; a new-energy plate's form says its colour."""
    colour = row.cell("plate_colour")
    value = row.read("plate", lambda cell: read_plate(cell, colour or None))
    if value is None:
        if colour and not row.cell("plate"):
            row.read("plate_colour", read_colour)
        return
    value = with_default_colour(value)
    row.put("plate", value.number)
    row.put("plate_colour", str(value.colour) if value.colour else "")


def qualification(row: Row, name: str = "certificate") -> None:
    """The number of the 从业资格证; a row that says there is none has none."""
    number = row.out.facts.get("id_number")
    value = row.read(name, lambda cell: read_qualification(cell, id_number=number))
    if value is not None and not isinstance(value, Absent):
        row.put(name, value.value)


def day(row: Row, name: str, *, future: bool = True) -> str:
    """A date as ISO text, '' when there is none; 长期 is no date."""
    value: date | None = row.read(name, clean_date)
    if value is None or value == LONG_TERM:
        return ""
    if not future and value > row.context.today:
        row.fail(name, FUTURE())
        return ""
    return value.isoformat()


def period(row: Row) -> None:
    """From when to when. A first day of which only year or month is known is left out; a last day decides who works there, and
    must be whole.
    """
    still_there, start = clean_text(row.cell("end")) in STILL_THERE, ""
    if _month_alone(row, "start"):
        row.warn("start", MONTH_ALONE())
    else:
        start = day(row, "start", future=False)
    end = "" if still_there else day(row, "end")
    if start and end and end < start:
        row.fail("end", ORDER())
    row.put("start", start)
    row.put("end", end)


def line(row: Row, name: str, limit: int = 60) -> None:
    """A short text that may stand as it is, unless it says what a roster may not bring in."""
    value = row.read(name, lambda cell: clean_line(cell, limit=limit))
    if value:
        text, kinds = scrub(value)
        if kinds:
            row.warn(name, NOTE_DROPPED())
        row.put(name, text)


def whole_number(row: Row, name: str, unit: str) -> None:
    """A count of persons or vehicles."""
    value = row.read(name, lambda cell: clean_number(cell, unit=unit, low=0, high=1_000_000, whole=True))
    row.put(name, int(value) if value is not None else None)


def tonnes(row: Row, name: str) -> None:
    """A mass in tonnes. A bare number of 200 or more is in kilograms, as the 行驶证 says it: nothing on wheels weighs that many tonnes."""
    value = row.read(name, _tonnes)
    if value is not None:
        row.put(name, f"{value.quantize(Decimal('0.01')).normalize():f}")


def _tonnes(cell: str) -> Decimal | Fault | None:
    bare = clean_number(cell)
    if isinstance(bare, Decimal) and bare >= HEAVIEST:
        bare /= 1000
        return bare if bare < HEAVIEST else MASS()
    value = clean_number(cell, unit="吨", low=Decimal("0.01"), high=HEAVIEST)
    return MASS() if isinstance(value, Fault) else value


def trailer_plate(row: Row, name: str = "trailer_plate") -> None:
    """The plate of the trailer that a tractor pulls."""
    value = row.read(name, read_plate)
    if value is not None and value.kind != "trailer":
        row.fail(name, NO_TRAILER())
        return
    row.put(name, value.number if value else None)


def township(row: Row, name: str = "township", address: str = "address") -> None:
    """The township that its cell names, else the address, within the roster's place; nothing when none does surely."""
    find = row.context.find_township
    code = find(row.cell(name)) if row.cell(name) else ""
    if len(code) == TOWNSHIP_LETTERS:
        row.put(name, code)
        if named_instead(code, row.cell(address), find):
            row.warn(name, ADDRESS_ELSEWHERE())
        return
    named = find(row.cell(address)) if row.cell(address) else ""
    row.put(name, named if len(named) == TOWNSHIP_LETTERS else None)
