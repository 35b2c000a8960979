"""Merges as their readers see them: the list, those behind a file, and what the two sides are called."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from chelun.core.errors import NotFound
from chelun.core.scope import Scope, ScopedQuerySet
from chelun.people.models import Merge
from chelun.people.rules.merging import groups
from chelun.people.selectors.records import Held
from chelun.people.services.intake.regrouping import link_of
from chelun.people.services.intake.shelf import SHELVES
from chelun.platform.sheets.batches import hidden_batches

ORDER = ("-id",)


def merge_list(scope: Scope, state: str = "") -> ScopedQuerySet[Merge]:
    """Merges made for places in scope, the newest first; `state` is standing, undone or '' for all."""
    rows = Merge.objects.in_scope(scope)
    if state:
        rows = rows.filter(undone_at__isnull=state == "standing")
    return rows.order_by(*ORDER)


def merge_in(scope: Scope, merge: UUID) -> Merge:
    """One merge; NotFound out of scope."""
    found = Merge.objects.in_scope(scope).filter(pk=merge).first()
    if found is None:
        raise NotFound
    return found


def merges_behind(scope: Scope, found: Held) -> list[Merge]:
    """The merges in scope by which a file is made of several, the oldest first."""
    if not found.joined:
        return []
    rows = list(Merge.objects.in_scope(scope).filter(undone_at=None, leaf__in=_around(found)).order_by("id"))
    mine = [group for group in groups(map(link_of, rows)) if group & found.leaves.keys()]
    return [row for row in rows if any(row.leaf in group for group in mine)]


def _around(found: Held) -> Collection[UUID]:
    return {*found.leaves, found.subject}


def names_of(scope: Scope, merges: Sequence[Merge]) -> dict[UUID, str]:
    """What the sides of some merges are called in the newest row of each that places in scope have."""
    found: dict[UUID, str] = {}
    for register, shelf in SHELVES.items():
        mine = [merge for merge in merges if merge.register == register]
        subjects = {side for merge in mine for side in (merge.leaf, merge.canonical)}
        if subjects:
            rows = shelf.sources.in_scope(scope).visible(hidden_batches())
            rows = rows.filter(**{f"{shelf.subject}__in": subjects}).order_by("as_of", "known_at")
            for subject, facts in rows.values_list(shelf.subject, "facts"):
                found[subject] = _name(facts) or found.get(subject, "")
    return found


def _name(facts: dict[str, Any]) -> str:
    return str(facts.get("name") or facts.get("masked_name") or facts.get("plate") or "")
