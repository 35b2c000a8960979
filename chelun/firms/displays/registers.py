"""Registers by threshold as sentences and tables."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chelun.core.ui import Address, Cell, Column, Fact, Row, Table, clauses, day, listed, number
from chelun.firms.choices import Counting
from chelun.firms.models import Stay
from chelun.firms.selectors.registers import Preview, Register
from chelun.firms.thresholds import ROW, Book, Rule
from chelun.people.addresses import address_of, veil
from chelun.people.displays.words import KindNames, kind_name, place_name
from chelun.platform.archives.selectors import names_of_acts

Names = Mapping[tuple[UUID, str], Any]
MOST_SHOWN = 100


def sentence(rule: Rule, kinds: KindNames) -> str:
    """A rule in one sentence."""
    if rule.counting == Counting.OFF:
        return _("从 {day} 起不设这个名册。").format(day=day(rule.since))
    what = str(Counting(rule.counting).label)
    if rule.counting == Counting.ABOVE:
        return what
    if rule.counting == Counting.HAND:
        text = _("由{place}人工列入，从 {day} 起。每家写明依据的名单和日期。")
        return text.format(place=place_name(rule.home), day=day(rule.since))
    if rule.kinds:
        what = _("{what}（{kinds}）").format(
            what=what, kinds=listed(kind_name(kind, kinds) for kind in rule.kinds)
        )
    said = {"what": what, "n": number(rule.at_least)}
    if not rule.home:
        return _("{what}达到 {n} 的企业。这是默认规则。").format(**said)
    text = _("{what}达到 {n} 的企业。{place}规定，从 {day} 起。")
    return text.format(**said, place=place_name(rule.home), day=day(rule.since))


def stay_lines(stays: Sequence[Stay], *, several: bool) -> list[Fact]:
    """In which registers a firm stands, as lines among its facts; each opens to the register."""
    book = Book.of(timezone.localdate()) if stays else None
    return [_stay_line(each, book.rule(each.register, each.home), several=several) for each in stays if book]


def _stay_line(stay: Stay, rule: Rule | None, *, several: bool) -> Fact:
    url = reverse("firms:register_detail", args=[stay.register])
    said = [
        place_name(stay.home) if several else "",
        _("进入时的数是 {n}").format(n=number(stay.count_in)) if stay.count_in is not None else "",
        stay.ground,
    ]
    return Fact(
        _("所在名册"), rule.label if rule else stay.register, url=f"{url}?{urlencode({'region': stay.home})}",
        note=clauses(filter(None, said)), when=_("{day} 起").format(day=day(stay.from_day)),
    )  # fmt: skip


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


def stay_table(
    stays: Sequence[Stay], names: Names, rule: Rule, address: Address, *, may_end: bool = False
) -> Table:
    """Who is in a register: since when, with which number or by which list, what is counted now, and its staff, who open."""
    by_hand = rule.counting == Counting.HAND
    middle = [Column("ground", _("依据"), wide=True), Column("by", _("列入人"))] if by_hand else [
        Column("count_in", _("进入时的数"), numeric=True), Column("now", _("现在的数"), numeric=True),
    ]  # fmt: skip
    columns = [
        Column("firm", _("企业名称"), wide=True, fixed=True), Column("from", _("进入日期"), code=True), *middle,
        Column("staff", _("在册职工"), numeric=True), Column("place", _("所属地区")),
    ]  # fmt: skip
    if by_hand and may_end:
        columns.append(Column("end", _("去掉")))
    who = names_of_acts((stay.home, stay.listed_by) for stay in stays if by_hand)
    rows = [
        _stay_row(stay, names, rule, who.get((stay.home, stay.listed_by), ""), may_end=may_end)
        for stay in stays
    ]
    return Table(str(rule.label), columns, rows, address)


def _stay_row(stay: Stay, names: Names, rule: Rule, lister: str, *, may_end: bool) -> Row:
    found = names.get((stay.enterprise_id, stay.home))
    by_hand = rule.counting == Counting.HAND
    middle: list[Cell | str] = (
        [stay.ground, lister] if by_hand else [number(stay.count_in), number(_count(rule, found))]
    )
    cells = [
        _firm(stay.enterprise_id, found),
        day(stay.from_day),
        *middle,
        _staff(stay, found),
        place_name(stay.home),
    ]
    if by_hand and may_end:
        cells.append(Cell(_("去掉"), reverse("firms:stay_end", args=[stay.register, stay.pk])))
    return Row(cells)


def _staff(stay: Stay, standing: Any) -> Cell | str:
    """How many work there, opening to them."""
    if standing is None:
        return ""
    query = urlencode({"enterprise": veil(stay.enterprise_id), "region": stay.home})
    return Cell(number(standing.staff), f"{reverse('people:person_list')}?{query}" if standing.staff else "")


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


def waiting_table(stays: Sequence[Stay], names: Names, book: Book, address: Address) -> Table:
    """Crossings that nobody has looked at, each with its register, where they are noted."""
    columns = [
        Column("firm", _("企业名称"), wide=True, fixed=True), Column("register", _("名册")), Column("way", _("进出"), code=True),
        Column("day", _("日期"), code=True), Column("count", _("当时的数"), numeric=True), Column("place", _("所属地区")),
    ]  # fmt: skip
    rows = []
    for stay in stays:
        rule, left = book.rule(stay.register, stay.home), stay.to_day is not None
        rows.append(Row([
            _firm(stay.enterprise_id, names.get((stay.enterprise_id, stay.home))),
            Cell(str(rule.label) if rule else stay.register, reverse("firms:register_detail", args=[stay.register])),
            Cell(_("离开"), tone="warn") if left else Cell(_("进入"), tone="ok"),
            day(stay.to_day or stay.from_day), number(stay.count_out if left else stay.count_in), place_name(stay.home),
        ]))  # fmt: skip
    return Table(_("没有看过的进出"), columns, rows, address)


def preview_tables(preview: Preview, names: Names) -> list[Table]:
    """Who would come in and who would leave; the first hundred of each."""
    columns = [
        Column("firm", _("企业名称"), wide=True), Column("count", _("数"), numeric=True),
        Column("place", _("所属地区")),
    ]  # fmt: skip
    heads = (
        (ngettext("会进入 {n} 家", "会进入 {n} 家", len(preview.came)), preview.came),
        (ngettext("会离开 {n} 家", "会离开 {n} 家", len(preview.left)), preview.left),
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
    return Cell(standing.name, address_of("people:enterprise_detail", firm))
