"""Merges as their readers see them: the list, those behind a file, and what the two sides are called."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from chelun.core.errors import NotFound
from chelun.core.scope import Scope, ScopedQuerySet
from chelun.people.models import BulkMerge, LeafName, Merge
from chelun.people.rules.facts import Record
from chelun.people.rules.merging import groups
from chelun.people.selectors.records import Held
from chelun.people.services.intake.leaf_names import NAMED
from chelun.people.services.intake.ledger import to_record
from chelun.people.services.intake.regrouping import link_of
from chelun.people.services.intake.shelf import SHELVES, VEHICLES, Shelf
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.batches import hidden_batches

ORDER = ("-id",)


def merge_list(scope: Scope, state: str = "", bulk: UUID | None = None) -> ScopedQuerySet[Merge]:
    """Merges made for places in scope, the newest first; `state` is standing, undone or '' for all, of those of an act also
    undone alone or together with it."""
    rows = Merge.objects.in_scope(scope)
    if bulk:
        rows = rows.filter(bulk=bulk)
    if state:
        rows = rows.filter(undone_at__isnull=state == "standing")
    if state in ("alone", "together"):
        rows = rows.filter(undone_in_bulk=state == "together")
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


def stays_whole(scope: Scope, merge: Merge) -> list[Record]:
    """What came in by hand for a joined firm or vehicle without naming it: it stays with the file that is kept."""
    shelf = SHELVES[merge.register]
    if shelf not in NAMED or merge.undone_at:
        return []
    rows = shelf.sources.in_scope(scope).visible(hidden_batches())
    rows = rows.filter(**{shelf.subject: merge.canonical}, door="form", known_at__gte=merge.made_at).order_by(
        "known_at"
    )
    records = [to_record(shelf, row, keys_of([merge.canonical])) for row in rows]
    return [each for each in records if not _names(each)]


def bulk_stays(scope: Scope, bulk: BulkMerge, most: int = 20) -> list[tuple[str, Record]]:
    """The same of all links of an act that stand, each with the plate: the first of them."""
    made = dict(Merge.objects.filter(bulk=bulk.pk, undone_at=None).values_list("canonical", "made_at"))
    rows = VEHICLES.sources.in_scope(scope).visible(hidden_batches())
    rows = rows.filter(vehicle__among=list(made), door="form", known_at__gte=bulk.made_at)
    found = list(rows.select_related("vehicle").order_by("known_at"))
    keys = keys_of({row.vehicle_id for row in found})
    said = [(row.vehicle.plate, to_record(VEHICLES, row, keys)) for row in found]
    return [
        (plate, each) for plate, each in said if not _names(each) and each.known_at >= made[each.subject]
    ][:most]


def _names(record: Record) -> bool:
    return bool(record.facts.get("name") or record.facts.get("plate"))


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
                found[subject] = _name(register, facts) or found.get(subject, "")
            found |= _mentioned(scope, shelf, subjects - found.keys())
    return found


def _mentioned(scope: Scope, shelf: Shelf, subjects: Collection[UUID]) -> dict[UUID, str]:
    """What firms and vehicles are called of which there is no more than a mention: as leaves, or by cards of their own."""
    if shelf not in NAMED or not subjects:
        return {}
    cards = shelf.cards.in_scope(scope).visible(hidden_batches()).filter(**{f"{shelf.subject}__in": subjects})
    names = LeafName.objects.in_scope(scope).filter(leaf__in=subjects).values_list("leaf", "name")
    return {getattr(card, shelf.subject): str(card) for card in cards} | dict(names)


def _name(register: str, facts: dict[str, Any]) -> str:
    """A person's row may name the plate that he drives and not him."""
    named = ("plate",) if register == "vehicle" else ("name", "masked_name")
    return str(next((facts[name] for name in named if facts.get(name)), ""))
