"""Cards in whose place a source record of one source, or of one import, stands."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.lookups import Exact

from chelun.people.models import Leaf
from chelun.people.rules.merging import joined_at
from chelun.people.services.intake.leaves import counted_around
from chelun.people.services.intake.shelf import Shelf, shelf_of_card
from chelun.platform.regions.selectors import placed

Hidden = Collection[UUID]
FEW = 2000
"""So many subjects a statement names. Of more, one stands on every five hundredth card of a million, and a page is soon full."""


def sourced(
    model: type[Any], hidden: Hidden, source: str, batch: UUID | None, *, first: bool
) -> Iterable[Any]:
    """The conditions on cards of a model. `first` with a batch: what that import was the first to name in its place."""
    shelf = shelf_of_card(model)
    for name, value in {"source": source, "batch": batch}.items():
        if value:
            yield _standing(shelf, name, value, hidden) | _through_leaf(shelf, name, value, hidden)
    if batch and first:
        earliest = _records_of(shelf, hidden).order_by("known_at", "id").values("batch")[:1]
        yield Exact(Subquery(earliest), batch)


def _records_of(shelf: Shelf, hidden: Hidden) -> Any:
    """The records of the outer card's subject in its place."""
    same = {shelf.subject: OuterRef(shelf.subject), "home": OuterRef("home")}
    return shelf.sources.visible(hidden).filter(**same)


def _standing(shelf: Shelf, name: str, value: Any, hidden: Hidden) -> Q:
    told = {name: value}
    return _few(shelf, told) & Q(Exists(_records_of(shelf, hidden).filter(**told)))


def _few(shelf: Shelf, told: Mapping[str, Any]) -> Q:
    """Whose records say so, where they are few: found by the index, and not by passing over all cards in the order of the page.

    SQLite does not know beforehand that a source is that of ten and not of thousands. PostgreSQL keeps account of that.
    """
    if connection.vendor != "sqlite":
        return Q()
    subjects = set(shelf.sources.filter(**told).values_list(shelf.subject, flat=True)[: FEW + 1])
    return Q() if len(subjects) > FEW else Q(**{f"{shelf.subject}__in": subjects})


def _through_leaf(shelf: Shelf, name: str, value: Any, hidden: Hidden) -> Q:
    """Cards of joined files of which another leaf has such a record in the card's place. They are few, so they are named."""
    joined = Leaf.objects.exclude(leaf=F("whole"))
    rows = shelf.sources.visible(hidden).filter(
        **{name: value, f"{shelf.subject}__in": joined.values("leaf")}
    )
    told = set(rows.values_list(shelf.subject, "home").distinct())
    counted = counted_around({leaf for leaf, _ in told}) if told else []
    condition = Q()
    for leaf, home in told:
        whole = joined_at(counted, placed(home)).whole_of(leaf)
        condition |= Q(**{shelf.subject: whole, "home": home})
    return condition if condition else Q(pk__in=[])
