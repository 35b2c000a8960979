"""Files that may be one, as a table: both sides, why they are alike in words, and what can be done."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Address, Cell, Column, Row, Table, clauses, day, listed, minute
from chelun.engines.faults import N_
from chelun.people.displays.facts import subject_url
from chelun.people.displays.words import KindNames, colour_name, kind_name, place_name
from chelun.people.models import Likeness
from chelun.people.rules.likeness import (
    SAME_CODE,
    SAME_NAME_AND_PHONE,
    SAME_NAME_BIRTH_AND_FIRM,
    SAME_PLATE,
    SAME_SHORT_NAME,
)
from chelun.people.selectors.likeness import LikelyPair
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.sheets.wording import register_label

RULES = {
    SAME_NAME_AND_PHONE: N_("姓名和手机号都相同，没有两个身份证号"),
    SAME_NAME_BIRTH_AND_FIRM: N_("姓名、出生日期和所属企业都相同，没有两个身份证号"),
    SAME_SHORT_NAME: N_("去掉地名和“有限公司”等字样后名称相同，没有两个信用代码"),
    SAME_CODE: N_("统一社会信用代码相同"),
    SAME_PLATE: N_("车牌号相同，其中一份没有写颜色"),
}
"""Why two files are alike."""


def why(likeness: Likeness) -> str:
    """The rules by which two files are alike, as sentences."""
    return clauses(_(RULES[name]) for name in likeness.rules)


def likeness_table(
    pairs: Sequence[LikelyPair], kinds: KindNames, address: Address, *, one_place: bool, may_join: bool
) -> Table:
    """Each pair with the reasons, and the ways to compare or to tell apart."""
    columns = [
        Column("one", _("甲"), fixed=True), Column("other", _("乙")), Column("register", _("登记类别"), extra=True),
        Column("why", _("为什么像"), wide=True), Column("place", _("所属地区"), extra=one_place),
        Column("found", _("发现日期"), code=True), Column("state", _("认定")),
        *([Column("compare", _("对照"), code=True)] if may_join else []), Column("act", _("操作"), code=True),
    ]  # fmt: skip
    who = person_names(pair.likeness.apart_by for pair in pairs)
    rows = [_row(pair, kinds, may_join, who[pair.likeness.apart_by]) for pair in pairs]
    return Table(_("可能重复的档案"), columns, rows, address)


def _row(pair: LikelyPair, kinds: KindNames, may_join: bool, apart_by: str) -> Row:
    row = pair.likeness
    compare = reverse("people:file_compare", args=[row.register, row.one, row.other])
    both = pair.one is not None and pair.other is not None
    act = (
        Cell(_("重新列入"), reverse("people:likeness_again", args=[row.pk]))
        if row.apart_at
        else Cell(_("不是同一份"), reverse("people:likeness_apart", args=[row.pk]))
    )
    return Row([
        _side(row.register, row.one, pair.one, kinds), _side(row.register, row.other, pair.other, kinds),
        register_label(row.register), why(row), place_name(row.home), day(row.found_on), _state(row, apart_by),
        *([Cell(_("对照"), compare) if both and not row.apart_at else ""] if may_join else []), act,
    ])  # fmt: skip


def _side(register: str, subject: UUID, card: Any, kinds: KindNames) -> Cell:
    if card is None:
        return Cell(_("（已不在册）"), tone="idle")
    return Cell(str(card), subject_url(register, subject), note=listed(_told(register, card, kinds)))


def _told(register: str, card: Any, kinds: KindNames) -> list[str]:
    """What tells the two apart at a glance; nothing that is masked elsewhere."""
    kind = kind_name(card.kind, kinds) if card.kind else ""
    match register:
        case "person":
            told = [_("有身份证号") if card.has_id else _("无身份证号"), kind, card.enterprise_name]
        case "enterprise":
            told = [card.uscc, kind, _("仅被提及") if card.mentioned_only else ""]
        case _:
            told = [
                colour_name(card.colour) if card.colour else _("没有写颜色"),
                kind,
                _("仅被提及") if card.mentioned_only else "",
            ]
    return [text for text in told if text]


def _state(row: Likeness, apart_by: str) -> Cell:
    if row.apart_at is None:
        return Cell(_("待判断"), tone="warn")
    told = _("{who} {at}：{reason}").format(who=apart_by, at=minute(row.apart_at), reason=row.apart_reason)
    return Cell(_("不是同一份"), tone="idle", note=told)
