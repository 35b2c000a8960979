"""The calendar of papers that run out: months ahead, the days of one of them, and the same days as a table."""

from calendar import Calendar, monthrange
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chelun.core.ui import Cell, Column, Row, Stat, Tab, Table, aside, day, listed, number
from chelun.people.choices import PaperState
from chelun.people.displays.papers import TONES, paper_name
from chelun.people.reminders import Reminders

MONTHS = 12
Endings = Counter[tuple[date, str]]
"""How many papers run out: (last day, kind) → number."""
Kept = Mapping[str, str]
"""What the address narrows by beside the month."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the grid: 0 for one of another month; where papers run out the address of their list."""

    number: int = 0
    count: int = 0
    url: str = ""
    tone: str = ""
    today: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a page shows it: its name, the weeks from Monday on, the table of its days, and the months around it."""

    name: str
    heads: tuple[str, ...]
    weeks: list[list[Day]]
    table: Table
    months: list[Tab]
    total: int


def month_of(text: str, today: date) -> date:
    """The first day of the month that an address asks for (2026-11); of this month for what cannot be read."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


def span_of(first: date, today: date) -> tuple[date, date]:
    """(first, last day) of what is counted: twelve months from this one on, and the month that is asked for."""
    begin = min(first, today.replace(day=1))
    last = max(_later(today, MONTHS - 1), first)
    return begin, last.replace(day=monthrange(last.year, last.month)[1])


def _later(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, 1)


def month_view(first: date, endings: Endings, reminders: Reminders, kept: Kept) -> Month:
    """One month with what runs out in it. `kept` goes on in every address."""
    weekdays = (_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日"))
    by_day = Counter[date]()
    for (last, _kind), n in endings.items():
        by_day[last] += n
    weeks = [
        [_day(each, first, by_day, reminders, kept) for each in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    total = sum(n for each, n in by_day.items() if (each.year, each.month) == (first.year, first.month))
    table = _table(first, endings, reminders, kept)
    return Month(month_name(first), weekdays, weeks, table, _months(first, by_day, reminders, kept), total)


def month_name(first: date) -> str:
    """2026年11月, as the reader's language writes it."""
    return _("{year} 年 {month} 月").format(year=first.year, month=first.month)


def rows_url(first: date, last: date, kept: Kept) -> str:
    """The list of the papers that run out between two days."""
    query = {**kept, "due_from": first.isoformat(), "due_to": last.isoformat()}
    return f"{reverse('people:credential_list')}?{urlencode(query)}"


def _day(each: date, first: date, by_day: Counter[date], reminders: Reminders, kept: Kept) -> Day:
    if each.month != first.month:
        return Day()
    n, today = by_day[each], each == reminders.today
    if not n:
        return Day(each.day, today=today)
    said = _("{day}：{count} 本到期").format(day=day(each), count=number(n))
    return Day(each.day, n, rows_url(each, each, kept), _tone(each, reminders, kept), today, said)


def _tone(last: date, reminders: Reminders, kept: Kept) -> str:
    if last < reminders.today:
        return TONES[PaperState.EXPIRED]
    near = reminders.today + timedelta(days=reminders.days(kept.get("region", "")))
    return TONES[PaperState.EXPIRING if last <= near else PaperState.VALID]


def _months(first: date, by_day: Counter[date], reminders: Reminders, kept: Kept) -> list[Tab]:
    counts = Counter[date]()
    for each, n in by_day.items():
        counts[each.replace(day=1)] += n
    ahead = dict.fromkeys([first, *(_later(reminders.today, step) for step in range(MONTHS))])
    return [_month_tab(each, each == first, counts[each], kept) for each in sorted(ahead)]


def _month_tab(each: date, current: bool, count: int, kept: Kept) -> Tab:
    query = urlencode({**kept, "month": f"{each:%Y-%m}"})
    return Tab(month_name(each), f"{reverse('people:credential_calendar')}?{query}", current, number(count))


def _table(first: date, endings: Endings, reminders: Reminders, kept: Kept) -> Table:
    columns = [
        Column("day", _("到期日"), code=True),
        Column("count", _("本数"), numeric=True),
        Column("kinds", _("证照种类"), wide=True),
    ]
    return Table(
        _("{month}到期的证照").format(month=month_name(first)), columns, list(_rows(first, endings, kept))
    )


def _rows(first: date, endings: Endings, kept: Kept) -> Iterator[Row]:
    inside = sorted({last for last, _kind in endings if (last.year, last.month) == (first.year, first.month)})
    for last in inside:
        kinds = {kind: n for (each, kind), n in endings.items() if each == last}
        words = listed(aside(paper_name(kind), number(n)) for kind, n in sorted(kinds.items()))
        yield Row([Cell(day(last), rows_url(last, last, kept)), number(sum(kinds.values())), words])


def calendar_stats(expired: int, expiring: int, kept: Kept) -> list[Stat]:
    """What has run out and what soon will, each open to its rows."""
    url = reverse("people:credential_list")
    return [
        Stat(_("已到期"), number(expired), f"{url}?{urlencode({**kept, 'state': PaperState.EXPIRED.value})}", _("本"), tone="bad" if expired else ""),
        Stat(
            _("快到期"), number(expiring), f"{url}?{urlencode({**kept, 'state': PaperState.EXPIRING.value})}", _("本"),
            _("提前多少天提醒，由各地设置"), tone="warn" if expiring else "",
        ),
    ]  # fmt: skip
