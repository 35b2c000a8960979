"""Papers as rows: of the list, of a file, of the calendar; how each stands in words, and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Address, Cell, Column, Row, Table, clauses, day, listed
from chelun.people.addresses import address_of
from chelun.people.choices import PaperKind, PaperState, PaperStatus, Presence
from chelun.people.displays.words import fact_masked, missing_names, place_name
from chelun.people.models import CredentialCard
from chelun.people.reminders import Reminders
from chelun.people.rules.papers import FOR_EVER, PAPERS, reckoned_end
from chelun.people.selectors.papers import Names
from chelun.people.services.intake.credentials import holder_of
from chelun.people.services.intake.ledger import open_facts

Keys = Mapping[UUID, bytes]
TONES = {
    PaperState.EXPIRED: "bad", PaperState.EXPIRING: "warn", PaperState.VALID: "ok", PaperState.UNDATED: "warn",
    PaperState.STOPPED: "bad", PaperState.ABSENT: "idle",
}  # fmt: skip
TO_RENEW = (PaperState.EXPIRED, PaperState.EXPIRING)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do about a paper: the act, its materials ('' where no source names them), where, by when, and what that rests on."""

    act: str
    office: str
    materials: str = ""
    by: str = ""
    note: str = ""


def paper_name(kind: str) -> str:
    """What a kind of paper is called."""
    return str(PaperKind(kind).label)


def state_cell(card: CredentialCard, reminders: Reminders) -> Cell:
    """How a paper stands, with how many days are left or over; of one that is not held, why."""
    state = reminders.state(card)
    return Cell(state_text(card, state, reminders), tone=TONES[state])


def state_text(card: CredentialCard, state: PaperState, reminders: Reminders) -> str:
    """The same in words."""
    left = (card.valid_to - reminders.today).days
    match state:
        case PaperState.EXPIRED:
            return _("已过期 {days} 天").format(days=-left)
        case PaperState.EXPIRING:
            return _("今天到期") if left == 0 else _("{days} 天后到期").format(days=left)
        case PaperState.STOPPED:
            return str(PaperStatus(card.status).label)
        case PaperState.ABSENT:
            return _("无证：{reason}").format(reason=Presence(card.presence).label)
    return str(state.label)


def last_day(card: CredentialCard) -> str:
    """The last day of a paper; 长期 where it has none, '' where it is not known."""
    if card.presence != Presence.HELD:
        return ""
    if card.term == FOR_EVER:
        return _("长期")
    return day(card.valid_to) if card.term == "day" else ""


def credential_table(
    cards: Sequence[CredentialCard],
    keys: Keys,
    names: Names,
    reminders: Reminders,
    address: Address,
    *,
    one_place: bool = False,
) -> Table:
    """Papers with their holders; numbers masked."""
    columns = [
        Column("kind", _("证照种类"), fixed=True), Column("holder", _("持证的人、企业或车辆"), wide=True), Column("number", _("证号"), code=True),
        Column("state", _("状态"), code=True), Column("valid_to", _("有效期至"), code=True), Column("issuer", _("发证机关")),
        Column("grade", _("等级或类别"), extra=True), Column("place", _("所属地区"), extra=one_place),
        Column("as_of", _("数据日期"), code=True, extra=True), Column("missing", _("缺项"), extra=True),
        Column("sources", _("来源数"), numeric=True, extra=True),
    ]  # fmt: skip
    rows = [_row(card, keys, names, reminders) for card in cards]
    return Table(_("证照名单"), columns, rows, address)


def _row(card: CredentialCard, keys: Keys, names: Names, reminders: Reminders) -> Row:
    register, holder = holder_of(card)
    missing = missing_names("credential", card.missing)
    return Row([
        Cell(paper_name(card.kind), address_of("people:credential_detail", card.credential_id)),
        Cell(names.get((register, holder), _("（已不在册）")), reverse(f"people:{register}_detail", args=[holder])),
        masked_number(card, keys),
        state_cell(card, reminders),
        last_day(card),
        card.issuer,
        card.grade,
        place_name(card.home),
        day(card.as_of),
        Cell(missing, tone="warn") if missing else Cell(_("齐全"), tone="ok"),
        str(card.sources),
    ])  # fmt: skip


def masked_number(card: CredentialCard, keys: Keys) -> str:
    """The number of a paper as lists show it."""
    secret = open_facts(keys.get(card.credential_id), bytes(card.sealed))
    return fact_masked("number", secret.get("number"))


def papers_table(cards: Sequence[CredentialCard], keys: Keys, reminders: Reminders) -> Table:
    """The papers of one file, with what to do about those that run out."""
    columns = [
        Column("kind", _("证照种类")), Column("number", _("证号"), code=True), Column("state", _("状态"), code=True),
        Column("valid_to", _("有效期至"), code=True), Column("issuer", _("发证机关")), Column("grade", _("等级或类别")),
        Column("next", _("下一步做什么"), wide=True), Column("place", _("登记地区"), extra=len({card.home for card in cards}) < 2),
    ]  # fmt: skip
    rows = [
        Row([
            Cell(paper_name(card.kind), address_of("people:credential_detail", card.credential_id)),
            masked_number(card, keys), state_cell(card, reminders), last_day(card), card.issuer, card.grade,
            _next_text(next_step(card, reminders)), place_name(card.home),
        ])
        for card in cards
    ]  # fmt: skip
    return Table(_("证照"), columns, rows)


def _next_text(step: NextStep | None) -> str:
    return _("{act}：{office}").format(act=step.act, office=step.office) if step else ""


def next_step(card: CredentialCard, reminders: Reminders) -> NextStep | None:
    """What to do about a paper that has run out or soon will; None where nothing is due."""
    state = reminders.state(card)
    if state not in TO_RENEW:
        return None
    renewal = PAPERS[card.kind].renewal
    by = _("最迟在到期前 {days} 天申请").format(days=renewal.days_before) if renewal.days_before else ""
    late = [_("已经过期，办好以前不能凭它从业")] if state == PaperState.EXPIRED else []
    unsure = [] if renewal.verified else [_("材料和期限摘自旧文本，未经核实，以受理窗口的一次性告知为准")]
    return NextStep(
        _(renewal.act), _(renewal.office), listed(_(each) for each in renewal.materials), by, clauses([*late, *unsure]),
    )  # fmt: skip


def reckoned_text(card: CredentialCard) -> str:
    """Of a paper without a last day: which day the rule for its kind would give. '' where there is none."""
    reckoned = reckoned_end(card.kind, card.valid_from) if not last_day(card) else None
    if reckoned is None or card.presence != Presence.HELD:
        return ""
    last, term = reckoned
    sentence = _("没有登记有效期至。按{source}的 {years} 年推算为 {day}，仅供核对，请对照证件补登。")
    return sentence.format(source=_(term.source), years=term.years, day=day(last))
