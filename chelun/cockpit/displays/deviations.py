"""Where places differ from those above them, as a table."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chelun.cockpit.displays.listing import Each, Listing
from chelun.core.actors import Actor
from chelun.core.ui import Cell, Column, minute
from chelun.core.ui.tables import CellLike
from chelun.platform.archives.selectors import names_of_acts
from chelun.platform.regions.deviations import Deviation
from chelun.platform.regions.selectors import name_of


def deviation_listing(rows: Sequence[Deviation], actor: Actor) -> Listing[Deviation]:
    """What each place does otherwise, since when, by whom and why; and what stands above it, marked where that has changed since."""

    who = names_of_acts((row.region, row.by) for row in rows)

    def what(row: Deviation) -> CellLike:
        return Cell(row.what, row.url if actor.has(row.permission) else "", note=row.kind)

    def above(row: Deviation) -> str:
        return name_of(row.above) if row.above else _("系统默认")

    def there(row: Deviation) -> CellLike:
        if not row.there:
            return _("上级没有")
        return Cell(row.there, note=above(row))

    def since(row: Deviation) -> CellLike:
        return Cell(minute(row.since), note=who[row.region, row.by])

    def overtaken(row: Deviation) -> CellLike:
        return Cell(_("上级后来又改了"), tone="warn") if row.overtaken else ""

    columns = [
        Each[Deviation](
            Column("place", _("地区"), code=True, fixed=True),
            lambda row: Cell(name_of(row.region), f"{reverse('cockpit:deviations', args=[row.region])}"),
            lambda row: name_of(row.region),
        ),
        Each[Deviation](Column("what", _("哪一项"), wide=True), what, lambda row: str(row.what)),
        Each[Deviation](Column("here", _("本地的"), wide=True), lambda row: row.here, lambda row: row.here),
        Each[Deviation](Column("there", _("上级的"), wide=True), there, lambda row: row.there),
        Each[Deviation](Column("reason", _("理由"), wide=True), lambda row: row.reason or _("没有写"), lambda row: str(row.reason)),
        Each[Deviation](Column("since", _("从何时起"), code=True), since, lambda row: minute(row.since)),
        Each[Deviation](Column("overtaken", _("上级有没有再改"), code=True), overtaken, lambda row: _("上级后来又改了") if row.overtaken else ""),
    ]  # fmt: skip
    return Listing(_("与上级不同的"), columns, rows)


def kind_tabs(rows: Sequence[Deviation], code: str, chosen: str) -> list[tuple[str, str, int, bool]]:
    """The kinds of what differs: label, address, how many, whether chosen; all first."""
    here = reverse("cockpit:deviations", args=[code])
    kinds = list(dict.fromkeys(str(row.kind) for row in rows))
    found = [(_("全部"), here, len(rows), not chosen)]
    return found + [
        (
            kind,
            f"{here}?{urlencode({'kind': kind})}",
            sum(str(row.kind) == kind for row in rows),
            kind == chosen,
        )
        for kind in kinds
    ]
