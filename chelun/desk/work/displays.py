"""Work lists as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chelun.core.ui import Address, Cell, Column, Fact, Row, Table, day, minute, number
from chelun.desk.choices import DueRule
from chelun.desk.models import WorkList, WorkRow
from chelun.desk.work.selectors import DONE, OPEN, OVERDUE, Counted, names_of_rows, notes_of
from chelun.people.displays.words import place_name
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.sheets.wording import register_label


@dataclass(frozen=True, slots=True)
class Line:
    """A row with what it is called, where it opens, and what was done."""

    pk: str
    name: str
    url: str
    place: str
    since: str
    due: str
    late: bool
    done: str
    note: str
    list_name: str
    list_url: str


def list_table(lists: Sequence[WorkList], counts: Mapping[UUID, Counted], address: Address) -> Table:
    """The lists of a place, with what waits in each."""
    columns = [
        Column("name", _("清单名称"), fixed=True, wide=True), Column("register", _("名册")), Column("owner", _("负责人")),
        Column("due", _("期限")), Column("open", _("待办"), numeric=True), Column("overdue", _("超期"), numeric=True),
        Column("done", _("已做完"), numeric=True), Column("place", _("所属地区")),
    ]  # fmt: skip
    who = person_names(each.owner for each in lists)
    rows = [_list_row(each, counts.get(each.pk, Counted()), who) for each in lists]
    return Table(_("工作清单"), columns, rows, address)


def _list_row(each: WorkList, counted: Counted, who: Mapping[str, str]) -> Row:
    url = reverse("desk:work_detail", args=[each.pk])
    overdue = Cell(number(counted.overdue), f"{url}?state={OVERDUE}", tone="bad") if counted.overdue else "0"
    return Row([
        Cell(each.name, url, note=each.action), register_label(each.register), owner_words(each, who), due_words(each),
        Cell(number(counted.open), f"{url}?state={OPEN}"), overdue, Cell(number(counted.done), f"{url}?state={DONE}"),
        place_name(each.home),
    ])  # fmt: skip


def owner_words(each: WorkList, who: Mapping[str, str]) -> str:
    """Who answers for a list."""
    return who[each.owner] or _("本地所有经办的人")


def due_words(each: WorkList) -> str:
    """When its rows are due."""
    if each.due_rule == DueRule.DAY:
        return day(each.due_day)
    days = each.due_days or 0
    return ngettext("出现后 {days} 天", "出现后 {days} 天", days).format(days=days)


def list_facts(each: WorkList) -> list[Fact]:
    """What a list is."""
    found = f"{reverse(f'people:{each.register}_list')}?{urlencode(each.query)}"
    who = person_names([each.owner, each.made_by])
    return [
        Fact(_("每一行要做什么"), each.action), Fact(_("负责人"), owner_words(each, who)), Fact(_("期限"), due_words(each)),
        Fact(_("名册"), register_label(each.register), url=found), Fact(_("所属地区"), place_name(each.home)),
        Fact(_("建立"), f"{who[each.made_by]} {minute(each.made_at)}"), Fact(_("最近查找"), minute(each.looked_at) if each.looked_at else ""),
    ]  # fmt: skip


def lines_of(rows: Sequence[WorkRow], lists: Mapping[UUID, WorkList]) -> list[Line]:
    """Rows as they are shown, each with the name that its place has for the subject today."""
    by_register: dict[str, list[WorkRow]] = {}
    for row in rows:
        by_register.setdefault(lists[row.work_list_id].register, []).append(row)
    names = {
        (register, *key): name
        for register, some in by_register.items()
        for key, name in names_of_rows(register, some).items()
    }
    notes, today = notes_of(rows), timezone.localdate()
    who = person_names(row.done_by for row in rows)
    return [
        _line(
            row, lists[row.work_list_id], names, notes.get(row.pk, ""), row.due_on < today, who[row.done_by]
        )
        for row in rows
    ]


def _line(
    row: WorkRow, work_list: WorkList, names: Mapping[tuple[str, UUID, str], str], note: str, late: bool,
    who: str,
) -> Line:  # fmt: skip
    name = names.get((work_list.register, row.subject, row.home), "")
    url = reverse(f"people:{work_list.register}_detail", args=[row.subject]) if name else ""
    done = f"{who} {minute(row.done_at)}" if row.done_at else ""
    return Line(
        str(row.pk), name or _("已不在册"), url, place_name(row.home), day(row.since), day(row.due_on), late and not done,
        done, note, work_list.name, reverse("desk:work_detail", args=[work_list.pk]),
    )  # fmt: skip
