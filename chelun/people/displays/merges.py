"""Two files side by side, the list of merges, and what a joined file says of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.scope import Scope
from chelun.core.ui import Address, Cell, Column, Fact, Row, Table, aside, listed, minute
from chelun.engines.faults import N_
from chelun.people.addresses import veil
from chelun.people.displays.facts import shown, source_text, subject_url
from chelun.people.displays.lists import LISTINGS
from chelun.people.displays.words import FACTS, KindNames, fact_label, place_name
from chelun.people.models import Merge
from chelun.people.rules.facts import Record
from chelun.people.rules.merging import DIFFERENT, ONE_SIDED, SAME, compared
from chelun.people.selectors.records import Held
from chelun.people.services.intake.leaf_names import NAMES
from chelun.people.services.intake.shelf import SHELVES
from chelun.people.services.merging import Pair
from chelun.platform.archives.selectors import names_of_acts
from chelun.platform.regions.acts import Act

VERDICTS = {
    SAME: (N_("相同"), "ok"),
    DIFFERENT: (N_("不同"), "warn"),
    ONE_SIDED: (N_("只有一份写了"), "idle"),
}
Names = Mapping[UUID, str]
MENTION = frozenset(name for names in NAMES.values() for name in names)


def pair_table(pair: Pair, kinds: KindNames) -> Table:
    """Two files, fact by fact in words; what is sensitive stands masked, and is compared nevertheless."""
    register = pair.shelf.register
    columns = [
        Column("fact", _("事实")), Column("a", _("甲")), Column("b", _("乙")), Column("verdict", _("对照")),
    ]  # fmt: skip
    sides = [(_value(pair.leaf, name), _value(pair.canonical, name)) for name in FACTS[register]]
    rows = [
        _pair_row(register, name, *values, kinds)
        for name, values in zip(FACTS[register], sides, strict=True)
        if any(values)
    ]
    return Table(_("两份档案对照"), columns, [_whose(pair), *rows])


def _value(found: Held, name: str) -> object:
    """What stands on a file; of a firm or vehicle that is only mentioned, what the mention calls it."""
    card = found.cards[0]
    if getattr(card, "mentioned_only", False):
        return getattr(card, "colour" if name == "plate_colour" else name, "") if name in MENTION else ""
    return found.value(name)


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


def choice_table(register: str, scope: Scope, cards: Sequence[Any], kinds: KindNames, file: UUID) -> Table:
    """The files that were found, each leading to the comparison with one."""
    table = LISTINGS[register].table(scope, cards, kinds, Address(""))
    rows = []
    for card, row in zip(cards, table.rows, strict=True):
        url = reverse("people:file_compare", args=[register, file, getattr(card, SHELVES[register].subject)])
        rows.append(Row([Cell(str(card), url, note=_("对照")), *row.cells[1:]], row.tone))
    return Table(_("找到的档案"), table.columns, rows)


def search_lead(register: str, found: Held) -> str:
    """What to look for, to be joined with a file."""
    leads = {
        "person": _(
            "先找到与{name}是同一人的另一份档案，再对照。只在您负责的地区里找；按号码查找会留下记录。"
        ),
        "enterprise": _(
            "先找到与{name}是同一家企业的另一份档案，再对照。可按名称或统一社会信用代码查找，只在您负责的地区里找。"
        ),
        "vehicle": _("先找到与{name}是同一辆车的另一份档案，再对照。按车牌号查找，只在您负责的地区里找。"),
    }
    return leads[register].format(name=found.cards[0])


def compare_heading(register: str) -> str:
    """What the comparison asks."""
    headings = {
        "person": _("这两份是同一人吗？"), "enterprise": _("这两份是同一家企业吗？"), "vehicle": _("这两份是同一辆车吗？"),
    }  # fmt: skip
    return headings[register]


def part_text(register: str, *, stays: bool) -> str:
    """What follows when a merge is taken back."""
    if register == "person":
        return _(
            "两份档案各自按自己的来源重新汇总。合并期间登记、又没有写明是哪一份的内容，会列为待甄别的行。"
        )
    if not stays:
        return _("两份档案各自按自己的来源重新汇总，人员、车辆和证照各回原来的一份。")
    return _(
        "两份档案各自按自己的来源重新汇总，人员、车辆和证照各回原来的一份。合并期间的更正没有写明是哪一份，都留在保留的那份上，请看下面列出的内容，拆分后不对的再更正。"
    )


def part_example(register: str) -> str:
    """A reason as somebody would give it."""
    examples = {
        "person": _("至少 4 个字，例如“是同名的两个人”。不要写姓名和号码。"),
        "enterprise": _("至少 4 个字，例如“核对后是两家企业”。不要写姓名和号码。"),
        "vehicle": _("至少 4 个字，例如“核对后是两辆车”。不要写姓名和号码。"),
    }
    return examples[register]


def stays_facts(register: str, records: Sequence[Record], kinds: KindNames) -> list[Fact]:
    """What was corrected while a firm or vehicle was joined: it stays with the file that is kept."""
    return [
        Fact(fact_label(register, name), shown(register, name, value, kinds), source_text(record))
        for record in records
        for name, value in record.facts.items()
    ]


def bulk_stays_facts(stays: Sequence[tuple[str, Record]], kinds: KindNames) -> list[Fact]:
    """The same of many vehicles, each with its plate."""
    return [
        replace(each, label=aside(plate, each.label))
        for plate, record in stays
        for each in stays_facts("vehicle", [record], kinds)
    ]


def merge_table(merges: Sequence[Merge], names: Names, address: Address, *, may_part: bool) -> Table:
    """Merges with both sides, who made them and why, and the way to take one back."""
    columns = [
        Column("leaf", _("并入的档案"), fixed=True), Column("canonical", _("保留的档案")),
        Column("place", _("适用地区")), Column("who", _("合并人")), Column("at", _("合并时间"), code=True),
        Column("reason", _("理由"), wide=True), Column("state", _("状态")),
    ]  # fmt: skip
    if may_part:
        columns.append(Column("act", _("操作"), code=True))
    who = names_of_acts((merge.home, by) for merge in merges for by in (merge.made_by, merge.undone_by))
    return Table(
        _("合并过的档案"), columns, [_merge_row(merge, names, who, may_part) for merge in merges], address
    )


def _merge_row(merge: Merge, names: Names, who: Mapping[Act, str], may_part: bool) -> Row:
    part = reverse("people:merge_undo", args=[merge.pk])
    sides = [_side(merge, side, names) for side in (merge.leaf, merge.canonical)]
    act = [] if not may_part else ["" if merge.undone_at else Cell(_("拆分"), part)]
    return Row([
        *sides, place_name(merge.home), who[merge.home, merge.made_by], minute(merge.made_at), _reason(merge),
        _state(merge, who[merge.home, merge.undone_by]), *act,
    ])  # fmt: skip


def _side(merge: Merge, side: UUID, names: Names) -> Cell:
    name = names.get(side)
    if not name:
        return Cell(_("（来源已撤回）"), tone="idle")
    note = _("身份证号有误") if merge.wrong == side else ""
    return Cell(name, subject_url(merge.register, side), note=note)


def _reason(merge: Merge) -> Cell:
    """Why; what was joined in one act leads to it."""
    if merge.bulk is None:
        return Cell(merge.reason)
    return Cell(merge.reason, reverse("people:bulk_merge", args=[merge.bulk]), note=_("批量合并"))


def _state(merge: Merge, undoer: str) -> Cell:
    if merge.undone_at is None:
        return Cell(_("合并中"), tone="ok")
    told = _("{who} {at}：{reason}").format(
        who=undoer, at=minute(merge.undone_at), reason=merge.undone_reason
    )
    return Cell(_("已拆分"), tone="idle", note=told)
