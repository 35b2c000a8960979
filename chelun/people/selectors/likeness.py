"""Files that may be one, as a reader sees them: the list, one pair, and the cards of both sides."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.people.models import Likeness
from chelun.people.selectors.lists import narrowed, region_scope
from chelun.people.services.intake.shelf import SHELVES
from chelun.platform.sheets.batches import hidden_batches

ORDER = ("register", "id")
APART = "apart"


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two files with the cards that their place has of them; None where one is gone since the last search."""

    likeness: Likeness
    one: Any | None
    other: Any | None


def likeness_list(
    scope: Scope, *, region: str = "", register: str = "", state: str = ""
) -> QuerySet[Likeness]:
    """Pairs in scope by register, those that are open or (`state` apart) those that somebody told apart. NotFound for a foreign region."""
    rows = Likeness.objects.in_scope(region_scope(scope, region)).filter(narrowed(scope, region))
    rows = rows.filter(apart_at__isnull=state != APART)
    return (rows.filter(register=register) if register else rows).order_by(*ORDER)


def likeness_in(scope: Scope, likeness: UUID) -> Likeness:
    """One pair; NotFound out of scope."""
    found = Likeness.objects.in_scope(scope).filter(pk=likeness).first()
    if found is None:
        raise NotFound
    return found


def with_cards(scope: Scope, found: Sequence[Likeness]) -> list[LikelyPair]:
    """Some pairs with both cards: one query for each register among them."""
    hidden, subjects = hidden_batches(), defaultdict[str, set[UUID]](set)
    for each in found:
        subjects[each.register] |= {each.one, each.other}
    cards: dict[tuple[UUID, str], Any] = {}
    for register, some in subjects.items():
        shelf = SHELVES[register]
        rows = shelf.cards.in_scope(scope).visible(hidden).filter(**{f"{shelf.subject}__in": some})
        cards |= {(getattr(card, shelf.subject), card.home): card for card in rows}
    return [
        LikelyPair(each, cards.get((each.one, each.home)), cards.get((each.other, each.home)))
        for each in found
    ]
