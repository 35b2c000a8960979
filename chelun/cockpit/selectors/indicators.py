"""Reads of the cockpit: computed values of a region and of the places in it. A constant number of queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from chelun.cockpit.models import Computation, IndicatorValue
from chelun.core.errors import NotFound
from chelun.core.measures import Indicator, indicators
from chelun.core.scope import Scope
from chelun.platform.regions.selectors import Place, children, name_of, place, within

WEEK = timedelta(days=7)
DAYS_OFFERED = 90
Values = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True, slots=True)
class View:
    """What the cockpit knows of one region on one day: values by (region, indicator, part)."""

    code: str
    name: str
    computation: Computation | None
    places: tuple[Place, ...]
    values: Values

    def value(self, indicator: str, code: str = "", part: str = "") -> int:
        """A value, 0 where nothing was counted."""
        return self.values.get((code or self.code, indicator, part), 0)

    def share(self, indicator: Indicator, code: str = "") -> float | None:
        """The percentage of the whole, None where there is no whole."""
        whole = self.value(indicator.share_of, code) if indicator.share_of else 0
        return 100 * self.value(indicator.name, code) / whole if whole else None


def region_view(*, scope: Scope, code: str, day: date | None = None) -> View:
    """The values of a region and of the places directly in it, of a day or of the newest. NotFound outside the scope."""
    if not within(code, scope):
        raise NotFound
    computation = computation_of(day)
    places = children(code)
    values: dict[tuple[str, str, str], int] = {}
    if computation is not None:
        rows = IndicatorValue.objects.filter(
            computation=computation, code__in=[code, *(each.code for each in places)]
        )
        for row in rows.values_list("code", "indicator", "part", "value"):
            values[row[0], row[1], row[2]] = row[3]
    return View(code, name_of(code), computation, places, values)


def earlier_view(view: View, *, scope: Scope) -> View | None:
    """The same region a week before, or on the first day that is known; None where there is no earlier day."""
    if view.computation is None:
        return None
    days = Computation.objects.filter(day__lt=view.computation.day)
    week_ago = days.filter(day__lte=view.computation.day - WEEK).order_by("-day").first()
    earlier = week_ago or days.order_by("day").first()
    return region_view(scope=scope, code=view.code, day=earlier.day) if earlier else None


def computed_days() -> list[date]:
    """The last days for which there are numbers, the newest first."""
    return list(Computation.objects.order_by("-day").values_list("day", flat=True)[:DAYS_OFFERED])


def computation_of(day: date | None) -> Computation | None:
    """The computing of a day, or the newest one up to it."""
    found = Computation.objects.order_by("-day")
    return (found.filter(day__lte=day) if day else found).first()


def trend(*, scope: Scope, code: str, indicator: str, days: int = 60) -> list[tuple[date, int]]:
    """The values of one indicator in one region, day by day, oldest first."""
    if not within(code, scope):
        raise NotFound
    rows = IndicatorValue.objects.filter(indicator=indicator, part="", code=code).order_by(
        "-computation__day"
    )
    found = list(rows.values_list("computation__day", "value")[:days])
    return [(day, value) for day, value in reversed(found)]


def most_of_days(*, codes: Collection[str], indicator: str, days: Collection[date]) -> int:
    """The greatest value of an indicator in any of these places on any of these days. One query."""
    rows = IndicatorValue.objects.filter(indicator=indicator, part="", code__in=codes)
    found = rows.filter(computation__day__in=days).aggregate(most=Max("value"))
    return int(found["most"] or 0)


def home_codes(scope: Scope) -> list[str]:
    """The regions at which a reader begins, the largest first."""
    return sorted(scope.keys("region"), key=lambda code: (len(code.rstrip("0")), code))


def indicator_named(name: str, code: str) -> Indicator:
    """An indicator by its name, as a region knows it. NotFound when none is called so."""
    found = known_indicators(code).get(name)
    if found is None:
        raise NotFound
    return found


def known_indicators(code: str) -> dict[str, Indicator]:
    """All indicators by name, with those that a region and the places above it have added. One query."""
    here = place(code)
    return indicators(here.path_codes if here else ())


def day_of(text: str) -> date | None:
    """A day from an address; None when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
