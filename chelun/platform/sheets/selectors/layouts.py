"""Forms of places: which a place may use, which somebody may maintain, which one a file is filled in."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from chelun.core.crypto import blind_index
from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.platform.regions.selectors import placed
from chelun.platform.regions.words import home_region
from chelun.platform.sheets.choices import LayoutState
from chelun.platform.sheets.layouts.shape import heads_of
from chelun.platform.sheets.models import Layout

LEVELS = ("province", "city", "county")


def signature_of(columns: Sequence[tuple[int, str]]) -> str:
    """The keyed digest by which the heads of a form are known again; '' without heads."""
    heads = heads_of(columns)
    return blind_index("heads", f"form|{heads}") if heads else ""


def layouts_of(place: Mapping[str, str]) -> QuerySet[Layout]:
    """The forms of a place (its level columns) and of the places above it, but for drafts."""
    codes = {place[level] for level in LEVELS if place.get(level)}
    return Layout.objects.filter(home__in=codes).exclude(state=LayoutState.DRAFT)


def layouts_in_use(place: Mapping[str, str], register: str) -> list[Layout]:
    """The forms in which a register of a place may be exported, those of the place itself last."""
    rows = layouts_of(place).filter(register=register, state=LayoutState.IN_USE).exclude(file=None)
    return list(rows.order_by("province", "city", "county", "name"))


def layout_of_heads(place: Mapping[str, str], columns: Sequence[tuple[int, str]]) -> Layout | None:
    """The form in which a table of a place is filled, by its heads: one in use before one that rests, the newest first."""
    signature = signature_of(columns)
    if not signature:
        return None
    rows = list(layouts_of(place).filter(signature=signature).order_by("-version", "-id"))
    return next((row for row in rows if row.state == LayoutState.IN_USE), rows[0] if rows else None)


def layouts_seen(scope: Scope) -> QuerySet[Layout]:
    """The forms of the places in scope, and those in use that they have from above."""
    above = placed(home_region(scope))
    codes = [above[level] for level in LEVELS if above[level]]
    from_above = Q(home__in=codes, state=LayoutState.IN_USE)
    mine = Layout.objects.in_scope(scope).values("pk")
    return Layout.objects.filter(Q(pk__in=mine) | from_above)


def layout_seen(scope: Scope, layout_id: UUID) -> Layout:
    """One of `layouts_seen`; NotFound otherwise."""
    return _one(layouts_seen(scope), layout_id)


def layout_get(scope: Scope, layout_id: UUID) -> Layout:
    """A form of a place in scope, drafts as well; NotFound otherwise."""
    return _one(Layout.objects.in_scope(scope), layout_id)


def _one(rows: QuerySet[Layout], layout_id: UUID) -> Layout:
    found = rows.select_related("file").filter(pk=layout_id).first()
    if found is None:
        raise NotFound
    return found
