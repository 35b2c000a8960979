"""Keeping in words: the tables with their terms, decisions, proofs, holds."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Address, Cell, Column, Fact, Row, Stat, Table, day, minute, number
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.privacy.choices import SwitchState
from chelun.platform.privacy.kinds import SUBJECT_KINDS
from chelun.platform.privacy.models import Hold, RetentionProof, RetentionSwitch
from chelun.platform.privacy.selectors.retention import Held, Keeping, Kept, is_genuine, stands
from chelun.platform.privacy.subjects import SUBJECT_TABLES, SubjectTable
from chelun.platform.privacy.terms import DAILY, FILE, FOLLOWS, NEVER, ROWS, TERMS, row_key
from chelun.platform.regions.place_settings import SETTINGS
from chelun.platform.regions.selectors import name_of

TONES = {
    SwitchState.PROPOSED: "warn",
    SwitchState.ON: "ok",
    SwitchState.DECLINED: "idle",
    SwitchState.OFF: "idle",
}


def keeping_stats(kept: Keeping) -> list[Stat]:
    """Whole files beyond their term, and when it was counted."""
    as_of = minute(kept.counted_at) if kept.counted_at else ""
    told = _("超过 {term} 没有任何来源再提到的人，在提到过他的地区").format(
        term=TERMS[kept.terms["keep.person"]]
    )
    return [
        Stat(_("超过期限的档案"), number(kept.files.due), definition=told, as_of=as_of),
        Stat(
            _("其中依法留存"), number(kept.files.held), definition=_("请求未答复、争议未了结等"), as_of=as_of
        ),
    ]


def keeping_table(kept: Keeping) -> Table:
    """Every declared table."""
    columns = [
        Column("what", _("内容"), fixed=True),
        Column("purpose", _("处理目的"), wide=True),
        Column("ground", _("法律依据"), wide=True),
        Column("term", _("保存期限"), wide=True),
        Column("due", _("超过期限"), numeric=True),
        Column("held", _("依法留存"), numeric=True),
        Column("next", _("下一步"), wide=True),
    ]
    on = any(switch.state == SwitchState.ON for switch in kept.switches)
    rows = [_kept_row(each, each.table, kept, on) for each in kept.tables if each.table is not None]
    return Table(_("保存期限"), columns, rows)


def _kept_row(each: Kept, table: SubjectTable, kept: Keeping, on: bool) -> Row:
    counted = table.term is not None and table.term.kind in (ROWS, FILE)
    return Row([
        title_of(table.model._meta.label), str(table.purpose), str(table.ground), term_words(table, kept.terms),
        number(each.due) if counted else "", number(each.held) if counted else "",
        _next(each, on) if counted else "",
    ])  # fmt: skip


def _next(each: Kept, on: bool) -> Cell:
    if each.due <= each.held:
        return Cell(_("没有要删的"), tone="ok")
    if on:
        return Cell(_("明天的每日工作删除"), tone="info", note=_("只在已开启的地区"))
    return Cell(_("只测算，不删除"), tone="warn", note=_("由两位专员开启"))


def term_words(table: SubjectTable, terms: dict[str, str]) -> str:
    """How long rows of a table are kept, in words."""
    term = table.term
    if term is None:
        return ""
    match term.kind:
        case kind if kind == ROWS:
            return str(TERMS[terms[row_key(table.model._meta.label)]])
        case kind if kind == FILE:
            return _("随档案：最后一次提到起 {term}").format(term=TERMS[terms["keep.person"]])
        case kind if kind == FOLLOWS:
            return _("随“{what}”").format(what=title_of(term.of))
        case kind if kind in (DAILY, NEVER):
            return str(term.told)
    return ""


def title_of(label: str) -> str:
    """A table, or the files of a kind of subject, in words."""
    table = SUBJECT_TABLES.get(label)
    if table is not None:
        return str(table.model._meta.verbose_name)
    kinds = [kind for kind in SUBJECT_KINDS if kind.model._meta.label == label]
    return _("{kind}的整份档案").format(kind=kinds[0].label) if kinds else label


def switch_table(switches: Sequence[RetentionSwitch], address: Address) -> Table:
    """Decisions, the newest first."""
    columns = [
        Column("place", _("地区"), fixed=True), Column("state", _("状态")), Column("by", _("提出")),
        Column("second", _("批准")), Column("ended", _("停止")),
    ]  # fmt: skip
    who = _deciders(switches)
    return Table(_("到期删除的开启"), columns, [_switch_row(each, who) for each in switches], address)


def _deciders(switches: Sequence[RetentionSwitch]) -> dict[str, str]:
    return person_names(
        name for each in switches for name in (each.proposed_by, each.approved_by, each.ended_by)
    )


def _switch_row(switch: RetentionSwitch, who: Mapping[str, str]) -> Row:
    return Row([
        Cell(name_of(switch.region), reverse("privacy:switch_detail", args=[switch.pk])),
        Cell(switch.get_state_display(), tone=TONES[SwitchState(switch.state)]),
        Cell(who[switch.proposed_by], note=minute(switch.proposed_at)),
        Cell(who[switch.approved_by], note=minute(switch.approved_at)) if switch.approved_at else "",
        Cell(who[switch.ended_by], note=minute(switch.ended_at)) if switch.ended_at else "",
    ])  # fmt: skip


def switch_facts(switch: RetentionSwitch) -> list[Fact]:
    """Who decided what, and by which counting."""
    who = _deciders([switch])
    facts = [
        Fact(_("地区"), name_of(switch.region)),
        Fact(_("状态"), switch.get_state_display()),
        Fact(_("提出"), who[switch.proposed_by], when=minute(switch.proposed_at)),
        Fact(_("当时超过期限"), number(sum(due for due, _held in switch.preview.values())), when=minute(switch.counted_at)),
    ]  # fmt: skip
    if switch.approved_at:
        facts.append(Fact(_("批准"), who[switch.approved_by], when=minute(switch.approved_at)))
    if switch.ended_at:
        facts.append(Fact(_("停止"), who[switch.ended_by], when=minute(switch.ended_at)))
    return facts


def preview_table(switch: RetentionSwitch) -> Table:
    """What would have gone on the day of the proposal."""
    columns = [
        Column("what", _("内容"), wide=True), Column("due", _("超过期限"), numeric=True),
        Column("held", _("依法留存"), numeric=True), Column("gone", _("会删去"), numeric=True),
    ]  # fmt: skip
    rows = [
        Row([title_of(label), number(due), number(held), number(due - held)])
        for label, (due, held) in sorted(switch.preview.items())
    ]
    return Table(_("提出时的测算"), columns, rows)


def terms_table(switch: RetentionSwitch) -> Table:
    """The terms under which it was decided."""
    columns = [Column("what", _("内容"), wide=True), Column("term", _("保存期限"))]
    rows = [
        Row([str(SETTINGS[key].label), str(TERMS[term])])
        for key, term in sorted(switch.terms.items())
        if key in SETTINGS.names()
    ]
    return Table(_("决定时的期限"), columns, rows)


def proof_table(proofs: Sequence[RetentionProof], address: Address) -> Table:
    """What went, table by table and place by place."""
    columns = [
        Column("what", _("内容"), fixed=True), Column("place", _("所属地区")),
        Column("term", _("保存期限")), Column("cut", _("界限日"), code=True),
        Column("before", _("之前"), numeric=True), Column("deleted", _("已删除"), numeric=True),
        Column("held", _("依法留存"), numeric=True), Column("after", _("之后"), numeric=True),
        Column("done", _("完成"), code=True), Column("seal", _("凭证")),
    ]  # fmt: skip
    return Table(_("到期删除凭证"), columns, [_proof_row(each) for each in proofs], address)


def _proof_row(proof: RetentionProof) -> Row:
    done = proof.done_at is not None
    seal = (
        Cell(_("未被改动"), tone="ok", note=proof.seal[:16])
        if is_genuine(proof)
        else Cell(_("与封印不符"), tone="bad")
    )
    return Row([
        title_of(proof.label), name_of(proof.home), str(TERMS.get(proof.term, proof.term)), day(proof.cut),
        number(proof.before), number(proof.deleted), number(proof.held),
        number(proof.after) if proof.after is not None else "", minute(proof.done_at) if proof.done_at else "",
        seal if done else Cell(_("还没有做完"), tone="warn"),
    ])  # fmt: skip


def hold_number(hold: Hold) -> str:
    """A number that can be read out."""
    return hold.pk.hex[-8:].upper()


def hold_table(holds: Sequence[Hold], address: Address) -> Table:
    """What may not go for now, and on which ground."""
    columns = [
        Column("number", _("编号"), code=True, fixed=True), Column("state", _("状态")),
        Column("ground", _("依据"), wide=True), Column("place", _("所属地区")),
        Column("until", _("留存至"), code=True), Column("by", _("决定人")),
    ]  # fmt: skip
    who = person_names(each.set_by for each in holds)
    return Table(_("暂缓删除"), columns, [_hold_row(each, who[each.set_by]) for each in holds], address)


def _hold_row(hold: Hold, setter: str) -> Row:
    state = Cell(_("暂缓"), tone="warn") if stands(hold) else Cell(_("已结束"), tone="idle")
    return Row([
        Cell(hold_number(hold), reverse("privacy:hold_detail", args=[hold.pk])), state, hold.get_ground_display(),
        name_of(hold.home), day(hold.until) if hold.until else "", Cell(setter, note=minute(hold.set_at)),
    ])  # fmt: skip


def hold_facts(held: Held) -> list[Fact]:
    """Whom it is about, why, since when and until when."""
    hold, shown = held.hold, held.shown
    who = person_names([hold.set_by, hold.released_by])
    facts = [
        Fact(_("谁的信息"), shown.name if shown else _("已不在册"), url=shown.url if shown else ""),
        Fact(_("依据"), hold.get_ground_display()),
        Fact(_("哪一件"), held.words or _("已随抹除销毁，无法读出")),
        Fact(_("留存至"), day(hold.until) if hold.until else _("解除为止")),
        Fact(_("决定人"), who[hold.set_by], when=minute(hold.set_at)),
    ]
    if hold.released_at:
        facts.append(Fact(_("解除人"), who[hold.released_by], when=minute(hold.released_at)))
    return facts
