"""What each source has brought, place by place: how many subjects of each register, what their files lack, how old it is."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from chelun.core.scope import Scope
from chelun.people.models import PersonCard, UnresolvedRow
from chelun.people.services.intake.shelf import SHELVES
from chelun.platform.sheets.batches import hidden_batches

STALE_DAYS = 365
GAPS = ("without_id", "without_phone", "stale")


@dataclass(frozen=True, slots=True)
class SourceTally:
    """What one source has brought of one register in one place. Gaps are counted for persons alone."""

    source: str
    home: str
    register: str
    subjects: int
    newest: date
    without_id: int = 0
    without_phone: int = 0
    stale: int = 0


def stale_before() -> date:
    """Cards whose newest source is older than this day are stale."""
    return timezone.localdate() - timedelta(days=STALE_DAYS)


def source_tallies(homes: Collection[str] | None = None) -> Iterator[SourceTally]:
    """Every source in every place (or in some), by one pass over the source records of each register."""
    hidden = hidden_batches()
    for shelf in SHELVES.values():
        records: QuerySet[Any] = shelf.sources.visible(hidden)
        records = records if homes is None else records.filter(home__in=homes)
        gaps = _gaps(hidden) if shelf.card_model is PersonCard else {}
        counted = {
            name: Count(shelf.subject, distinct=True, filter=condition) for name, condition in gaps.items()
        }
        rows = records.values("source", "home").annotate(
            subjects=Count(shelf.subject, distinct=True), newest=Max("as_of"), **counted
        )
        for row in rows.order_by():
            yield SourceTally(register=shelf.register, **row)


def _gaps(hidden: Any) -> dict[str, Q]:
    cards = PersonCard.objects.visible(hidden).filter(person=OuterRef("person"), home=OuterRef("home"))
    conditions = (Q(has_id=False), Q(phone_index=""), Q(as_of__lt=stale_before()))
    return {
        name: Q(Exists(cards.filter(condition))) for name, condition in zip(GAPS, conditions, strict=True)
    }


def waiting_by_source(scope: Scope) -> dict[str, int]:
    """How many rows of each source wait for a clerk."""
    waiting = UnresolvedRow.objects.in_scope(scope).visible(hidden_batches()).filter(settled_as="")
    return dict(waiting.order_by().values_list("source").annotate(n=Count("id")))
