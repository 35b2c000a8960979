"""Reads of verdicts: the rows of sources that others confirmed or contradicted, and the files on which they count."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db.models import QuerySet

from chelun.core.scope import Scope
from chelun.people.models import RowVerdict
from chelun.people.selectors.lists import narrowed, region_scope
from chelun.people.services.intake.shelf import SHELVES
from chelun.platform.sheets.batches import hidden_batches

ORDER = ("id",)


@dataclass(frozen=True, slots=True)
class VerdictFilters:
    """What the list is narrowed by; '' narrows nothing."""

    region: str = ""
    verdict: str = ""
    register: str = ""
    source: str = ""
    by: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """As the address of the list says."""
        names = ("region", "verdict", "register", "source", "by")
        return cls(*(query.get(name, "") for name in names))


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A verdict with the card of its file and the row that it is about; None where they are gone since."""

    verdict: RowVerdict
    card: Any | None
    record: Any | None


def verdict_list(scope: Scope, filters: VerdictFilters) -> QuerySet[RowVerdict]:
    """Verdicts in the order of their keys. NotFound for a region outside the scope."""
    rows = RowVerdict.objects.in_scope(region_scope(scope, filters.region))
    rows = rows.filter(narrowed(scope, filters.region))
    asked = {name: getattr(filters, name) for name in ("verdict", "register", "source", "by")}
    return rows.filter(**{name: value for name, value in asked.items() if value}).order_by(*ORDER)


def with_rows(scope: Scope, found: Sequence[RowVerdict]) -> list[JudgedRow]:
    """Some verdicts with their cards and rows: two queries for each register among them."""
    hidden, by_register = hidden_batches(), defaultdict[str, list[RowVerdict]](list)
    for each in found:
        by_register[each.register].append(each)
    cards: dict[tuple[UUID, str], Any] = {}
    records: dict[UUID, Any] = {}
    for register, some in by_register.items():
        shelf = SHELVES[register]
        named = {f"{shelf.subject}__in": {each.subject for each in some}}
        for card in shelf.cards.in_scope(scope).visible(hidden).filter(**named):
            cards[getattr(card, shelf.subject), card.home] = card
        rows = shelf.sources.in_scope(scope).visible(hidden).defer("facts", "sealed")
        records |= rows.in_bulk([each.record for each in some])
    return [JudgedRow(each, cards.get((each.subject, each.home)), records.get(each.record)) for each in found]
