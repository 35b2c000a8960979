"""What the rooms below know of firms, gathered into rows: by a handful of statements, whether of one firm or of all."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q

from chelun.firms.models import FirmStanding
from chelun.people.models import Engagement, EnterpriseCard, LeafName, PersonCard, SourceRank, VehicleCard
from chelun.people.rules.facts import Record, survivors
from chelun.people.rules.ranks import DEFAULT, Ranking, from_json, nearest, ranking_of
from chelun.people.selectors.joins import Joins
from chelun.people.selectors.sources import GAPS, stale_before
from chelun.people.services.intake.ranking import path_of_place
from chelun.people.services.intake.shelf import ENTERPRISES
from chelun.platform.regions.selectors import placed

Pair = tuple[UUID, str]
"""(firm, place)."""
Hidden = Collection[UUID]
Days = Mapping[str, date]
DAYS = {
    "status": "status_on", "kinds": "kind_on", "uscc": "uscc_on", "investors": "investors_on",
    "legal_representative": "representative_on", "staff": "staff_stated_on",
}  # fmt: skip
"""Fact of a firm's record → the column that holds the day on which it was last said."""
COPIED = (
    "enterprise_id", "home", "province", "city", "county", "township", "name", "pinyin", "uscc", "kind", "status",
    "mentioned_only", "known_by", "as_of", "staff_stated", "vehicles_stated",
)  # fmt: skip
"""What a row has from the card."""
COUNTED = (
    "staff", "staff_on", "vehicles", "vehicle_kinds", "without_id", "without_phone", "stale", "gaps",
)  # fmt: skip
CHUNK = 2_000


@dataclass(slots=True)
class Counts:
    """How many persons and vehicles on file a firm has in a place, what the persons' files lack, and the newest day of its staff list."""

    staff: int = 0
    staff_on: date | None = None
    vehicles: int = 0
    vehicle_kinds: dict[str, int] = field(default_factory=dict)
    without_id: int = 0
    without_phone: int = 0
    stale: int = 0

    @property
    def gaps(self) -> int:
        """All that is lacking: by this the weakest firms come first."""
        return self.without_id + self.without_phone + self.stale


def cards_of(hidden: Hidden, firms: Collection[UUID] | None = None) -> Iterator[dict[str, Any]]:
    """The standing card of each firm in each place, with the columns that are copied; of all firms or of some."""
    cards = _only(EnterpriseCard.objects.visible(hidden), Joins(()), firms)
    yield from cards.order_by().values("id", *COPIED).iterator(chunk_size=CHUNK)


def counts_of(hidden: Hidden, today: date, firms: Collection[UUID] | None = None) -> dict[Pair, Counts]:
    """Who works for each firm today and which vehicles it has, in each place."""
    found: dict[Pair, Counts] = defaultdict(Counts)
    joins = joins_of(firms)
    works = _only(Engagement.objects.visible(hidden), joins, firms)
    works = works.filter(Q(to_date=None) | Q(to_date__gte=today)).order_by()
    counted = works.values("enterprise", "home").annotate(n=Count("person", distinct=True))
    for firm, home, staff in counted.values_list("enterprise", "home", "n"):
        found[joins.pair((firm, home))].staff += staff
    _count_once(found, works, joins)
    if firms is None:
        _count_gaps(found, works, hidden, joins)
    persons = _only(PersonCard.objects.visible(hidden), joins, firms).order_by().values("enterprise", "home")
    for firm, home, newest in persons.annotate(day=Max("as_of")).values_list("enterprise", "home", "day"):
        counts = found[joins.pair((firm, home))]
        counts.staff_on = max(counts.staff_on or newest, newest)
    vehicles = _only(VehicleCard.objects.visible(hidden), joins, firms).order_by()
    vehicles = vehicles.values("enterprise", "home", "kind").annotate(n=Count("id"))
    for firm, home, kind, n in vehicles.values_list("enterprise", "home", "kind", "n"):
        counts = found[joins.pair((firm, home))]
        counts.vehicles += n
        counts.vehicle_kinds[kind] = counts.vehicle_kinds.get(kind, 0) + n
    return found


def joins_of(firms: Collection[UUID] | None) -> Joins:
    """The merges around some firms; around all for None."""
    if firms is not None:
        return Joins.around(firms)
    named = LeafName.objects.filter(register=ENTERPRISES.register).values_list("leaf", flat=True)
    return Joins.around(set(named))


def _count_once(found: dict[Pair, Counts], works: Any, joins: Joins) -> None:
    """Who works for several leaves of a joined firm counts once."""
    if not joins.leaves:
        return
    named = works.filter(enterprise__in=joins.leaves).values_list("enterprise", "home", "person").distinct()
    staff = Counter(
        pair for pair, _person in {(joins.pair((firm, home)), person) for firm, home, person in named}
    )
    for pair, n in staff.items():
        found[pair].staff = n


def _count_gaps(found: dict[Pair, Counts], works: Any, hidden: Hidden, joins: Joins) -> None:
    """What the files of a firm's staff lack, in the places where it works: only those that lack something are looked at.

    Some at a time, by key: a PostgreSQL that has not yet been told what its tables hold would join them row by row.
    """
    lacking = Q(has_id=False) | Q(phone_index="") | Q(as_of__lt=stale_before())
    cards = PersonCard.objects.visible(hidden).filter(lacking).order_by()
    columns = cards.values_list("person", "home", "has_id", "phone_index", "as_of")
    waiting, counted = columns.iterator(chunk_size=CHUNK), set[tuple[Pair, UUID]]()
    while some := list(islice(waiting, CHUNK)):
        gaps = {
            (person, home): (not has_id, not phone, as_of < stale_before())
            for person, home, has_id, phone, as_of in some
        }
        ties = works.filter(person__in={person for person, _home in gaps})
        for firm, home, person in ties.order_by().values_list("enterprise", "home", "person").distinct():
            pair = joins.pair((firm, home))
            joined = firm in joins.leaves
            if (person, home) not in gaps or (joined and (pair, person) in counted):
                continue
            if joined:
                counted.add((pair, person))
            counts = found[pair]
            for name, lacks in zip(GAPS, gaps[person, home], strict=True):
                setattr(counts, name, getattr(counts, name) + lacks)


def days_of_facts(hidden: Hidden, firms: Iterable[UUID]) -> dict[Pair, dict[str, date]]:
    """Of each standing fact of these firms the newest day on which a source said just this, by its column."""
    found: dict[Pair, dict[str, date]] = {}
    waiting, rankings = iter(firms), _Rankings(hidden)
    while some := list(islice(waiting, CHUNK)):
        joins = Joins.around(some)
        records: dict[Pair, list[Record]] = defaultdict(list)
        for home, record in _records(hidden, joins.leaves.union(some)):
            records[joins.pair((record.subject, home))].append(record)
        found.update((pair, _days(said, rankings.of(pair[1]))) for pair, said in records.items())
    return found


def standing_of(card: EnterpriseCard, hidden: Hidden, today: date) -> FirmStanding:
    """A firm in the place of one of its cards, as it stands at this moment; not saved."""
    firm, pair = [card.enterprise_id], (card.enterprise_id, card.home)
    counts = counts_of(hidden, today, firm).get(pair, Counts())
    days = days_of_facts(hidden, firm).get(pair, {})
    copied = {name: getattr(card, name) for name in COPIED}
    return row_of(copied | {"id": card.pk}, counts, days)


def row_of(card: Mapping[str, Any], counts: Counts, days: Days) -> FirmStanding:
    """The row of a firm in a place."""
    copied = {name: card[name] for name in COPIED}
    counted = {name: getattr(counts, name) for name in COUNTED}
    return FirmStanding(card=card["id"], **copied, **counted, **days)


def _only(rows: Any, joins: Joins, firms: Collection[UUID] | None) -> Any:
    if firms is None:
        return rows.exclude(enterprise=None)
    return rows.filter(enterprise__in=joins.leaves.union(firms))


def _records(hidden: Hidden, firms: Collection[UUID]) -> Iterator[tuple[str, Record]]:
    """What sources said of these firms, without what lies sealed: no light reads it."""
    rows = ENTERPRISES.sources.visible(hidden).filter(enterprise__among=firms)
    names = ("home", "id", "enterprise_id", "facts", "source", "as_of", "known_at", "door")
    for home, *values in rows.values_list(*names).iterator(chunk_size=CHUNK):
        yield home, Record(*values)


def _days(said: Sequence[Record], ranking: Ranking) -> dict[str, date]:
    found = {}
    for name, survivor in survivors(said, ranking).items():
        if name in DAYS:
            found[DAYS[name]] = max(
                record.as_of for record in said if record.facts.get(name) == survivor.value
            )
    return found


class _Rankings:
    """By what each place weighs what its sources say of firms: the rules of all places by one query."""

    def __init__(self, hidden: Hidden) -> None:
        rules = SourceRank.objects.visible(hidden).filter(register=ENTERPRISES.register)
        self._rules = dict(rules.values_list("home", "lines"))
        self._known: dict[str, Ranking] = {}

    def of(self, home: str) -> Ranking:
        """The ranking of a place."""
        if home not in self._known:
            path = path_of_place(placed(home))
            lines = nearest(((code, self._rules[code]) for code in path if code in self._rules), path)
            self._known[home] = (
                DEFAULT if lines is None else ranking_of(ENTERPRISES.register, from_json(lines))
            )
        return self._known[home]
