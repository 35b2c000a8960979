"""Indicators of papers: how many stand how, by kind, and until when that holds though nothing changes."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from chelun.core.measures import Indicator
from chelun.people.choices import PaperKind, PaperState
from chelun.people.models import CredentialCard
from chelun.people.reminders import Reminders
from chelun.people.rules.papers import DAY
from chelun.platform.sheets.batches import hidden_batches

Text = str | Promise
_KINDS = {kind.value: kind.label for kind in PaperKind}
_HOME = _("按名单所属地区（提供名单的县、市）计，不按户籍地")
_HEAD = _("证照种类")


def _rows(state: PaperState) -> Any:
    def address(code: str, part: str) -> str:
        query = {"region": code, "state": state.value, **({"kind": part} if part else {})}
        return f"{reverse('people:credential_list')}?{urlencode(query)}"

    return address


def _indicator(state: PaperState, label: Text, definition: Text, query: Text, good: str = "") -> Indicator:
    return Indicator(
        f"people.credentials.{state}", label, definition, _HOME, _("按证照去重计数"), _("本"), _rows(state), _KINDS, good=good,
        query=query, parts_head=_HEAD,
    )  # fmt: skip


PAPER_INDICATORS = (
    _indicator(
        PaperState.VALID, _("有效的证照"), _("在有效期内、还不用提醒的证照，含长期有效的"),
        _("在“证照”中取本地区现行的、持有并正常的档案卡，有效期至晚于今天加提醒天数，或没有期限"),
    ),
    _indicator(
        PaperState.EXPIRING, _("快到期的证照"), _("已到提醒期、还没有过期的证照；提前多少天提醒由各地设置"),
        _("同上，有效期至在今天和今天加提醒天数之间"), "less",
    ),
    _indicator(PaperState.EXPIRED, _("已过期的证照"), _("有效期的最后一天已经过去的证照"), _("同上，有效期至早于今天"), "less"),
    _indicator(PaperState.UNDATED, _("有效期不详的证照"), _("没有登记有效期至的证照"), _("同上，没有有效期至"), "less"),
    _indicator(
        PaperState.STOPPED, _("挂失、停用或注销的证照"), _("发证机关标为挂失、暂扣停用或注销吊销的证照"), _("在“证照”中取本地区现行的、状态不是正常的档案卡"),
    ),
    _indicator(
        PaperState.ABSENT, _("写明无证的"), _("写明了没有这种证照和原因的，例如总质量 4.5 吨及以下免办"), _("在“证照”中取本地区现行的、持有情况不是持有的档案卡"),
    ),
)  # fmt: skip


def papers_by_state() -> dict[str, Q]:
    """The condition of each indicator, today."""
    conditions = Reminders.of().conditions()
    return {f"people.credentials.{state}": condition for state, condition in conditions.items()}


def papers_until(homes: Collection[str] | None) -> Mapping[str, date]:
    """The last day before another paper of a home expires or begins to be one that expires soon."""
    reminders = Reminders.of()
    conditions = reminders.conditions()
    cards: Any = CredentialCard.objects.visible(hidden_batches())
    cards = cards.filter(term=DAY, valid_to__gte=reminders.today)
    cards = cards if homes is None else cards.filter(home__in=homes)
    soonest = {
        "near": Min("valid_to", filter=conditions[PaperState.EXPIRING]),
        "far": Min("valid_to", filter=conditions[PaperState.VALID]),
    }
    found: dict[str, date] = {}
    for row in cards.order_by().values("home").annotate(**soonest):
        reminded = timedelta(days=reminders.days(row["home"]) + 1)
        ends = [row["near"], row["far"] - reminded if row["far"] else None]
        if any(ends):
            found[row["home"]] = min(end for end in ends if end)
    return found
