"""Two files side by side, the list of merges, and what a joined file says of itself."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Address, Cell, Column, Row, Table, listed, minute
from chelun.engines.faults import N_
from chelun.people.addresses import veil
from chelun.people.displays.facts import shown, subject_url
from chelun.people.displays.tables import person_table
from chelun.people.displays.words import FACTS, KindNames, fact_label, place_name
from chelun.people.models import Merge, PersonCard
from chelun.people.rules.merging import DIFFERENT, ONE_SIDED, SAME, compared
from chelun.people.selectors.records import Held
from chelun.people.services.merging import Pair

VERDICTS = {
    SAME: (N_("相同"), "ok"),
    DIFFERENT: (N_("不同"), "warn"),
    ONE_SIDED: (N_("只有一份写了"), "idle"),
}
Names = Mapping[UUID, str]


def pair_table(pair: Pair, kinds: KindNames) -> Table:
    """Two files, fact by fact in words; what is sensitive stands masked, and is compared nevertheless."""
    register = pair.shelf.register
    columns = [
        Column("fact", _("事实")), Column("a", _("甲")), Column("b", _("乙")), Column("verdict", _("对照")),
    ]  # fmt: skip
    names = [name for name in FACTS[register] if pair.leaf.value(name) or pair.canonical.value(name)]
    rows = [
        _pair_row(register, name, pair.leaf.value(name), pair.canonical.value(name), kinds) for name in names
    ]
    return Table(_("两份档案对照"), columns, [_whose(pair), *rows])


def _whose(pair: Pair) -> Row:
    sides = [_places(found) for found in (pair.leaf, pair.canonical)]
    return Row([_("登记地区"), *sides, ""])


def _places(found: Held) -> Cell:
    places = listed(place_name(home) for home in found.homes)
    return Cell(places, note=_("{count} 条来源记录").format(count=len(found.records)))


def _pair_row(register: str, name: str, one: object, other: object, kinds: KindNames) -> Row:
    verdict = compared(one, other)
    word, tone = VERDICTS[verdict]
    cells = [shown(register, name, value, kinds) for value in (one, other)]
    return Row(
        [fact_label(register, name), *cells, Cell(_(word), tone=tone)], "warn" if verdict == DIFFERENT else ""
    )


def side_choices(pair: Pair) -> list[tuple[str, str]]:
    """The two files as choices of a form."""
    return [
        (veil(found.subject), _("{letter}：{name}").format(letter=letter, name=found.cards[0]))
        for letter, found in ((_("甲"), pair.leaf), (_("乙"), pair.canonical))
    ]


def number_choices(pair: Pair) -> list[tuple[str, str]]:
    """The two ID numbers, masked, as choices; none where they do not differ."""
    if not pair.numbers_differ:
        return []
    sides = zip((pair.leaf, pair.canonical), pair.numbers, (_("甲"), _("乙")), strict=True)
    return [
        (veil(found.subject), _("{letter}的 {number} 是错的").format(
            letter=letter, number=shown("person", "id_number", number, {})
        ))
        for found, number, letter in sides
    ]  # fmt: skip


def choice_table(
    cards: Sequence[PersonCard], keys: Mapping[UUID, bytes], kinds: KindNames, file: UUID, *, one_place: bool
) -> Table:
    """The persons who were found, each leading to the comparison with a file."""
    table = person_table(cards, keys, kinds, Address(""), one_place=one_place)
    rows = []
    for card, row in zip(cards, table.rows, strict=True):
        url = reverse("people:file_compare", args=["person", file, card.person_id])
        rows.append(Row([Cell(card.name, url, note=_("对照")), *row.cells[1:]], row.tone))
    return Table(_("找到的人员"), table.columns, rows)


def merge_table(merges: Sequence[Merge], names: Names, address: Address, *, may_part: bool) -> Table:
    """Merges with both sides, who made them and why, and the way to take one back."""
    columns = [
        Column("leaf", _("并入的档案"), fixed=True), Column("canonical", _("保留的档案")),
        Column("place", _("适用地区")), Column("who", _("合并人")), Column("at", _("合并时间"), code=True),
        Column("reason", _("理由"), wide=True), Column("state", _("状态")),
    ]  # fmt: skip
    if may_part:
        columns.append(Column("act", _("操作"), code=True))
    return Table(
        _("合并过的档案"), columns, [_merge_row(merge, names, may_part) for merge in merges], address
    )


def _merge_row(merge: Merge, names: Names, may_part: bool) -> Row:
    part = reverse("people:merge_undo", args=[merge.pk])
    sides = [_side(merge, side, names) for side in (merge.leaf, merge.canonical)]
    act = [] if not may_part else ["" if merge.undone_at else Cell(_("拆分"), part)]
    return Row([
        *sides, place_name(merge.home), merge.made_by, minute(merge.made_at), merge.reason, _state(merge), *act,
    ])  # fmt: skip


def _side(merge: Merge, side: UUID, names: Names) -> Cell:
    name = names.get(side)
    if not name:
        return Cell(_("（来源已撤回）"), tone="idle")
    note = _("身份证号有误") if merge.wrong == side else ""
    return Cell(name, subject_url(merge.register, side), note=note)


def _state(merge: Merge) -> Cell:
    if merge.undone_at is None:
        return Cell(_("合并中"), tone="ok")
    who = _("{who} {at}：{reason}").format(
        who=merge.undone_by, at=minute(merge.undone_at), reason=merge.undone_reason
    )
    return Cell(_("已拆分"), tone="idle", note=who)
