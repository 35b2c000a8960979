"""Where a place has a rule of sources of its own, beside the one above it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chelun.core.scope import Scope
from chelun.core.ui import clauses
from chelun.people.displays.ranks import group_name, order_sentence
from chelun.people.models import SourceRank
from chelun.people.rules.ranks import REST, STANDARD, Order, from_json, ranking_of
from chelun.people.services.intake.ranking import path_of_place
from chelun.platform.regions.deviations import DEVIATIONS, Deviation, DeviationSource
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.wording import register_label

_RULES = _("来源先后规则")


def _ranks(area: Scope) -> Iterator[Deviation]:
    """The standing rules of places in an area that rank otherwise than the one above them."""
    standing = {
        (row.register, row.home): row for row in SourceRank.objects.visible(hidden_batches()).order_by("home")
    }
    for row in SourceRank.objects.in_scope(area).visible(hidden_batches()).order_by("home", "register"):
        path = path_of_place(placed(row.home))
        above = next(
            (standing[row.register, code] for code in path[1:] if (row.register, code) in standing), None
        )
        here, there = from_json(row.lines), from_json(above.lines) if above else {}
        if ranking_of(row.register, here) == ranking_of(row.register, there):
            continue
        yield Deviation(
            _RULES, row.home, format_lazy("{} · {}", _RULES, register_label(row.register)), _said(here), _said(there),
            above.home if above else "", row.decided_at, row.decided_by, row.reason,
            above is not None and above.decided_at > row.decided_at,
            f"{reverse('people:rank_list')}?{urlencode({'region': row.home})}", "people.view",
        )  # fmt: skip


def _said(lines: dict[str, Order]) -> str:
    """A rule in sentences: that of the rest, then those of groups that differ."""
    rest = order_sentence(lines.get(REST, STANDARD))
    groups = [
        f"{group_name(group)}{_('：')}{order_sentence(order)}"
        for group, order in lines.items()
        if group != REST
    ]
    return clauses([rest, *groups])


DEVIATIONS.add("people.ranks", DeviationSource("people.ranks", _RULES, _ranks))
