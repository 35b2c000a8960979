"""A file as it could be known at a moment, as a page shows it."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from chelun.core.ui import Column, Fact, Row, Table, day, listed, minute
from chelun.people.displays.facts import fact_lines
from chelun.people.displays.words import KindNames, fact_label, fact_text
from chelun.people.rules.cards import CALLED_BY
from chelun.people.selectors.past import Then


def title_of(register: str, then: Then) -> str:
    """What the subject was called then; where nobody said it, a word that stands for it."""
    found = (fact_text(name, then.held.value(name), {}) for name in CALLED_BY.get(register, ()))
    return next((value for value in found if value), _("当时还没有登记"))


def past_note(register: str, then: Then, asked: date | None, moment: datetime) -> str:
    """What the answer rests on, that it is not today's state, and what is gone from it."""
    parts = [
        _("这不是今天的情况，是按来源记录重新推算的：到 {moment} 已经入库、还没有撤回的来源").format(moment=minute(moment)),
        _("，数据日期不晚于 {day}。").format(day=day(asked)) if asked else _("。"),
    ]  # fmt: skip
    if then.forgotten:
        gone = listed(fact_label(register, name) for name in then.forgotten)
        parts.append(
            _("以下事项有原值已应本人要求去除，过去的记录里也不再保留：{facts}。").format(facts=gone)
        )
    return "".join(parts)


def past_facts(register: str, then: Then, kinds: KindNames) -> list[Fact]:
    """The facts that stood then, masked."""
    return fact_lines(register, then.held, kinds, may_reveal=False) if then.held.records else []


def past_works(then: Then, kinds: KindNames) -> Table:
    """For whom somebody worked and what he drove, as the records of then say it."""
    names = ("enterprise", "platform", "kinds", "position", "plate", "start", "end")
    columns = [Column(name, fact_label("person", name), wide=name == "enterprise") for name in names]
    rows = [
        Row([fact_text(name, record.facts.get(name), kinds) for name in names]) for record in then.working
    ]
    return Table(_("当时的从业情况"), columns, rows)
