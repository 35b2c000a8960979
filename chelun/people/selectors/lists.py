"""The lists of persons, firms and vehicles (of papers: papers.py). Equality on one level column, then the order of the (level, pinyin or plate, id) index."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from chelun.core.errors import NotFound
from chelun.core.scope import Node, Scope
from chelun.engines.ids import PROVINCE_SIGNS
from chelun.engines.names import simplify
from chelun.people.addresses import named
from chelun.people.models import (
    Card,
    DriverTie,
    Engagement,
    EnterpriseCard,
    PersonCard,
    VehicleCard,
    VersionedQuerySet,
)
from chelun.people.selectors.facets import NAMES, narrowed_by
from chelun.people.selectors.joins import Joins, leaves_called, naming, with_number
from chelun.people.selectors.owned import Narrowing, Own, asked_of
from chelun.people.selectors.search import (
    WHOLE_PLATE,
    Asked,
    few_of_tail,
    in_the_open,
    name_among,
    person_condition,
    prefix_of_plate,
    read_or_initials,
)
from chelun.people.selectors.sourced import sourced
from chelun.people.services.intake.shelf import shelf_of_card
from chelun.platform.regions.rules import level_of
from chelun.platform.regions.selectors import children, placed, within
from chelun.platform.sheets.batches import hidden_batches

M = TypeVar("M", bound=Card)
Hidden = Collection[UUID]
NOTHING = Asked("nothing")
PERSON_ORDER = ("pinyin", "id")
ENTERPRISE_ORDER = ("known_by", "pinyin", "id")
"""Firms with a record of their own, then those with a credit code, then those of which only a name is known."""
VEHICLE_ORDER = ("plate", "id")
SHORTEST_OF_FIRM, FIRMS_NAMED = 2, 200
"""A firm is meant by no fewer characters; so many are named in a statement before it looks for them itself."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed by; '' and None narrow nothing. `asked` is what the search box recognised.

    `missing` names a fact that the card lacks; `batch` an import that brought rows of it; `older` shows what is
    older than a day; `known` asks for the list as it was at a moment (lists_then.py); `facets` are the asked values of what tells rows apart (facets.py); `unplaced` shows what names
    no place directly below the region, `first` with a batch what that import was the first to name; `own` are fields
    of places with what is asked of them. Of papers `due_from` and `due_to` bound the last day of those that have one.
    """

    asked: Asked = NOTHING
    region: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    enterprise: UUID | None = None
    platform: str = ""
    missing: str = ""
    no_id: bool = False
    source: str = ""
    batch: UUID | None = None
    older: date | None = None
    unplaced: bool = False
    first: bool = False
    own: Own = ()
    known: datetime | None = None
    due_from: date | None = None
    due_to: date | None = None
    issuer: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """As the address of a list says (and the parameters of an export). What cannot be read narrows to nothing."""
        return cls(
            asked=in_the_open(query.get("q", "")),
            region=query.get("region", ""),
            facets=tuple((name, query[name]) for name in sorted(NAMES) if query.get(name)),
            enterprise=named(query.get("enterprise", "")),
            platform=query.get("platform", ""),
            missing=query.get("missing", ""),
            no_id=bool(query.get("no_id")),
            source=query.get("source", ""),
            batch=key_of(query.get("batch", "")),
            older=_day(query.get("older", "")),
            unplaced=bool(query.get("unplaced")),
            first=bool(query.get("first")),
            own=asked_of(query),
            known=_moment(query.get("known", "")),
            due_from=_day(query.get("due_from", "")),
            due_to=_day(query.get("due_to", "")),
            issuer=query.get("issuer", ""),
        )


def key_of(text: str) -> UUID | None:
    """A key in an address; one that nobody has when it cannot be read, None when there is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return UUID(int=0)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return date.min


def _moment(text: str) -> datetime | None:
    """In the installation's time zone; nothing was known at one that cannot be read."""
    try:
        return timezone.make_aware(datetime.fromisoformat(text[:16])) if text else None
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def narrowed(scope: Scope, region: str) -> Q:
    """The condition of a region inside the scope; NotFound for one outside, nothing for ''."""
    if not region:
        return Q()
    if not within(region, scope):
        raise NotFound
    levels = {level: code for level, code in placed(region).items() if code}
    finest = "township" if "township" in levels else list(levels)[-1]
    wanted = {finest, "county"} & levels.keys()
    return Q(**{level: levels[level] for level in wanted})


def region_scope(scope: Scope, region: str) -> Scope:
    """The scope of a region within the reader's own; his own for ''."""
    return Scope.of([Node("region", region)]) if region and len(region) == 6 else scope


def person_list(scope: Scope, filters: Filters) -> VersionedQuerySet[PersonCard]:
    """Cards of persons in order of pinyin."""
    hidden = hidden_batches()
    rows = base_rows(PersonCard.objects.all(), scope, filters, hidden)
    if filters.enterprise:
        rows = rows.filter(person__in=staff_of(scope, hidden, [filters.enterprise]).values("person"))
    if filters.platform:
        rows = rows.filter(platform=filters.platform)
    if filters.no_id:
        rows = rows.filter(has_id=False)
    if filters.missing == "phones":
        rows = rows.filter(phone_index="")  # an index holds these alone
    return rows.filter(_person_asked(scope, hidden, filters.asked)).order_by(*PERSON_ORDER)


def enterprise_list(scope: Scope, filters: Filters) -> VersionedQuerySet[EnterpriseCard]:
    """Cards of firms, those that are only mentioned last, in order of pinyin."""
    rows = base_rows(EnterpriseCard.objects.all(), scope, filters, hidden_batches())
    return rows.filter(enterprise_asked(filters.asked)).order_by(*ENTERPRISE_ORDER)


def vehicle_list(scope: Scope, filters: Filters) -> VersionedQuerySet[VehicleCard]:
    """Cards of vehicles in order of plates."""
    hidden = hidden_batches()
    rows = base_rows(VehicleCard.objects.all(), scope, filters, hidden)
    if filters.enterprise:
        rows = rows.filter(naming("enterprise", [filters.enterprise]))
    return rows.filter(_vehicle_asked(scope, hidden, filters.asked)).order_by(*VEHICLE_ORDER)


def staff_of(
    scope: Scope, hidden: Hidden, enterprises: Collection[UUID], *, ended: bool = False
) -> VersionedQuerySet[Engagement]:
    """Who works for these firms today, as places in scope know it; those who have left as well with `ended`."""
    rows = Engagement.objects.in_scope(scope).visible(hidden).filter(naming("enterprise", enterprises))
    if ended:
        return rows
    return rows.filter(Q(to_date=None) | Q(to_date__gte=timezone.localdate()))


def staff_counts(scope: Scope, enterprises: Collection[UUID]) -> dict[UUID, int]:
    """How many persons on file work for each firm today, for joined ones once over all their leaves. A constant number of queries."""
    rows, joins = staff_of(scope, hidden_batches(), enterprises).order_by(), Joins.around(enterprises)
    counted = rows.values("enterprise").annotate(people=Count("person", distinct=True))
    found = {row["enterprise"]: row["people"] for row in counted.exclude(enterprise__in=joins.leaves)}
    if joins.leaves:
        named = (
            rows.filter(enterprise__in=joins.leaves).values_list("enterprise", "home", "person").distinct()
        )
        pairs = {(joins.whole(firm, home), person) for firm, home, person in named if firm}
        found |= Counter(firm for firm, _person in pairs)
    return found


def base_rows(
    rows: VersionedQuerySet[M], scope: Scope, filters: Filters, hidden: Hidden
) -> VersionedQuerySet[M]:
    """Scope, visibility and what all lists can be narrowed by."""
    rows = plainly_narrowed(rows, scope, filters).visible(hidden)
    own = Narrowing.of(filters.own, _county(scope, filters.region))
    rows = own(rows)
    for condition in sourced(rows.model, hidden, filters.source, filters.batch, first=filters.first):
        rows = rows.filter(condition)
    if filters.asked.kind == "nothing" and not (filters.source or filters.batch):
        rows = rows.filter(*_foremost(rows.model, scope, filters.region, hidden, own))
    return rows


def plainly_narrowed(rows: VersionedQuerySet[M], scope: Scope, filters: Filters) -> VersionedQuerySet[M]:
    """Cards of today or of the past in scope, narrowed by what stands on a card of any register."""
    rows = rows.in_scope(region_scope(scope, filters.region)).filter(narrowed(scope, filters.region))
    if filters.missing:
        rows = rows.filter(missing__contains=filters.missing)
    if filters.unplaced:
        rows = rows.filter(**{level_below(filters.region): ""})
    if filters.older:
        rows = rows.filter(as_of__lt=filters.older)
    return rows.filter(narrowed_by(shelf_of_card(rows.model).register, filters.facets))


def level_below(region: str) -> str:
    """The level column of the places directly below a region; the township's where nothing is known."""
    below = children(region) if region else ()
    return below[0].level if below else "township"


def _foremost(model: type[Any], scope: Scope, region: str, hidden: Hidden, own: Narrowing) -> Iterable[Any]:
    """Where several places may know the same subject: its first card only, as the indicators count it; of those cards
    that say what is asked of a field of a place, the first of them.

    A search and a source are not narrowed so: what another place wrote must be found as well.
    """
    reach = region_scope(scope, region)
    if is_one_county(scope, region):
        return
    subject = shelf_of_card(model).subject
    others = model.objects.in_scope(reach).visible(hidden).filter(**{subject: OuterRef(subject)})
    yield ~Exists(own(others.filter(stands_before(model))))


def is_one_county(scope: Scope, region: str = "") -> bool:
    """Whether only one county's rows can be seen, or are asked for."""
    places = [region] if region else [node.key for node in scope.nodes if node.kind == "region"]
    alone = bool(region) or len(scope.nodes) == 1
    return alone and [level_of(code) in ("county", "township") for code in places] == [True]


def _county(scope: Scope, region: str) -> str:
    """The one county whose rows are asked for; '' where there are several."""
    if not is_one_county(scope, region):
        return ""
    return placed(region or next(iter(scope.keys("region"))))["county"]


def stands_before(model: type[Any]) -> Q:
    """The cards (or rows like cards) that stand before the outer one in the order of `first_cards`."""
    condition = Q()
    for name in reversed(first_cards(model)):
        field = name.lstrip("-")
        further = Q(**{f"{field}__{'gt' if name != field else 'lt'}": OuterRef(field)})
        condition = further | Q(**{field: OuterRef(field)}) & condition if condition else further
    return condition


def first_cards(model: type[Any]) -> tuple[str, ...]:
    """Which card stands for a subject of several places: one of a ledger, then the newest."""
    ledgers_first = [field.name for field in model._meta.concrete_fields if field.name == "mentioned_only"]
    return (*ledgers_first, "-as_of", "id")


def _person_asked(scope: Scope, hidden: Hidden, asked: Asked) -> Q:
    cards = PersonCard.objects.in_scope(scope).visible(hidden)
    match asked.kind:
        case "nothing":
            return Q()
        case "plate":
            return _drives(scope, hidden, asked.text)
        case "tail":
            return Q(pk__in=few_of_tail(cards, asked))
        case "chinese":
            return name_among(cards, asked.text) | _of_firms(scope, hidden, asked)
        case "id":
            return (person_condition(asked) or Q()) | with_number(scope, hidden, asked.text)
    return person_condition(asked) or Q(pk__in=[])


def _drives(scope: Scope, hidden: Hidden, plate: str) -> Q:
    cards = VehicleCard.objects.in_scope(scope).visible(hidden).filter(prefix_of_plate(plate))
    drivers = DriverTie.objects.in_scope(scope).visible(hidden)
    driven = Q(person__in=drivers.filter(vehicle__in=cards.values("vehicle")).values("person"))
    leaves = leaves_called(scope, "vehicle", prefix_of_plate(plate, "key"))
    return driven | Q(person__in=drivers.filter(vehicle__in=leaves).values("person")) if leaves else driven


def _of_firms(scope: Scope, hidden: Hidden, asked: Asked) -> Q:
    """Persons or vehicles of the firms whose names hold the text. Where no firm does, names of persons stay a range of
    the index, and no vehicle is looked at: a million of them are never passed over for a text.
    """
    if len(asked.text) < SHORTEST_OF_FIRM:
        return Q()
    firms = firms_named(scope, hidden, asked) if asked.firms is None else asked.firms
    if len(firms) > FIRMS_NAMED:
        return Q(enterprise__in=_firms_asked(scope, hidden, asked).values("enterprise"))
    return naming("enterprise", firms) if firms else Q()


def firms_named(scope: Scope, hidden: Hidden, asked: Asked) -> tuple[UUID, ...]:
    """The firms whose names hold the text, one more than are named in a statement: a walk over all names of firms."""
    found = _firms_asked(scope, hidden, asked).values_list("enterprise", flat=True)
    return tuple(found[: FIRMS_NAMED + 1])


def _firms_asked(scope: Scope, hidden: Hidden, asked: Asked) -> VersionedQuerySet[EnterpriseCard]:
    return EnterpriseCard.objects.in_scope(scope).visible(hidden).filter(enterprise_asked(asked))


def enterprise_asked(asked: Asked) -> Q:
    """The condition on a firm's card; nobody for what no firm can be found by."""
    match asked.kind:
        case "nothing":
            return Q()
        case "uscc":
            return Q(uscc=asked.text)
        case "latin":
            return read_or_initials(asked.text)
        case "chinese" | "plate" if asked.kind == "chinese" or len(asked.text) < WHOLE_PLATE:
            # Firms are few beside persons, and known by the middle of their names; no name holds a whole plate.
            texts = {simplify(asked.text), asked.text}
            held = Q(*(Q(name__contains=text) for text in sorted(texts)), _connector=Q.OR)
            known = asked.firms is not None and len(asked.firms) <= FIRMS_NAMED
            return held & Q(enterprise__in=asked.firms) if known else held
    return Q(pk__in=[])


def _vehicle_asked(scope: Scope, hidden: Hidden, asked: Asked) -> Q:
    match asked.kind:
        case "nothing":
            return Q()
        case "plate":
            return prefix_of_plate(asked.text)
        case "chinese":
            # Of a plate only the first sign is Chinese.
            plates = Q(plate__startswith=asked.text) if asked.text in set(PROVINCE_SIGNS) else Q(pk__in=[])
            return plates | _of_firms(scope, hidden, asked)
    return Q(pk__in=[])
