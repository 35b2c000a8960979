"""A region in a minute: its numbers, what changed since last week, where it lies. For the start page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from chelun.cockpit.displays import RegionDisplay
from chelun.cockpit.selectors import View, home_codes, region_view
from chelun.core.actors import Actor
from chelun.core.ui import Cell, Column, Row, Table, day, number

PERMISSION = "cockpit.view"
MOST_CHANGES = 8


@dataclass(frozen=True, slots=True)
class Story:
    """What the start page tells of the reader's region; `changes` is None before there is an earlier day."""

    view: View
    display: RegionDisplay
    changes: Table | None


def story_of(actor: Actor) -> Story | None:
    """The story of the reader's largest region; None for who may not see the cockpit."""
    scope = actor.scope_for(PERMISSION)
    codes = home_codes(scope)
    if not codes:
        return None
    view = region_view(scope=scope, code=codes[0])
    display = RegionDisplay(view, scope, actor)
    return Story(view, display, _changes(view, display))


def _changes(view: View, display: RegionDisplay) -> Table | None:
    """Every indicator then and now, those that changed most first."""
    if display.before is None or display.before.computation is None or view.computation is None:
        return None
    rows = []
    for indicator in display.indicators.values():
        then, now = display.before.value(indicator.name), view.value(indicator.name)
        rows.append((abs(now - then), Row([
            indicator.label, number(then), Cell(number(now), display.opens(indicator, view.code)), f"{now - then:+,}",
        ])))  # fmt: skip
    rows.sort(key=lambda each: -each[0])
    columns = [
        Column("indicator", _("指标")),
        Column("then", day(display.before.computation.day), numeric=True),
        Column("now", day(view.computation.day), numeric=True),
        Column("change", _("变化"), numeric=True),
    ]
    return Table(_("变化"), columns, [row for _size, row in rows[:MOST_CHANGES]])
