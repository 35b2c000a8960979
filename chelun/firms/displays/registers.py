"""Registers by threshold as sentences and tables."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Address, Cell, Column, Row, Table, day, listed, number
from chelun.firms.choices import Counting
from chelun.firms.models import Stay
from chelun.firms.selectors.registers import Preview, Register
from chelun.firms.thresholds import ROW, Rule
from chelun.people.displays.words import KindNames, kind_name, place_name

Names = Mapping[tuple[UUID, str], Any]
MOST_SHOWN = 100


def sentence(rule: Rule, kinds: KindNames) -> str:
    """A rule in one sentence."""
    if rule.counting == Counting.OFF:
        return _("从 {day} 起不设这个名册。").format(day=day(rule.since))
    what = str(Counting(rule.counting).label)
    if rule.counting == Counting.ABOVE:
        return what
    if rule.kinds:
        what = _("{what}（{kinds}）").format(
            what=what, kinds=listed(kind_name(kind, kinds) for kind in rule.kinds)
        )
    said = {"what": what, "n": number(rule.at_least)}
    if not rule.home:
        return _("{what}达到 {n} 的企业。这是默认规则。").format(**said)
    text = _("{what}达到 {n} 的企业。{place}规定，从 {day} 起。")
    return text.format(**said, place=place_name(rule.home), day=day(rule.since))


def register_table(registers: Sequence[Register], kinds: KindNames) -> Table:
    """All registers of a place."""
    columns = [
        Column("label", _("名册"), wide=True),
        Column("rule", _("规则"), wide=True),
        Column("inside", _("在册企业"), numeric=True),
        Column("came", _("本月进入"), numeric=True),
        Column("left", _("本月离开"), numeric=True),
    ]
    rows = [
        Row([
            Cell(each.rule.label, reverse("firms:register_detail", args=[each.rule.register])),
            sentence(each.rule, kinds), number(each.inside), number(each.came), number(each.left),
        ])
        for each in registers
    ]  # fmt: skip
    return Table(_("门槛名册"), columns, rows)


def stay_table(stays: Sequence[Stay], names: Names, rule: Rule, address: Address) -> Table:
    """Who is in a register: since when, with which number, and what is counted now."""
    columns = [
        Column("firm", _("企业名称"), wide=True, fixed=True),
        Column("from", _("进入日期"), code=True),
        Column("count_in", _("进入时的数"), numeric=True),
        Column("now", _("现在的数"), numeric=True),
        Column("staff", _("在册职工"), numeric=True),
        Column("place", _("所属地区")),
    ]
    return Table(str(rule.label), columns, [_stay_row(stay, names, rule) for stay in stays], address)


def _stay_row(stay: Stay, names: Names, rule: Rule) -> Row:
    found = names.get((stay.enterprise_id, stay.home))
    return Row([
        _firm(stay.enterprise_id, found),
        day(stay.from_day),
        number(stay.count_in),
        number(_count(rule, found)),
        number(found.staff) if found else "",
        place_name(stay.home),
    ])  # fmt: skip


def crossing_table(found: Sequence[tuple[date, bool, Stay]], names: Names) -> Table:
    """Who crossed."""
    columns = [
        Column("day", _("日期"), code=True),
        Column("firm", _("企业名称"), wide=True),
        Column("way", _("进出"), code=True),
        Column("count", _("当时的数"), numeric=True),
        Column("place", _("所属地区")),
    ]
    rows = [
        Row([
            day(when),
            _firm(stay.enterprise_id, names.get((stay.enterprise_id, stay.home))),
            Cell(_("进入"), tone="ok") if came else Cell(_("离开"), tone="warn"),
            number(stay.count_in if came else stay.count_out),
            place_name(stay.home),
        ])
        for when, came, stay in found
    ]  # fmt: skip
    return Table(_("进出"), columns, rows)


def preview_tables(preview: Preview, names: Names) -> list[Table]:
    """Who would come in and who would leave; the first hundred of each."""
    columns = [
        Column("firm", _("企业名称"), wide=True), Column("count", _("数"), numeric=True),
        Column("place", _("所属地区")),
    ]  # fmt: skip
    heads = (
        (_("会进入 {n} 家"), preview.came),
        (_("会离开 {n} 家"), preview.left),
    )
    return [
        Table(
            head.format(n=number(len(firms))),
            columns,
            [
                Row([_firm(firm, names.get((firm, home))), number(n), place_name(home)])
                for firm, home, n in firms[:MOST_SHOWN]
            ],
        )
        for head, firms in heads
    ]


def _count(rule: Rule, standing: Any) -> int | None:
    if standing is None or not rule.counts:
        return None
    return rule.count({name: getattr(standing, name) for name in ROW})


def _firm(firm: UUID, standing: Any) -> Cell | str:
    if standing is None:
        return _("已不在册的企业")
    return Cell(standing.name, reverse("people:enterprise_detail", args=[firm]))
