"""Reads of keeping: each declared table with its term and what is beyond it, decisions on deleting by term, proofs, holds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from chelun.core.actors import Actor
from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.platform.jobs.selectors import live_job
from chelun.platform.privacy.choices import SwitchState
from chelun.platform.privacy.kinds import SUBJECT_KINDS, Shown
from chelun.platform.privacy.models import Hold, RetentionCount, RetentionProof, RetentionSwitch
from chelun.platform.privacy.services.clearing import seal_of_proof
from chelun.platform.privacy.services.holds import DECIDE, words_of
from chelun.platform.privacy.services.retention import (
    COUNT,
    DELETE,
    TermsOfPlaces,
    counted_at,
    preview_of,
    terms_in,
)
from chelun.platform.privacy.subjects import SUBJECT_TABLES, SubjectTable

STANDING = (SwitchState.PROPOSED, SwitchState.ON)


@dataclass(frozen=True, slots=True)
class Kept:
    """A declared table (None: files as a whole) with what is beyond its term in the reader's places at the last counting."""

    table: SubjectTable | None
    due: int
    held: int


@dataclass(frozen=True, slots=True)
class Keeping:
    """The whole page: files and tables, the terms of one place, when it was counted, which decisions there are."""

    region: str
    files: Kept
    tables: tuple[Kept, ...]
    terms: dict[str, str]
    counted_at: datetime | None
    switches: tuple[RetentionSwitch, ...]
    counting: bool


def keeping(scope: Scope, region: str) -> Keeping:
    """What is kept in the reader's places, with the terms of one of them."""
    counts = list(RetentionCount.objects.in_scope(scope))
    found = preview_of(counts)
    tables = tuple(Kept(each, *found.get(each.model._meta.label, (0, 0))) for each in SUBJECT_TABLES)
    labels = {kind.model._meta.label for kind in SUBJECT_KINDS}
    files = [found[label] for label in labels & found.keys()]
    whole = Kept(None, sum(due for due, _held in files), sum(held for _due, held in files))
    counting = any(live_job(kind=kind, dedupe="all") for kind in (COUNT, DELETE))
    switches = tuple(switch_list(scope).filter(state__in=STANDING)[:50])
    return Keeping(region, whole, tables, terms_in(region), counted_at(), switches, counting)


def switch_list(scope: Scope, state: str = "") -> QuerySet[RetentionSwitch]:
    """Decisions on deleting by term in these places, the newest first."""
    rows = RetentionSwitch.objects.in_scope(scope).order_by("-id")
    return rows.filter(state=state) if state in SwitchState.values else rows


def switch_one(scope: Scope, pk: UUID) -> RetentionSwitch:
    """One decision; NotFound outside the places."""
    found = switch_list(scope).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def count_switches(actor: Actor) -> int:
    """Proposals to delete by term that wait for a second officer, other than the actor's own."""
    waiting = switch_list(actor.scope_for(DECIDE), SwitchState.PROPOSED)
    return waiting.exclude(proposed_by=actor.actor_name).count()


def count_beyond(actor: Actor) -> int:
    """Rows beyond their term that nobody deletes: no decision covers their place."""
    terms = TermsOfPlaces()
    rows = RetentionCount.objects.in_scope(actor.scope_for(DECIDE)).values_list("home", "due", "held")
    return sum(due - held for home, due, held in rows if due > held and terms.of(home).switch is None)


def proof_list(scope: Scope) -> QuerySet[RetentionProof]:
    """Proofs of what went by its term in these places, the newest first."""
    return RetentionProof.objects.in_scope(scope).order_by("-id")


def is_genuine(proof: RetentionProof) -> bool:
    """Whether a closed proof bears its seal."""
    return bool(proof.seal) and proof.seal == seal_of_proof(proof)


@dataclass(frozen=True, slots=True)
class Held:
    """A hold as it is shown: whom it is about where he is not erased, and the officer's words."""

    hold: Hold
    shown: Shown | None
    words: str


def stands(hold: Hold) -> bool:
    """Whether a hold keeps anything today."""
    over = hold.until is not None and hold.until < timezone.localdate()
    return hold.released_at is None and not over


def hold_list(scope: Scope) -> QuerySet[Hold]:
    """Holds of these places, the newest first."""
    return Hold.objects.in_scope(scope).order_by("-id")


def hold_one(scope: Scope, pk: UUID) -> Held:
    """One hold; NotFound outside the places."""
    hold = hold_list(scope).filter(pk=pk).first()
    if hold is None:
        raise NotFound
    try:
        shown = SUBJECT_KINDS[hold.subject_kind].shown(scope, hold.subject)
    except NotFound:
        shown = None
    return Held(hold, shown, words_of(hold))
