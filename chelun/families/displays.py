"""Relatives in words: names and numbers masked, nothing but the tie where no consent counts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Address, Cell, Column, Fact, Moment, Row, Table, aside, day, listed, minute
from chelun.engines.faults import N_
from chelun.engines.ids import mask_name, mask_phone
from chelun.families.choices import Ends, Guardian, GuardianProof, Stage
from chelun.families.models import FamilyWish, Relative
from chelun.families.rules import SOON
from chelun.families.selectors import facts_of, is_open, names_of
from chelun.families.services.looking import FIELDS
from chelun.people.displays.words import place_name
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.privacy.models import AccessRecord, Consent
from chelun.platform.privacy.purposes import PURPOSES
from chelun.platform.privacy.services.consents import givers_of

LABELS = {"name": N_("姓名"), "phone": N_("电话"), "birth": N_("出生日期"), "whole": N_("全部资料")}
LOOKS = {"opened": N_("打开资料"), "printed": N_("打印副本")}
REVEALED = "revealed:"
STATES = {
    "open": (N_("同意有效"), "ok"),
    "soon": (N_("快到期"), "warn"),
    "over": (N_("已到期，等重新同意"), "bad"),
}


def state_cell(row: Relative, today: date) -> Cell:
    """Whether a consent counts, and until when."""
    state = (
        "over" if not is_open(row, today) else "soon" if row.until and row.until <= today + SOON else "open"
    )
    word, tone = STATES[state]
    note = row.get_ends_display() if state != "open" and row.ends == Ends.FOURTEEN else ""
    return Cell(_(word), tone=tone, note=note)


def hidden_value(name: str, value: str) -> str:
    """A value as it may be seen: of a birth the year alone."""
    if name == "birth":
        return _("{year} 年").format(year=value[:4])
    return mask_name(value) if name == "name" else mask_phone(value)


def relative_table(rows: Sequence[Relative], address: Address, today: date) -> Table:
    """Relatives with the tie, as a list."""
    columns = [
        Column("name", _("姓名"), fixed=True), Column("relation", _("关系")), Column("person", _("从业人员"), wide=True),
        Column("stage", _("年龄段")), Column("until", _("同意至"), code=True), Column("state", _("同意情况")),
        Column("place", _("所属地区")),
    ]  # fmt: skip
    facts, names = facts_of(rows), names_of(rows)
    return Table(_("家属"), columns, [_row(row, facts, names, today) for row in rows], address)


def _row(
    row: Relative, facts: Mapping[UUID, Mapping[str, str]], names: Mapping[tuple[UUID | None, str], str],
    today: date,
) -> Row:  # fmt: skip
    name = mask_name(facts.get(row.pk, {}).get("name", "")) or _("不显示")
    return Row([
        Cell(name, reverse("families:relative_detail", args=[row.pk])), row.get_relation_display(), person_cell(row, names),
        row.get_stage_display(), day(row.until), state_cell(row, today), place_name(row.home),
    ], key=str(row.pk))  # fmt: skip


def person_cell(row: Relative | FamilyWish, names: Mapping[tuple[UUID | None, str], str]) -> Cell:
    """The registered person, with the way to the family."""
    if row.person_id is None:
        return Cell(_("已不在册"))
    name = names.get((row.person_id, row.home)) or _("进入档案")
    return Cell(name, reverse("families:of_person", args=[row.person_id]))


def wish_table(wishes: Sequence[FamilyWish], address: Address) -> Table:
    """Wishes that wait for a consent."""
    columns = [
        Column("relation", _("谁"), fixed=True), Column("person", _("从业人员"), wide=True), Column("stage", _("年龄段")),
        Column("until", _("留到"), code=True), Column("by", _("经办人")), Column("place", _("所属地区")),
    ]  # fmt: skip
    names, who = names_of(wishes), person_names(wish.noted_by for wish in wishes)
    rows = [
        Row([
            wish.get_relation_display(), person_cell(wish, names), wish.get_stage_display(), day(wish.until),
            who[wish.noted_by], place_name(wish.home),
        ], key=str(wish.pk))
        for wish in wishes
    ]  # fmt: skip
    return Table(_("等同意的意愿"), columns, rows, address)


def fact_lines(row: Relative, facts: Mapping[str, str], *, may_reveal: bool) -> list[Fact]:
    """What is kept of a relative, masked."""
    lines = [Fact(_("关系"), row.get_relation_display()), Fact(_("年龄段"), row.get_stage_display())]
    for name in FIELDS:
        if facts.get(name):
            url = reverse("families:reveal", args=[row.pk, name]) if may_reveal else ""
            lines.append(Fact(_(LABELS[name]), hidden_value(name, facts[name]), reveal_url=url))
    lines.append(_registered(row))
    return [*lines, Fact(_("所属地区"), place_name(row.home))]


def _registered(row: Relative) -> Fact:
    who = person_names([row.registered_by])[row.registered_by]
    return Fact(_("登记"), who, when=minute(row.registered_at))


def consent_lines(consents: Iterable[Consent], *, masked: bool = True) -> Table:
    """What was agreed to, by whom, after which version of the notice, until when."""
    columns = [
        Column("purpose", _("用途"), fixed=True, wide=True), Column("who", _("谁同意"), wide=True), Column("notice", _("看过的告知书")),
        Column("given", _("同意时间"), code=True), Column("until", _("有效至"), code=True), Column("ended", _("结束")),
    ]  # fmt: skip
    given = list(consents)
    givers = givers_of(given)
    rows = [_consent_row(each, givers.get(each.pk, {}), masked=masked) for each in given]
    return Table(_("同意情况"), columns, rows)


def _consent_row(consent: Consent, giver: Mapping[str, str], *, masked: bool) -> Row:
    ended = minute(consent.withdrawn_at) if consent.withdrawn_at else ""
    return Row([
        purpose_word(consent.purpose), Cell(giver_words(giver, masked=masked) or _("本人"), note=consent.get_how_display()),
        _("第 {number} 版").format(number=consent.notice.number), minute(consent.given_at), day(consent.until),
        Cell(ended, note=_("撤回了") if consent.withdrawn_by else _("换新") if ended else ""),
    ])  # fmt: skip


def purpose_word(name: str) -> str:
    """A purpose in words."""
    purpose = PURPOSES.get(name)
    return str(purpose.label) if purpose else name


def giver_words(giver: Mapping[str, str], *, masked: bool) -> str:
    """The guardian who agreed, and by which paper that was made sure; '' where nobody agreed for the relative."""
    if not giver:
        return ""
    name = mask_name(giver["name"]) if masked else giver["name"]
    words = listed([Guardian(giver["relation"]).label, GuardianProof(giver["proof"]).label])
    return aside(name, words)


def look_moments(records: Iterable[AccessRecord]) -> list[Moment]:
    """Who looked, the newest first."""
    told = list(records)
    who = person_names(each.actor for each in told)
    return [
        Moment(
            minute(each.at), _look(each.what), _("理由：{reason}").format(reason=each.reason) if each.reason else "",
            who[each.actor],
        )
        for each in told
    ]  # fmt: skip


def _look(what: str) -> str:
    if what.startswith(REVEALED):
        field = LABELS.get(what.removeprefix(REVEALED), what)
        return _("查看原文：{field}").format(field=_(field))
    return _(LOOKS[what]) if what in LOOKS else what


def copy_lines(row: Relative, facts: Mapping[str, str]) -> list[Fact]:
    """Everything that is held of a relative, in the clear, for its own copy."""
    lines = [Fact(_(LABELS[name]), facts[name]) for name in FIELDS if facts.get(name)]
    lines.append(Fact(_("与从业人员的关系"), row.get_relation_display()))
    if row.stage != Stage.ADULT:
        lines.append(Fact(_("年龄段"), row.get_stage_display()))
    return [*lines, Fact(_("同意至"), day(row.until)), _registered(row)]
