"""Engagements, drivers, vehicles and sources of a file as tables."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.ui import Cell, Column, Row, Stat, Table, day, number
from chelun.people.addresses import address_of, veil
from chelun.people.displays.ranks import source_name
from chelun.people.displays.words import KindNames, kind_name, place_name
from chelun.people.rules.facts import Record
from chelun.people.selectors.files import Driving, EnterpriseFile, Work


def work_table(works: Sequence[Work], kinds: KindNames, person: UUID | None) -> Table:
    """For whom somebody works and worked; with the way to end it for those who may (`person` given)."""
    columns = [
        Column("firm", _("企业或平台"), wide=True),
        Column("kind", _("工种")),
        Column("position", _("岗位")),
        Column("from", _("起"), code=True),
        Column("to", _("止"), code=True),
        Column("place", _("登记地区")),
        Column("state", _("状态"), code=True),
    ]
    if person:
        columns.append(Column("act", _("操作"), code=True))
    today = timezone.localdate()
    return Table(_("从业经历"), columns, [_work_row(work, kinds, person, today) for work in works])


def _work_row(work: Work, kinds: KindNames, person: UUID | None, today: date) -> Row:
    tie = work.engagement
    gone = tie.to_date is not None and tie.to_date < today
    firm: Cell | str = tie.platform
    if tie.enterprise_id and work.firm:
        firm = Cell(
            work.firm,
            address_of("people:enterprise_detail", tie.enterprise_id),
            note="" if tie.platform == work.firm else tie.platform,
        )
    cells = [
        firm or _("个人"),
        kind_name(tie.kind, kinds) if tie.kind else "",
        tie.position,
        day(tie.from_date),
        day(tie.to_date),
        place_name(tie.home),
        Cell(_("已离岗"), tone="idle") if gone else Cell(_("在岗"), tone="ok"),
    ]
    if person:
        end = reverse("people:engagement_end", args=[person, tie.pk])
        cells.append("" if gone else Cell(_("登记离岗"), end))
    return Row(cells)


def vehicle_lines(vehicles: Iterable[Driving]) -> Table:
    """The vehicles that somebody drives."""
    columns = [
        Column("plate", _("车牌号")),
        Column("from", _("起"), code=True),
        Column("to", _("止"), code=True),
        Column("place", _("登记地区")),
    ]
    rows = [
        Row([
            Cell(each.plate, address_of("people:vehicle_detail", each.tie.vehicle_id)),
            day(each.tie.from_date), day(each.tie.to_date), place_name(each.tie.home),
        ])
        for each in vehicles
    ]  # fmt: skip
    return Table(_("车辆"), columns, rows)


def driver_table(drivers: Iterable[Driving]) -> Table:
    """Who drives a vehicle."""
    columns = [
        Column("name", _("驾驶员")),
        Column("from", _("起"), code=True),
        Column("to", _("止"), code=True),
        Column("place", _("登记地区")),
    ]
    rows = [
        Row([
            Cell(each.name, address_of("people:person_detail", each.tie.person_id)),
            day(each.tie.from_date), day(each.tie.to_date), place_name(each.tie.home),
        ])
        for each in drivers
        if each.name
    ]  # fmt: skip
    return Table(_("驾驶员"), columns, rows)


def source_table(records: Iterable[Record]) -> Table:
    """The source records of a file: who said something, when, by which door."""
    columns = [
        Column("source", _("来源")),
        Column("as_of", _("数据日期"), code=True),
        Column("door", _("入口")),
        Column("row", _("表和行")),
        Column("facts", _("事实数"), numeric=True),
    ]
    return Table(_("来源记录"), columns, [_source_row(record) for record in records])


def _source_row(record: Record) -> Row:
    door = _("表格导入") if record.door == "sheet" else _("窗口登记")
    row = _("第 {row} 行").format(row=record.row_number) if record.row_number else ""
    return Row([
        source_name(record.source), day(record.as_of), door, " ".join(part for part in (record.sheet, row) if part),
        str(len(record.facts)),
    ])  # fmt: skip


def enterprise_stats(found: EnterpriseFile) -> list[Stat]:
    """A firm's numbers, each open to its rows."""
    key = veil(found.held.subject)
    people, vehicles = reverse("people:person_list"), reverse("people:vehicle_list")
    stated = _("填报 {count}")
    card = found.card
    return [
        Stat(
            _("在册职工"), number(found.staff), f"{people}?enterprise={key}", _("人"),
            stated.format(count=number(card.staff_stated)),
        ),
        Stat(
            _("在册车辆"), number(found.vehicles), f"{vehicles}?enterprise={key}", _("辆"),
            stated.format(count=number(card.vehicles_stated)),
        ),
        Stat(_("来源"), number(card.sources), as_of=day(card.as_of)),
    ]  # fmt: skip
