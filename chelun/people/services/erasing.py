"""What privacy must know of persons so that one can be erased: how to hold his places, what he is called, what only he named."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chelun.core.crypto import blind_index, open_sealed
from chelun.core.jsontext import from_json
from chelun.core.scope import Scope
from chelun.people.models import DriverTie, Engagement, Person, PersonCard, PersonSource, UnresolvedRow
from chelun.people.rules.cards import erased_digests, name_phone_index
from chelun.people.rules.facts import Facts
from chelun.people.selectors.records import held
from chelun.people.services.batches import forget
from chelun.people.services.holding import facts_of_papers, papers_held
from chelun.people.services.intake.ledger import open_facts
from chelun.people.services.intake.shelf import CREDENTIALS, ENTERPRISES, PERSONS, VEHICLES, Shelf
from chelun.people.services.lapsing import PERSON_CLOCK
from chelun.platform.privacy.keys import keys_of
from chelun.platform.privacy.kinds import Known, Shown, SubjectKind
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.batches import hold_place

Subjects = Collection[UUID]


def hold_persons(subjects: Subjects) -> tuple[str, ...]:
    """Let nobody else write where these persons are known, until the transaction ends; these places, in order."""
    homes = _homes(subjects)
    for home in homes:
        hold_place(placed(home))
    return homes


def _homes(subjects: Subjects) -> tuple[str, ...]:
    found: set[str] = set()
    for model in (PersonSource, PersonCard, Engagement, DriverTie):
        rows = model._default_manager.filter(person__in=list(subjects)).order_by()
        found |= set(rows.values_list("home", flat=True).distinct())
    return tuple(sorted(found))


def know_persons(subjects: Subjects) -> Known:
    """All names and numbers that any source ever gave them, and the digests by which they are known again."""
    everything = [*_all_facts(subjects), *facts_of_papers(subjects)]
    names = {str(name) for facts in everything if (name := facts.get("name"))}
    ids = {str(number) for facts in everything if (number := facts.get("id_number"))}
    phones = {str(phone) for facts in everything for phone in facts.get("phones") or ()}
    pairs = {(name, phone) for facts in everything for name in names for phone in facts.get("phones") or ()}
    digests = {("id_number", blind_index("id_number", number)) for number in ids}
    digests |= {("name_phone", name_phone_index(name, phone)) for name, phone in pairs}
    papers = {str(number) for facts in everything if (number := facts.get("number"))}
    return Known(frozenset(names), frozenset(ids | phones | papers), tuple(sorted(digests)))


def _all_facts(subjects: Subjects) -> list[Facts]:
    keys = keys_of(subjects)
    rows = PersonSource.objects.filter(person__in=list(subjects))
    return [{**row.facts, **open_facts(keys.get(row.person_id), bytes(row.sealed))} for row in rows]


def leave_persons(subjects: Subjects) -> Callable[[], Mapping[str, int]]:
    """What only these persons' rows mention: his own firm, his own vehicle; cleared away once his rows are gone.

    So is what is left of papers of which only an erased place knew.
    """
    mine = list(subjects)
    papers = set(papers_held(mine).values_list("pk", flat=True))
    firms = set(Engagement.objects.filter(person__in=mine).values_list("enterprise", flat=True))
    firms |= set(PersonCard.objects.filter(person__in=mine).values_list("enterprise", flat=True))
    vehicles = set(DriverTie.objects.filter(person__in=mine).values_list("vehicle", flat=True))

    def tidy() -> Mapping[str, int]:
        forget(CREDENTIALS, papers)
        # Vehicles first: their cards may be what still mentions a firm.
        counts = {model_label(shelf): _unmention(shelf, found - {None}) for shelf, found in named}
        return {label: count for label, count in counts.items() if count}

    named: tuple[tuple[Shelf, set[Any]], ...] = ((VEHICLES, vehicles), (ENTERPRISES, firms))
    return tidy


def model_label(shelf: Shelf) -> str:
    """The label of a register's cards."""
    return shelf.card_model._meta.label


def _unmention(shelf: Shelf, subjects: set[UUID]) -> int:
    """Delete the cards of firms or vehicles that nobody mentions any more and no ledger ever listed; how many subjects."""
    cards = shelf.cards.filter(**{f"{shelf.subject}__in": subjects})
    listed = set(cards.filter(mentioned_only=False).values_list(shelf.subject, flat=True))
    listed |= set(
        shelf.sources.filter(**{f"{shelf.subject}__in": subjects}).values_list(shelf.subject, flat=True)
    )
    for model in shelf.mentioned_by:
        rows = model._default_manager.filter(**{f"{shelf.subject}__in": subjects})
        listed |= set(rows.values_list(shelf.subject, flat=True))
    gone = subjects - listed
    shelf.cards.filter(**{f"{shelf.subject}__in": gone}).delete()
    forget(shelf, gone)
    return len(gone)


def show_person(scope: Scope, person: UUID) -> Shown:
    """A person as pages of privacy name him; NotFound when no place in scope knows him."""
    found = held(scope, PERSONS, person)
    return Shown(str(found.cards[0]), found.homes, reverse("people:person_detail", args=[person]))


def waiting_for(subjects: Subjects) -> Any:
    """The rows without an ID number that may mean one of these persons."""
    rows = UnresolvedRow.objects.annotate(named=Cast("candidates", TextField()))
    condition = Q(pk__in=[])
    for subject in subjects:
        condition |= Q(named__contains=str(subject))
    return rows.filter(condition)


def strike_waiting(rows: Any, subjects: Subjects) -> None:
    """Rows that name him by name and telephone, that nobody else can mean, or that are settled go; in others he is struck out."""
    mine = {str(subject) for subject in subjects}
    known = know_persons(subjects)
    digests = {digest for _kind, digest in known.digests}
    for row in list(rows):
        others = [candidate for candidate in row.candidates if candidate not in mine]
        if row.settled_as or not others or digests & _digests_of(row):
            UnresolvedRow.objects.filter(pk=row.pk).delete()
        else:
            UnresolvedRow.objects.filter(pk=row.pk).update(candidates=others)


def _digests_of(row: UnresolvedRow) -> set[str]:
    facts: Facts = from_json(open_sealed(bytes(row.sealed), f"unresolved:{row.pk}"))
    return set(erased_digests(facts))


PERSON_KIND = SubjectKind(
    "person", _("人员"), Person, hold_persons, know_persons, leave_persons, show_person, PERSON_CLOCK
)
