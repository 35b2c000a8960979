"""Which firms a list of lights shows, each row with what its lights say; and what one firm's lights say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from chelun.core.scope import Scope
from chelun.engines.names import simplify
from chelun.firms.choices import COUNTED, FactState, LightState
from chelun.firms.lights import FEEDS, LIGHTS, Firm, Known, Light, Need, days_of, fed_lights, shining
from chelun.firms.models import FirmReview, FirmStanding
from chelun.firms.rules import fact_state, light_state
from chelun.firms.selectors.gathering import standing_of
from chelun.firms.terms import Terms
from chelun.people.choices import KnownBy
from chelun.people.displays.words import KindNames
from chelun.people.models import EnterpriseCard
from chelun.people.selectors.lists import (
    ENTERPRISE_ORDER,
    is_one_county,
    narrowed,
    region_scope,
    stands_before,
)
from chelun.people.selectors.records import Held
from chelun.people.selectors.search import Asked, in_the_open, prefix
from chelun.platform.regions.words import PlaceValues
from chelun.platform.sheets.batches import hidden_batches

ORDER = ENTERPRISE_ORDER


@dataclass(frozen=True, slots=True)
class LightFilters:
    """What the list is narrowed by; '' narrows nothing. `light` and `state` belong together."""

    asked: Asked
    region: str = ""
    kind: str = ""
    light: str = ""
    state: str = ""
    mentioned: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """As the address of the list says; what cannot be read narrows to nothing."""
        light, _colon, state = query.get("light", "").partition(":")
        return cls(
            in_the_open(query.get("q", "")), query.get("region", ""), query.get("kind", ""), light, state,
            query.get("mentioned", ""),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact of a light as it stands: what is known of it, what is the matter with it, when it will be or was too old."""

    need: Need
    known: Known
    state: FactState
    days: int


@dataclass(frozen=True, slots=True)
class LightLine:
    """A light of one firm and its facts; no facts where nobody feeds it."""

    light: Light
    label: str
    state: LightState
    facts: tuple[FactLine, ...]


def light_list(scope: Scope, filters: LightFilters, terms: Terms | None = None) -> QuerySet[FirmStanding]:
    """Firms, those that are only mentioned last, in order of pinyin, each with `lit_<light>`: how many of the facts that a light needs are fresh."""
    rows = FirmStanding.objects.in_scope(region_scope(scope, filters.region))
    rows = rows.filter(narrowed(scope, filters.region), _asked(filters.asked))
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.mentioned:
        only = filters.mentioned == "only"
        rows = rows.filter(known_by__gt=KnownBy.RECORD) if only else rows.filter(known_by=KnownBy.RECORD)
    if not is_one_county(scope, filters.region):
        reach = FirmStanding.objects.in_scope(region_scope(scope, filters.region))
        others = reach.filter(enterprise=OuterRef("enterprise")).filter(stands_before(FirmStanding))
        rows = rows.filter(~Exists(others))
    lit = with_lights(rows, terms or Terms.of())
    return lit.filter(_shining(filters)).order_by(*ORDER)


def with_lights(rows: QuerySet[FirmStanding], terms: Terms) -> QuerySet[FirmStanding]:
    """The rows with `lit_<light>` for each light that somebody feeds."""
    for name, needs in fed_lights().items():
        rows = rows.annotate(**days_of(needs)).annotate(**{f"lit_{name}": shining(needs, terms)})
    return rows


def says(light: str, state: str) -> Q:
    """The rows (with lights) of which a light says this; none for one that nobody feeds."""
    needs = FEEDS.get(light)
    if needs is None or state not in COUNTED:
        return Q(pk__in=[])
    if state == LightState.ON:
        return Q(**{f"lit_{light}": len(needs)})
    if state == LightState.OUT:
        return Q(**{f"lit_{light}": 0})
    return Q(**{f"lit_{light}__gt": 0, f"lit_{light}__lt": len(needs)})


def states_of(row: Any, values: PlaceValues) -> list[tuple[Light, LightState]]:
    """What the lights of a row of the list say, in order; only those that the place has."""
    found = []
    for light in LIGHTS:
        needs = FEEDS.get(light.name)
        if light.shows(values):
            lit = getattr(row, f"lit_{light.name}") if needs else 0
            found.append((light, light_state(lit, len(needs)) if needs else LightState.UNKNOWN))
    return found


def foremost(cards: tuple[Any, ...]) -> EnterpriseCard:
    """The card that stands for a firm of several places: one of a ledger, then the newest, as lists and indicators count."""
    found: EnterpriseCard = min(
        cards, key=lambda card: (card.mentioned_only, -card.as_of.toordinal(), card.pk)
    )
    return found


def lights_of(
    held: Held, values: PlaceValues, kinds: KindNames, today: date | None = None
) -> tuple[EnterpriseCard, list[LightLine]]:
    """What the lights of a firm say at this moment, and the card of the place for which they speak."""
    card, terms = foremost(held.cards), Terms.of(today or timezone.localdate())
    firm = Firm(standing_of(card, hidden_batches(), terms.today), card, terms, kinds)
    return card, [_line(light, firm, values) for light in LIGHTS if light.shows(values)]


def last_review() -> FirmReview | None:
    """The newest review; None before the first."""
    return FirmReview.objects.order_by("-day").first()


def _line(light: Light, firm: Firm, values: PlaceValues) -> LightLine:
    needs = FEEDS.get(light.name)
    if needs is None:
        return LightLine(light, str(light.label(values)), LightState.UNKNOWN, ())
    facts = tuple(_fact(need, firm) for need in needs)
    fresh = sum(fact.state == FactState.FRESH for fact in facts)
    return LightLine(light, str(light.label(values)), light_state(fresh, len(needs)), facts)


def _fact(need: Need, firm: Firm) -> FactLine:
    known = need.tell(firm)
    days = firm.terms.days(need.name, firm.standing.home)
    state = fact_state(known.day, today=firm.terms.today, days=days, enough=not known.short)
    return FactLine(need, known, state, days)


def _shining(filters: LightFilters) -> Q:
    return says(filters.light, filters.state) if filters.light or filters.state else Q()


def _asked(asked: Asked) -> Q:
    match asked.kind:
        case "nothing":
            return Q()
        case "uscc":
            return Q(uscc=asked.text)
        case "latin":
            return prefix("pinyin", asked.text)
        case "chinese" | "plate":
            return Q(name__contains=simplify(asked.text)) | Q(name__contains=asked.text)
    return Q(pk__in=[])
