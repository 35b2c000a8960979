"""Reads of families. Minors are seen under a right of their own; what lies outside is NotFound, or is not there."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import open_with
from chelun.core.errors import NotFound
from chelun.core.jsontext import from_json
from chelun.core.scope import Node, Scope, ScopedQuerySet
from chelun.families.choices import Ends, Stage
from chelun.families.models import FamilyWish, Relative
from chelun.families.rules import SOON
from chelun.people.models import PersonCard
from chelun.people.selectors.records import Held, held
from chelun.people.services.intake.shelf import PERSONS
from chelun.platform.privacy.keys import keys_of
from chelun.platform.privacy.kinds import Shown
from chelun.platform.privacy.models import Consent, standing
from chelun.platform.sheets.batches import hidden_batches

VIEW, EDIT, MINORS, REVEAL = "families.view", "families.edit", "families.minors", "families.reveal"
KIND = "relative"
ENDING, FOURTEEN = "ending", "fourteen"
M = TypeVar("M", bound=Model)


def _seen(rows: ScopedQuerySet[Any], actor: Actor) -> ScopedQuerySet[Any]:
    grown = rows.in_scope(actor.scope_for(VIEW)).filter(stage=Stage.ADULT)
    return grown | rows.in_scope(actor.scope_for(MINORS)).exclude(stage=Stage.ADULT)


def relatives_seen(actor: Actor) -> ScopedQuerySet[Relative]:
    """The relatives whom somebody may see: adults by one right, minors by another."""
    return _seen(Relative.objects.all(), actor)


def wishes_seen(actor: Actor) -> ScopedQuerySet[FamilyWish]:
    """The wishes that wait, by the same rights; what is over its day is not there any more."""
    return _seen(FamilyWish.objects.filter(until__gte=timezone.localdate()), actor)


def relative_list(actor: Actor, *, minors: bool, state: str = "") -> ScopedQuerySet[Relative]:
    """Adults, or minors, the newest first; `state` narrows to consents that end soon or have ended, and why."""
    rows = relatives_seen(actor)
    rows = rows.exclude(stage=Stage.ADULT) if minors else rows.filter(stage=Stage.ADULT)
    if state in (ENDING, FOURTEEN):
        rows = rows.filter(until__lte=timezone.localdate() + SOON)
        rows = rows.filter(ends=Ends.FOURTEEN if state == FOURTEEN else Ends.TERM)
    return rows.order_by("-id")


def relative_seen(actor: Actor, relative: UUID) -> Relative:
    """One of those whom somebody may see; NotFound else."""
    found = relatives_seen(actor).filter(pk=relative).first()
    if found is None:
        raise NotFound
    return found


def write_right(stage: str) -> str:
    """The right by which relatives of an age are written."""
    return EDIT if stage == Stage.ADULT else MINORS


def relative_kept(actor: Actor, relative: UUID) -> Relative:
    """One whom somebody may write as well; NotFound else."""
    found = relative_seen(actor, relative)
    if not Relative.objects.in_scope(actor.scope_for(write_right(found.stage))).filter(pk=relative).exists():
        raise NotFound
    return found


def is_open(relative: Relative, today: date | None = None) -> bool:
    """Whether a consent counts, so that anything of the relative may be shown at all."""
    return relative.until is not None and relative.until >= (today or timezone.localdate())


def facts_of(relatives: Iterable[Relative]) -> dict[UUID, dict[str, str]]:
    """Name, telephone and birth of those whose consent counts, opened. One query."""
    wanted = {each.pk: each for each in relatives if is_open(each)}
    keys = keys_of(wanted)
    return {pk: open_facts(wanted[pk], key) for pk, key in keys.items()}


def open_facts(relative: Relative, key: bytes) -> dict[str, str]:
    """What lies under the key of a relative."""
    found: dict[str, str] = from_json(open_with(key, bytes(relative.sealed)))
    return found


def names_of(rows: Iterable[Relative | FamilyWish]) -> Mapping[tuple[UUID | None, str], str]:
    """What the registered persons are called in the places of some rows."""
    persons = {row.person_id for row in rows if row.person_id}
    cards = PersonCard.objects.visible(hidden_batches()).filter(person__in=persons)
    return {(card.person_id, card.home): card.name for card in cards}


def person_of(actor: Actor, person: UUID, right: str = VIEW) -> Held:
    """The registered person's file where somebody holds a right of families; NotFound else."""
    return held(actor.scope_for(right), PERSONS, person)


def of_person(actor: Actor, found: Held) -> tuple[list[Relative], list[FamilyWish]]:
    """Relatives and wishes of a file, of all its leaves."""
    leaves = list(found.parts)
    relatives = relatives_seen(actor).filter(person__in=leaves).order_by("id")
    return list(relatives[:100]), list(wishes_seen(actor).filter(person__in=leaves).order_by("id")[:100])


def count_of(actor: Actor, persons: Collection[UUID]) -> int:
    """How many relatives of somebody the reader may see."""
    return relatives_seen(actor).filter(person__in=list(persons)).count()


def consents_of(relative: Relative) -> list[Consent]:
    """What was agreed to, the newest first."""
    rows = Consent.objects.filter(subject=relative.pk).select_related("notice")
    return list(rows.order_by("-given_at")[:100])


def standing_of(relatives: Collection[UUID], purpose: str = "") -> list[Consent]:
    """The consents of some relatives that count today, to one purpose or to any."""
    rows = Consent.objects.filter(standing(timezone.localdate()), subject__in=list(relatives))
    return list(rows.filter(purpose=purpose) if purpose else rows)


def show_relative(scope: Scope, relative: UUID) -> Shown:
    """As pages of privacy call a relative: by the tie and not by name. NotFound outside the scope."""
    from_place = Relative.objects.in_scope(scope).filter(pk=relative).first()
    if from_place is None:
        raise NotFound
    name = names_of([from_place]).get((from_place.person_id, from_place.home), "")
    return Shown(
        called(name, from_place), (from_place.home,), reverse("families:relative_detail", args=[relative])
    )


def called(name: str, row: Relative | FamilyWish) -> str:
    """A relative by the tie: 王大明的配偶."""
    person = name or _("不在册的从业人员")
    return _("{person}的{relation}").format(person=person, relation=row.get_relation_display())


def has_minors(region: str) -> bool:
    """Whether a region, or any place below it, keeps any minor."""
    rows = Relative.objects.in_scope(Scope.of([Node("region", region)]))
    return rows.exclude(stage=Stage.ADULT).exists()
