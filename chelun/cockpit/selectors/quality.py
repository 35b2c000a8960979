"""Reads of the quality of the data: by source, by place, by firm. Computed values, sums of few rows, and what others said of the rows."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from chelun.cockpit.models import SourceQuality
from chelun.cockpit.rules.league import Interval, likely_share, rank_key
from chelun.cockpit.selectors.indicators import View, computation_of, region_view
from chelun.cockpit.selectors.truth import Truth, truth_by
from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.firms.models import FirmStanding
from chelun.people.selectors.lists import region_scope
from chelun.people.selectors.sources import GAPS, waiting_by_source
from chelun.platform.regions.selectors import Place, place, within
from chelun.platform.sheets.models import SheetImport

GAP_INDICATORS = {name: f"people.persons.{name}" for name in GAPS}
FIRM_ORDER = ("-gaps", "id")


@dataclass(slots=True)
class Quality:
    """What is to be known of a source or of a place: rows read and sent back, what others said of them, how old the newest is."""

    name: str
    rows: int = 0
    refused: int = 0
    waiting: int = 0
    newest: date | None = None
    truth: Truth = field(default_factory=Truth)
    places: set[str] = field(default_factory=set)
    subjects: Counter[str] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)

    @property
    def refused_share(self) -> float:
        """Refused rows of all rows, in percent."""
        return 100 * self.refused / self.rows if self.rows else 0.0

    @property
    def interval(self) -> Interval:
        """Between which shares the truthfulness probably lies."""
        return likely_share(self.truth.confirmed, self.truth.judged)

    @property
    def persons_lacking(self) -> float:
        """Which part of the persons lack something, at most: by this the weakest places come first."""
        persons = self.subjects["person"]
        return sum(self.gaps.values()) / persons if persons else 0.0


def quality_area(scope: Scope, code: str) -> Scope:
    """What is looked at: a region, or all of the reader's own for ''. NotFound outside the scope."""
    if code and (not within(code, scope) or len(code) != 6):
        raise NotFound
    return region_scope(scope, code)


def quality_by_source(area: Scope) -> list[Quality]:
    """All sources of an area, those with the greatest share of refused and waiting rows first."""
    found: dict[str, Quality] = defaultdict(lambda: Quality(""))
    for row in SourceQuality.objects.filter(computation=computation_of(None)):
        if within(row.home, area):
            _take(found[row.source], row)
    _take_imports(area, lambda each: found[each.source])
    for source, waiting in waiting_by_source(area).items():
        found[source].waiting = waiting
    for source, truth in truth_by(area, lambda home, source: source).items():
        found[source].truth = truth
    for name, quality in found.items():
        quality.name = name
    return sorted(found.values(), key=lambda each: (-each.refused_share, -each.waiting, each.name))


def quality_by_place(scope: Scope, code: str) -> tuple[View, list[tuple[Place, Quality]]]:
    """The places directly in a region (a county: itself), those whose files lack most first. NotFound outside the scope."""
    view, area = region_view(scope=scope, code=code), quality_area(scope, code)
    here = place(code)
    if here is None:
        raise NotFound
    places = [each for each in view.places if len(each.code) == 6] or [here]
    found = {each.code: _of_place(each, view) for each in places}
    other = Quality("")

    def of(home: str) -> Quality:
        return found.get(_holding(home, found), other)

    for row in SourceQuality.objects.filter(computation=view.computation):
        if within(row.home, area):
            _newest(of(row.home), row.newest)
    _take_imports(area, lambda each: of(each.county or each.city or each.province))
    for at, truth in truth_by(area, lambda home, source: _holding(home, found)).items():
        found.get(at, other).truth = truth
    return view, sorted(
        ((each, found[each.code]) for each in places), key=lambda pair: -pair[1].persons_lacking
    )


def league(rows: list[Quality]) -> list[tuple[int | None, Quality]]:
    """Sources or places by how true their rows turned out to be, with their places; None for those of too few judged rows."""
    judged = [each for each in rows if each.truth.judged]
    ordered = sorted(judged, key=lambda each: rank_key(each.truth.confirmed, each.truth.judged))
    enough = sum(not rank_key(each.truth.confirmed, each.truth.judged)[0] for each in ordered)
    return [(at + 1 if at < enough else None, each) for at, each in enumerate(ordered)]


def firms_with_gaps(area: Scope) -> QuerySet[FirmStanding]:
    """Firms whose staff's files lack something, those that lack most first."""
    return FirmStanding.objects.in_scope(area).filter(gaps__gt=0).order_by(*FIRM_ORDER)


def _of_place(each: Place, view: View) -> Quality:
    """The numbers of a place that the indicators hold."""
    quality = Quality(each.code, waiting=view.value("people.unresolved", each.code))
    quality.subjects["person"] = view.value("people.persons", each.code)
    quality.gaps.update(
        {name: view.value(indicator, each.code) for name, indicator in GAP_INDICATORS.items()}
    )
    return quality


def _holding(home: str, places: Mapping[str, object]) -> str:
    """Which of some places holds a home; '' where none does."""
    known = place(home)
    path = known.path_codes if known else (home,)
    return next((code for code in reversed(path) if code in places), "")


def _take(quality: Quality, row: SourceQuality) -> None:
    quality.places.add(row.home)
    quality.subjects[row.register] += row.subjects
    quality.gaps.update({name: getattr(row, name) for name in GAPS})
    _newest(quality, row.newest)


def _newest(quality: Quality, day: date) -> None:
    quality.newest = max(filter(None, (quality.newest, day)))


def _take_imports(area: Scope, of: Callable[[SheetImport], Quality]) -> None:
    """What was read of published files, and what of it was sent back."""
    rows = SheetImport.objects.in_scope(area).filter(state="published")
    for each in rows.only("source", "counts", "province", "city", "county"):
        checked, quality = each.counts.get("checked", {}), of(each)
        quality.rows += checked.get("rows", 0)
        quality.refused += checked.get("refused", 0)
