"""Counting what a place's registers hold against the numbers that a document states, and imports against their figures.

Only the registers are counted, as a reader of the county sees them; the workbooks are not looked at.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from chelun.core.scope import Node, Scope
from chelun.engines.names import normalise_firm
from chelun.firms.models import FirmStanding, Stay
from chelun.firms.thresholds import FLEET, ROW, Book
from chelun.people.choices import WorkKind
from chelun.people.models import (
    Engagement,
    EnterpriseCard,
    EnterpriseSource,
    PersonCard,
    PersonSource,
    SourceRecord,
    VehicleCard,
    VersionedQuerySet,
)
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport
from scenarios.common.model import Figures, Stated
from scenarios.places import Place

R = TypeVar("R", bound=SourceRecord)
LARGE = 50
"""Vehicles from which a freight firm is on the register of S1."""
NEW_EMPLOYMENT = (WorkKind.TRUCK, WorkKind.RIDE_HAIL, WorkKind.COURIER, WorkKind.DELIVERY)


@dataclass(frozen=True, slots=True)
class Count:
    """A stated number and what the registers come to."""

    stated: Stated
    counted: int
    address: str = ""
    """Of the list that holds just the rows that were counted; '' where no single list does."""
    lines: tuple[str, ...] = ()
    """What was counted, where the statement lists it."""

    @property
    def differences(self) -> list[str]:
        """Lines that a statement lists and the registers lack, and the other way round."""
        return sorted(set(self.lines) ^ set(self.stated.listed))

    @property
    def holds(self) -> bool:
        """Whether the registers bear the statement out; where it says «more than», more."""
        if self.differences:
            return False
        if self.stated.how == "at_least":
            return self.counted >= self.stated.number
        if self.stated.how == "more_than":
            return self.counted > self.stated.number
        return self.counted == self.stated.number


@dataclass(frozen=True, slots=True)
class ImportCount:
    """One workbook: what it must come to, and what its import did (None: it was never brought in)."""

    file_name: str
    expected: Figures
    found: Figures | None

    @property
    def holds(self) -> bool:
        """Whether all figures agree; the order of dropped columns does not matter."""
        return self.found is not None and not self.differences()

    def differences(self) -> dict[str, tuple[Any, Any]]:
        """Each figure that differs: (expected, found)."""
        if self.found is None:
            return {}
        pairs = {name: (getattr(self.expected, name), getattr(self.found, name)) for name in NUMBERS}
        pairs["dropped"] = (tuple(sorted(self.expected.dropped)), tuple(sorted(self.found.dropped)))
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


NUMBERS = ("rows", "created", "joined", "unresolved", "refused")


def check_place(place: Place, *, today: date) -> list[Count]:
    """Every stated number of a place, counted."""
    view = _View(place.region, today)
    return [_count(view, each, rows_of(place, each)) for each in place.stated]


def _count(view: "_View", stated: Stated, address: str) -> Count:
    if stated.listed:
        lines = tuple(LISTERS[stated.key](view))
        return Count(stated, len(lines), address, lines)
    return Count(stated, COUNTERS[stated.key](view, stated), address)


def rows_of(place: Place, stated: Stated) -> str:
    """The address of the list that holds just the rows of a stated number; '' where no single list does."""
    if not stated.rows:
        return ""
    return f"{reverse(f'people:{stated.rows}_list')}?{urlencode({'region': place.region, **stated.query})}"


def check_imports(place: Place) -> list[ImportCount]:
    """Every workbook of a place beside its published import."""
    level = {name: code for name, code in placed(place.region).items() if code}
    published = SheetImport.objects.filter(state=ImportState.PUBLISHED, **level)
    found = {each.file_name: each for each in published.order_by("created_at")}
    return [
        ImportCount(name, expected, figures_of(found[name]) if name in found else None)
        for name, expected in sorted(place.figures.items())
    ]


def figures_of(sheet_import: SheetImport) -> Figures:
    """What an import did, in the form in which it was expected."""
    checked = sheet_import.counts.get("checked", {})
    outcome = _sums(sheet_import.counts.get("outcome", {}).values())
    return Figures(
        rows=checked.get("rows", 0),
        created=outcome.get("created", 0),
        joined=outcome.get("changed", 0) + outcome.get("unchanged", 0),
        unresolved=outcome.get("unresolved", 0),
        refused=checked.get("refused", 0),
        dropped=tuple(column["head"].rsplit("/", 1)[-1] for column in sheet_import.dropped),
    )


def _sums(outcomes: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for outcome in outcomes:
        for name, count in outcome.items():
            found[name] = found.get(name, 0) + count
    return found


class _View:
    """A county's registers as its readers see them on a day."""

    def __init__(self, region: str, today: date) -> None:
        self._scope = Scope.of([Node("region", region)])
        self._hidden = hidden_batches()
        self._today = self.today = today

    def stays(self, register: str) -> QuerySet[Stay]:
        """The firms that are in a register today."""
        return Stay.objects.in_scope(self._scope).filter(register=register, to_day=None)

    def firms(self) -> QuerySet[EnterpriseCard]:
        """Firms that a ledger has named."""
        cards = EnterpriseCard.objects.in_scope(self._scope).visible(self._hidden)
        return cards.filter(mentioned_only=False)

    def vehicles(self) -> QuerySet[VehicleCard]:
        """Vehicles that a ledger has named."""
        cards = VehicleCard.objects.in_scope(self._scope).visible(self._hidden)
        return cards.filter(mentioned_only=False)

    def staff(self) -> QuerySet[Engagement]:
        """Employments at those firms that have not ended."""
        ties = Engagement.objects.in_scope(self._scope).visible(self._hidden)
        lasting = Q(to_date=None) | Q(to_date__gte=self._today)
        return ties.filter(lasting, enterprise__in=self.firms().values("enterprise"))

    def records(self, rows: VersionedQuerySet[R], stated: Stated) -> VersionedQuerySet[R]:
        """What the source of a statement has brought."""
        return rows.in_scope(self._scope).visible(self._hidden).filter(source=stated.query["source"])

    def persons(self) -> QuerySet[PersonCard]:
        """Everybody on file; one card for each place that knows him."""
        return PersonCard.objects.in_scope(self._scope).visible(self._hidden)

    def workers(self, kinds: Iterable[str]) -> QuerySet[PersonCard]:
        """Persons of one of these kinds of work."""
        of_kind = Q(pk__in=[])
        for kind in kinds:
            of_kind |= Q(kind=kind) | Q(more_kinds__contains=kind)
        return self.persons().filter(of_kind)


def _firms(view: _View, _: Stated) -> int:
    return view.firms().values("enterprise").distinct().count()


def _firms_of_source(view: _View, stated: Stated) -> int:
    named = view.records(EnterpriseSource.objects.all(), stated)
    return (
        view.firms().filter(enterprise__in=named.values("enterprise")).values("enterprise").distinct().count()
    )


def _staff(view: _View, _: Stated) -> int:
    return view.staff().values("person").distinct().count()


def _new_employment(view: _View, _: Stated) -> int:
    workers = view.workers(NEW_EMPLOYMENT).exclude(person__in=view.staff().values("person"))
    return workers.values("person").distinct().count()


def _drivers(view: _View, _: Stated) -> int:
    return view.workers([WorkKind.TRUCK]).values("person").distinct().count()


def _workers(view: _View, _: Stated) -> int:
    kinds = (WorkKind.COURIER, WorkKind.TRUCK, WorkKind.RIDE_HAIL)
    return view.workers(kinds).values("person").distinct().count()


def _persons_of_source(view: _View, stated: Stated) -> int:
    return view.records(PersonSource.objects.all(), stated).values("person").distinct().count()


def _fleets_of_50(view: _View) -> Iterator[str]:
    """Freight firms of the ledger with so many vehicles of their own, with how many, and how many drivers work there."""
    freight = view.firms().filter(kind=WorkKind.TRUCK)
    fleets = (
        view.vehicles().filter(enterprise__in=freight.values("enterprise")).order_by().values("enterprise")
    )
    large = dict(
        fleets.annotate(n=models.Count("vehicle", distinct=True))
        .filter(n__gte=LARGE)
        .values_list("enterprise", "n")
    )
    staff = (
        view.staff()
        .filter(kind=WorkKind.TRUCK)
        .order_by()
        .values("enterprise")
        .annotate(n=models.Count("person", distinct=True))
    )
    drivers = dict(staff.values_list("enterprise", "n"))
    for firm, name in (
        freight.filter(enterprise__in=large).order_by("pinyin", "id").values_list("enterprise", "name")
    ):
        yield f"{normalise_firm(name)} {large[firm]} {drivers.get(firm, 0)}"


def _register_fleet(view: _View) -> Iterator[str]:
    """Who is in the product's own register by threshold, and what it counts of each now."""
    book = Book.of(view.today)
    names = {
        (row["enterprise_id"], row["home"]): row
        for row in FirmStanding.objects.filter(enterprise__in=view.stays(FLEET).values("enterprise")).values(
            "name", *ROW
        )
    }
    for stay in view.stays(FLEET).order_by("id"):
        rule, row = book.rule(FLEET, stay.home), names[stay.enterprise_id, stay.home]
        assert rule
        yield f"{normalise_firm(row['name'])} {rule.count(row)}"


def _register_by_hand(view: _View, stated: Stated) -> int:
    return view.stays(stated.query["register"]).values("enterprise").distinct().count()


LISTERS: dict[str, Callable[[_View], Iterator[str]]] = {
    "fleets_of_50": _fleets_of_50,
    "register_fleet": _register_fleet,
}
"""How the lines of a register are found that a statement lists (`Stated.listed`)."""


def _persons(view: _View, _: Stated) -> int:
    return view.persons().values("person").distinct().count()


def _cities(view: _View, _: Stated) -> int:
    return view.persons().exclude(city="").values("city").distinct().count()


def _counties(view: _View, _: Stated) -> int:
    return view.persons().exclude(county="").values("county").distinct().count()


COUNTERS: dict[str, Callable[[_View, Stated], int]] = {
    "firms": _firms,
    "firms_of_source": _firms_of_source,
    "register_by_hand": _register_by_hand,
    "staff": _staff,
    "new_employment": _new_employment,
    "drivers": _drivers,
    "workers": _workers,
    "persons": _persons,
    "cities": _cities,
    "counties": _counties,
    "persons_of_source": _persons_of_source,
}
"""How each stated number (`Stated.key`) is counted; `Stated.counted` says the same in words."""
