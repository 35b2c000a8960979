"""Joining plates without a colour in one act, as its reader sees it: what would be joined, what is left out and why, what became of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chelun.core.ui import Address, Cell, Column, Fact, Row, Stat, Tab, Table, minute, number
from chelun.engines.faults import N_
from chelun.people.displays.words import place_name
from chelun.people.models import BulkMerge
from chelun.people.rules.plates import APART, JOIN, LEFT_OUT, OPPOSITE, PARTED, SEVERAL, STALE
from chelun.people.selectors.plates import Judged, Standing
from chelun.platform.archives.selectors import names_of_acts
from chelun.platform.jobs.models import Job
from chelun.platform.regions.acts import Act

WHY = {
    JOIN: N_("可以合并"),
    SEVERAL: N_("这个车牌有几种颜色"),
    APART: N_("有人认定不是同一份"),
    PARTED: N_("合并后有人单独拆开"),
    OPPOSITE: N_("已按相反方向合并"),
    STALE: N_("档案已有变化，等下次查找"),
}
"""What is to be done with a pair, or why it is left out."""


def why_left(verdict: str) -> str:
    """A verdict in words."""
    return _(WHY[verdict])


def verdict_tabs(found: Iterable[Judged], home: str, chosen: str) -> list[Tab]:
    """The pairs that would be joined, and those left out by reason, each with how many."""
    counts = Counter(each.verdict for each in found)
    base = reverse("people:bulk_merge_new")
    return [
        Tab(
            why_left(verdict),
            f"{base}?{urlencode({'region': home, 'why': verdict})}",
            verdict == chosen,
            number(counts[verdict]),
        )
        for verdict in (JOIN, *LEFT_OUT)
        if counts[verdict] or verdict in (JOIN, chosen)
    ]


def chosen_keys(found: Iterable[Judged], verdict: str) -> list[UUID]:
    """The pairs of one verdict."""
    return [each.likeness for each in found if each.verdict == verdict]


def place_table(places: Mapping[str, int]) -> Table:
    """The places that have likely pairs of vehicles, each leading to its own."""
    columns = [Column("place", _("地区"), fixed=True), Column("pairs", _("可能重复的车辆"), numeric=True)]
    base = reverse("people:bulk_merge_new")
    rows = [
        Row([Cell(place_name(home), f"{base}?{urlencode({'region': home})}"), number(count)])
        for home, count in places.items()
    ]
    return Table(_("有可能重复的车辆的地区"), columns, rows)


def bulk_who(items: Iterable[BulkMerge]) -> dict[Act, str]:
    """The persons who made and undid some acts, by place and log-in."""
    return names_of_acts((each.home, by) for each in items for by in (each.made_by, each.undone_by))


def bulk_table(items: Sequence[BulkMerge], address: Address) -> Table:
    """The acts of this kind."""
    columns = [
        Column("at", _("合并时间"), code=True, fixed=True), Column("place", _("适用地区")), Column("who", _("合并人")),
        Column("reason", _("理由"), wide=True), Column("state", _("状态")),
    ]  # fmt: skip
    who = bulk_who(items)
    rows = [
        Row([
            Cell(minute(each.made_at), reverse("people:bulk_merge", args=[each.pk])), place_name(each.home),
            who[each.home, each.made_by], each.reason, bulk_state(each, who),
        ])
        for each in items
    ]  # fmt: skip
    return Table(_("做过的批量合并"), columns, rows, address)


def bulk_words(bulk: BulkMerge) -> str:
    """An act in a word: where and when."""
    return _("{place} {at}").format(place=place_name(bulk.home), at=minute(bulk.made_at))


def bulk_state(bulk: BulkMerge, who: Mapping[Act, str], job: Job | None = None) -> Cell:
    """How far an act is, as far as it says so itself; with its job also whether it was cut off."""
    cut_off = job is None or not job.is_live
    if bulk.parted_at:
        told = _("{who} {at}：{reason}").format(
            who=who[bulk.home, bulk.undone_by], at=minute(bulk.undone_at), reason=bulk.undone_reason
        )
        return Cell(_("已整批拆分"), tone="idle", note=told)
    if bulk.undone_at:
        return Cell(_("拆分没有做完") if job and cut_off else _("正在整批拆分"), tone="warn")
    if bulk.ended_at:
        return Cell(_("合并中"), tone="ok")
    return Cell(_("合并没有做完") if job and cut_off else _("正在合并"), tone="warn")


def bulk_stats(bulk: BulkMerge, standing: Standing) -> list[Stat]:
    """What an act has joined and what became of it, each opening to its rows."""
    base = f"{reverse('people:merge_list')}?{urlencode({'bulk': str(bulk.pk)})}"
    stats = [Stat(_("合并中的车牌"), number(standing.stand), f"{base}&state=standing", _("对"))]
    if standing.alone:
        stats.append(Stat(_("后来单独拆开的"), number(standing.alone), f"{base}&state=alone", _("对")))
    if standing.together:
        stats.append(Stat(_("随整批拆分的"), number(standing.together), f"{base}&state=together", _("对")))
    return stats


def left_facts(bulk: BulkMerge) -> list[Fact]:
    """How many pairs were left out, and why; each opens to those that are so today."""
    base = reverse("people:bulk_merge_new")
    return [
        Fact(
            why_left(verdict),
            ngettext("{n} 对", "{n} 对", bulk.left[verdict]).format(n=number(bulk.left[verdict])),
            url=f"{base}?{urlencode({'region': bulk.home, 'why': verdict})}",
        )
        for verdict in LEFT_OUT
        if bulk.left.get(verdict)
    ]
