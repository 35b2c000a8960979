"""Screens as rows of the administrator's list."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.cockpit.choices import WallTheme
from chelun.cockpit.models import WallScreen
from chelun.core.ui import Address, Cell, Column, Row, Table, minute
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.regions.selectors import name_of


def wall_table(screens: Sequence[WallScreen], address: Address) -> Table:
    """Where each hangs, until when it shows, when it was last seen; what still shows opens to be closed."""
    columns = [
        Column("label", _("挂在哪里"), fixed=True), Column("region", _("地区"), code=True), Column("state", _("状态"), code=True),
        Column("seen", _("最近显示"), code=True), Column("expires", _("有效至"), code=True), Column("theme", _("明暗")),
        Column("made", _("谁开的")),
    ]  # fmt: skip
    who = person_names(name for each in screens for name in (each.made_by, each.closed_by))
    return Table(_("大屏"), columns, [_row(each, who) for each in screens], address)


def _row(screen: WallScreen, who: Mapping[str, str]) -> Row:
    shows = screen.closed_at is None and screen.expires_at > timezone.now()
    url = reverse("cockpit:wall_detail", args=[screen.pk]) if shows else ""
    return Row([
        Cell(screen.label, url), name_of(screen.region), _state(screen, who[screen.closed_by], shows=shows),
        minute(screen.seen_at) or _("还没有打开过"), minute(screen.expires_at), str(WallTheme(screen.theme).label),
        Cell(who[screen.made_by], note=minute(screen.made_at)),
    ])  # fmt: skip


def _state(screen: WallScreen, closer: str, *, shows: bool) -> Cell:
    if shows:
        return Cell(_("显示中"), tone="ok")
    if screen.closed_at:
        return Cell(_("已收回"), tone="idle", note=f"{closer} {minute(screen.closed_at)}")
    return Cell(_("已到期"), tone="idle")
