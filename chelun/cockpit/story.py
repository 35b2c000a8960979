"""A region in a minute: its numbers, what changed since last week, where it lies. For the start page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.cockpit.displays import RegionDisplay
from chelun.cockpit.displays.region import UNPLACED
from chelun.cockpit.selectors import View, home_codes, region_view
from chelun.core.actors import Actor
from chelun.core.ui import Cell, Column, Row, Table, day, number

PERMISSION = "cockpit.view"
MOST_CHANGES = 8
MOST_PLACES = 20
UNRESOLVED = "people.unresolved"


@dataclass(frozen=True, slots=True)
class Story:
    """What the start page tells of the reader's region; `changes` is None before there is an earlier day, `waiting` where nothing waits."""

    view: View
    display: RegionDisplay
    changes: Table | None
    waiting: Table | None


def story_of(actor: Actor) -> Story | None:
    """The story of the reader's largest region; None for who may not see the cockpit."""
    scope = actor.scope_for(PERMISSION)
    codes = home_codes(scope)
    if not codes:
        return None
    view = region_view(scope=scope, code=codes[0])
    display = RegionDisplay(view, scope, actor)
    return Story(view, display, _changes(view, display), _waiting(view, display))


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


def _waiting(view: View, display: RegionDisplay) -> Table | None:
    """How many rows wait for a clerk in each place, most first; a number opens to the rows, or to the number's page."""
    indicator = display.indicators[UNRESOLVED]
    places = [(each.code, each.name, "") for each in view.places] or [(view.code, view.name, "")]
    found = [(view.value(UNRESOLVED, code), code, name, query) for code, name, query in places]
    found.append((display.unplaced_of(indicator), view.code, _("没有写明乡镇"), UNPLACED))
    found = sorted((each for each in found if each[0]), key=lambda each: (-each[0], each[1]))
    rows = []
    for n, code, name, query in found[:MOST_PLACES]:
        opened = display.opens(indicator, code)
        url = opened + query if opened else reverse("cockpit:indicator", args=[code, UNRESOLVED])
        rows.append(Row([Cell(name, reverse("cockpit:region", args=[code])), Cell(number(n), url, "warn")]))
    if not rows:
        return None
    columns = [Column("place", _("地区")), Column("waiting", indicator.label, numeric=True)]
    return Table(_("各地区待甄别的行"), columns, rows)
