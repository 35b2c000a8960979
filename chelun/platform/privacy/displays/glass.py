"""Break-glass in words."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.ui import Address, Cell, Column, Fact, Row, Table, minute
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.privacy.kinds import Shown
from chelun.platform.privacy.models import BreakGlass, GlassArea
from chelun.platform.regions.selectors import name_of


def area_table(areas: Sequence[GlassArea]) -> Table:
    """How far break-glass reaches."""
    columns = [
        Column("place", _("地区"), fixed=True), Column("role", _("角色")), Column("state", _("状态")),
        Column("by", _("指定人")), Column("ended", _("取消人")),
    ]  # fmt: skip
    who = person_names(name for area in areas for name in (area.named_by, area.ended_by))
    rows = [
        Row([
            name_of(area.region), area.get_role_display(),
            Cell(_("已停用"), tone="idle") if area.ended_at else Cell(_("在用"), tone="ok"),
            Cell(who[area.named_by], note=minute(area.named_at)),
            Cell(who[area.ended_by], note=minute(area.ended_at)) if area.ended_at else "",
        ])
        for area in areas
    ]  # fmt: skip
    return Table(_("紧急查看的范围"), columns, rows)


def glass_number(glass: BreakGlass) -> str:
    """A number that can be read out."""
    return glass.pk.hex[-8:].upper()


def glass_table(rows: Sequence[BreakGlass], address: Address) -> Table:
    """For the privacy officer: who looked, and whether the person was told."""
    columns = [
        Column("number", _("编号"), code=True, fixed=True), Column("by", _("查看者")),
        Column("why", _("理由"), wide=True), Column("place", _("所属地区")), Column("told", _("告知本人")),
        Column("review", _("复核结论")),
    ]  # fmt: skip
    who = person_names(row.by for row in rows)
    return Table(_("紧急查看"), columns, [_glass_row(row, who) for row in rows], address)


def _glass_row(row: BreakGlass, who: Mapping[str, str]) -> Row:
    if row.told_at:
        told = Cell(row.get_told_how_display(), note=minute(row.told_at), tone="ok")
    else:
        told = Cell(_("还没告知"), reverse("privacy:glass_tell", args=[row.pk]), tone="warn")
    return Row([
        Cell(glass_number(row)), Cell(who[row.by], note=minute(row.opened_at)), row.reason, name_of(row.home), told,
        row.get_verdict_display(),
    ])  # fmt: skip


def review_table(rows: Sequence[BreakGlass], address: Address) -> Table:
    """For the audit administrator: who, when, why, how long; nobody's name."""
    columns = [
        Column("number", _("编号"), code=True, fixed=True), Column("by", _("查看者")), Column("why", _("理由"), wide=True),
        Column("place", _("所属地区")), Column("until", _("到期时间"), code=True), Column("told", _("告知本人")),
        Column("review", _("复核结论")),
    ]  # fmt: skip
    who = person_names(name for row in rows for name in (row.by, row.reviewed_by))
    return Table(_("紧急查看"), columns, [_review_row(row, who) for row in rows], address)


def _review_row(row: BreakGlass, who: Mapping[str, str]) -> Row:
    if row.reviewed_at:
        verdict = Cell(row.get_verdict_display(), note=who[row.reviewed_by])
    else:
        verdict = Cell(_("待复核"), reverse("privacy:glass_review", args=[row.pk]), tone="warn")
    return Row([
        Cell(glass_number(row)), Cell(who[row.by], note=minute(row.opened_at)), row.reason, name_of(row.home),
        minute(row.closed_at or row.until), minute(row.told_at) if row.told_at else Cell(_("还没告知"), tone="warn"),
        verdict,
    ])  # fmt: skip


def glass_facts(glass: BreakGlass, shown: Shown | None = None) -> list[Fact]:
    """One opening; the person's name only where it may be known."""
    who = person_names([glass.by, glass.reviewed_by])
    facts = [Fact(_("谁的信息"), shown.name, url=shown.url)] if shown else []
    facts += [
        Fact(_("查看者"), who[glass.by], when=minute(glass.opened_at)),
        Fact(_("理由"), glass.reason),
        Fact(_("所属地区"), name_of(glass.home)),
        Fact(_("到期时间"), minute(glass.closed_at or glass.until)),
    ]
    if glass.verdict:
        facts.append(
            Fact(_("复核结论"), glass.get_verdict_display(), by=who[glass.reviewed_by], note=glass.note)
        )
    return facts


def minutes_left(glass: BreakGlass) -> int:
    """Full minutes until it ends by itself."""
    return max(0, int((glass.until - timezone.now()).total_seconds() // 60))
