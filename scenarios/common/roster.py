"""Lists of people as tables: one entry per row, columns that write themselves, and the count of what must come of it.

An ``Entry`` says which worker a row means, what the import must make of it and which mistake or habit the row has;
a ``Column`` turns an entry into a cell. Places put columns together; they do not write cells themselves.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from random import Random

from scenarios.common import codes, ugly
from scenarios.common.books import Cell, Formula, Head, Sheet
from scenarios.common.model import Outcome, Tally
from scenarios.common.people import Worker


class Mishap(StrEnum):
    """A mistake for which a row must be refused; the value is what the refusal is about, in the clerk's words."""

    WRONG_CHECK = "身份证号校验码不符"
    SWAPPED = "身份证号两位颠倒"
    EXCEL = "身份证号被表格软件变成科学计数"
    NO_AREA = "身份证号地区码从未使用"
    FUTURE = "日期在将来"
    SHORT_PHONE = "手机号位数不够"
    NO_CACHE = "公式没有缓存值"


class Habit(StrEnum):
    """A way of writing that must not stop a row."""

    MASKED = "masked name"
    TRADITIONAL = "traditional characters"
    GLOSS = "reading in brackets"
    ID_15 = "15-digit ID number"
    NO_ID = "no ID number"
    TWO_PHONES = "two phones in a cell"
    OTHER_DOT = "another dot in the name"
    OTHER_BIRTH = "birth date of somebody else"
    PLAIN = "no ordinary noise"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list."""

    worker: Worker
    outcome: Outcome = Outcome.CREATED
    mishap: Mishap | None = None
    habits: frozenset[Habit] = frozenset()

    def corrected(self, outcome: Outcome = Outcome.CREATED) -> "Entry":
        """The row as the clerk sends it again."""
        return Entry(self.worker, outcome, None, frozenset({Habit.PLAIN}))


Writer = Callable[[Entry, Random, int], Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A head, how its cells are written (entry, dice, number of the row from 1), and whether it must be dropped."""

    head: str
    write: Writer
    group: str = ""
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Where a written table lies: first data row, last data row, left column (all zero-based)."""

    top: int
    bottom: int
    left: int
    columns: tuple[Column, ...] = field(default=())

    def place(self, head: str) -> int:
        """The sheet's column of a head."""
        return self.left + [column.head for column in self.columns].index(head)


def mark(entries: Sequence[Entry], mishaps: dict[int, Mishap]) -> list[Entry]:
    """The entries with mistakes at the given places; such rows must be refused."""
    return [
        replace(entry, outcome=Outcome.REFUSED, mishap=mishaps[place]) if place in mishaps else entry
        for place, entry in enumerate(entries)
    ]


def habit(entries: Sequence[Entry], places: Iterable[int], *habits: Habit) -> list[Entry]:
    """The entries with habits added at the given places."""
    chosen = set(places)
    return [
        replace(entry, habits=entry.habits | set(habits)) if place in chosen else entry
        for place, entry in enumerate(entries)
    ]


def refused(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that the import must send back."""
    return [entry for entry in entries if entry.mishap is not None]


def name_cell(entry: Entry, dice: Random, _: int) -> Cell:
    """The name, in the row's habit or with ordinary noise (about one row in seven)."""
    name = entry.worker.person.name
    if Habit.PLAIN in entry.habits:
        return name
    if Habit.MASKED in entry.habits:
        return ugly.mask(name)
    if Habit.GLOSS in entry.habits:
        return ugly.gloss(name)
    if Habit.TRADITIONAL in entry.habits:
        return ugly.traditional(name)
    if Habit.OTHER_DOT in entry.habits and "·" in name:
        return ugly.dotted(dice, name)
    noise = dice.random()
    if noise < 0.05:
        return ugly.invisible(dice, name)
    return ugly.letter_spaced(name) if noise < 0.4 else name


def id_cell(entry: Entry, dice: Random, _: int) -> Cell:
    """The ID number as a number cell, text, 15 digits, nothing – by mistake, habit or noise."""
    number = entry.worker.person.id_number
    mistakes: dict[Mishap, Callable[[str], Cell]] = {
        Mishap.WRONG_CHECK: ugly.wrong_check,
        Mishap.SWAPPED: ugly.swapped,
        Mishap.EXCEL: ugly.excel_float,
        Mishap.NO_AREA: ugly.never_an_area,
    }
    if entry.mishap in mistakes:
        return mistakes[entry.mishap](number)
    if Habit.NO_ID in entry.habits:
        return None
    if Habit.ID_15 in entry.habits:
        return codes.id_15(number)
    return number if Habit.PLAIN in entry.habits else _noisy_id(dice, number)


def _noisy_id(dice: Random, number: str) -> str:
    noise = dice.random()
    if noise < 0.05:
        return ugly.full_width(number)
    if noise < 0.10:
        return ugly.grouped_id(number)
    if noise < 0.14:
        return ugly.invisible(dice, number)
    return number.lower() if noise < 0.6 else number


def id_text_cell(entry: Entry, dice: Random, row: int) -> Cell:
    """As ``id_cell`` in a text file, where the lost ID number reads 6.10999E+17."""
    if entry.mishap is Mishap.EXCEL:
        return ugly.excel_text(entry.worker.person.id_number)
    return id_cell(entry, dice, row)


def phone_cell(entry: Entry, dice: Random, _: int) -> Cell:
    """The phone; a second one of the family behind it by habit."""
    phone = entry.worker.person.phone
    if entry.mishap is Mishap.SHORT_PHONE:
        return ugly.too_short(phone)
    if Habit.TWO_PHONES in entry.habits:
        second = str(int(phone) ^ 1)
        return dice.choice((f"{phone}/{second}", f"{phone}、{second}", f"{phone} {second}(家属)"))
    noise = 1.0 if Habit.PLAIN in entry.habits else dice.random()
    if noise < 0.06:
        return ugly.full_width(phone)
    return ugly.grouped_phone(phone) if noise < 0.15 else phone


def since_cell(entry: Entry, dice: Random, _: int) -> Cell:
    """The first day at work in one of the mixed ways."""
    if entry.mishap is Mishap.FUTURE:
        return "2062年3月1日"
    since = entry.worker.since
    return f"{since:%Y-%m-%d}" if Habit.PLAIN in entry.habits else ugly.day_cell(dice, since)


def birth_cell(entry: Entry, dice: Random, _: int) -> Cell:
    """The birth date; by habit somebody else's, so that name and phone alone may not join the row."""
    birth = entry.worker.person.birth
    if Habit.OTHER_BIRTH in entry.habits:
        return date(birth.year - 3, birth.month, 12 if birth.day != 12 else 13)
    return ugly.day_cell(dice, birth)


def number_cell(_: Entry, __: Random, row: int) -> Cell:
    """The running number of the row."""
    return row


def sex_cell(entry: Entry, _: Random, __: int) -> Cell:
    """The sex."""
    return entry.worker.person.sex


def kind_cell(entry: Entry, _: Random, __: int) -> Cell:
    """The kind of work by its exact label."""
    return entry.worker.kind


def firm_cell(entry: Entry, _: Random, __: int) -> Cell:
    """The firm or platform."""
    return entry.worker.firm


def post_cell(entry: Entry, _: Random, __: int) -> Cell:
    """The post."""
    return entry.worker.post


def town_cell(entry: Entry, _: Random, __: int) -> Cell:
    """The township."""
    return entry.worker.town


def plate_cell(entry: Entry, dice: Random, _: int) -> Cell:
    """The plate, with or without its dot."""
    return ugly.plate_text(dice, entry.worker.plate) if entry.worker.plate else None


def pick_cell(*values: str) -> Writer:
    """A column of values picked blindly: what it says is nobody's truth."""

    def write(_: Entry, dice: Random, __: int) -> Cell:
        return dice.choice(values)

    return write


political = pick_cell("群众", "群众", "群众", "中共党员", "共青团员")
ethnic = pick_cell("汉族", "汉族", "彝族", "回族")
health = pick_cell("健康", "健康", "良好", "高血压", "腰椎间盘突出")


def table_heads(columns: Sequence[Column]) -> list[Head]:
    """The columns' heads, neighbours of one group put together."""
    heads: list[Head] = []
    for column in columns:
        last = heads[-1] if heads else None
        if column.group and isinstance(last, tuple) and last[0] == column.group:
            heads[-1] = (column.group, (*last[1], column.head))
        else:
            heads.append((column.group, (column.head,)) if column.group else column.head)
    return heads


def write_head(sheet: Sheet, columns: Sequence[Column], row: int, left: int = 0) -> int:
    """Write one or two lines of heads; returns the first row below."""
    if any(column.group for column in columns):
        return sheet.two_line_head(row, table_heads(columns), left=left)
    sheet.line(row, [column.head for column in columns], left=left)
    return row + 1


def write_table(
    sheet: Sheet,
    columns: Sequence[Column],
    entries: Sequence[Entry],
    dice: Random,
    tally: Tally,
    *,
    top: int,
    left: int = 0,
    headless: bool = False,
) -> Table:
    """Write heads and rows from ``top`` on, and count every row."""
    first = top if headless else write_head(sheet, columns, top, left)
    for offset, entry in enumerate(entries):
        cells = [column.write(entry, dice, offset + 1) for column in columns]
        sheet.line(first + offset, cells, left=left)
        tally.add(entry.outcome)
    tally.dropped.extend(
        f"第{place}列" if headless else column.head
        for place, column in enumerate(columns, start=1)
        if column.dropped
    )
    return Table(first, first + len(entries) - 1, left, tuple(columns))


def same_as_above(sheet: Sheet, table: Table, head: str, words: Sequence[str] = ("同上", "〃")) -> None:
    """Replace repeats in one column by 同上, as people do who type a list."""
    column = table.place(head)
    values = [sheet.cells.get((row, column)) for row in range(table.top, table.bottom + 1)]
    for offset in range(1, len(values)):
        if values[offset] is not None and values[offset] == values[offset - 1]:
            sheet.put(table.top + offset, column, words[offset % len(words)])


def age_formula(row: int, column_letter: str, birth: date) -> Formula:
    """An age computed from the ID number's column by the sheet itself (``row`` zero-based), with its cached value."""
    return Formula(f"=2026-VALUE(MID({column_letter}{row + 1},7,4))", 2026 - birth.year)
