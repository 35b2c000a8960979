"""Papers: the list in order of their last days, those of one file, and how many run out on which day."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from chelun.core.scope import Scope
from chelun.people.choices import PaperStatus, Presence
from chelun.people.models import CredentialCard, EnterpriseCard, PersonCard, VehicleCard, VersionedQuerySet
from chelun.people.reminders import Reminders
from chelun.people.rules.papers import DAY
from chelun.people.selectors.joins import Pair, cards_of, leaves_called, naming
from chelun.people.selectors.lists import Filters, base_rows, enterprise_asked
from chelun.people.selectors.records import Held, held
from chelun.people.selectors.search import Asked, name_condition, prefix_of_plate
from chelun.people.services.intake.credentials import holder_of
from chelun.people.services.intake.shelf import CREDENTIALS, HOLDERS
from chelun.platform.sheets.batches import hidden_batches

CREDENTIAL_ORDER = ("valid_to", "id")
MOST_OF_ONE = 50
Names = Mapping[tuple[str, UUID], str]
"""(register, subject) → what a place in scope calls it."""


@dataclass(frozen=True, slots=True)
class CredentialFile:
    """A paper as the places in scope know it, and whose it is."""

    held: Held
    card: CredentialCard
    register: str
    holder: UUID
    name: str


def credential_list(scope: Scope, filters: Filters) -> VersionedQuerySet[CredentialCard]:
    """Cards of papers, those that run out first at the top."""
    rows = base_rows(CredentialCard.objects.all(), scope, filters, hidden_batches())
    if filters.enterprise:
        rows = rows.filter(naming("enterprise", [filters.enterprise]))
    asked = said_of_papers(filters) & of_holders(scope, filters.asked)
    return rows.filter(asked).order_by(*CREDENTIAL_ORDER)


def said_of_papers(filters: Filters) -> Q:
    """What a card must say of the paper itself."""
    condition = Q(issuer__contains=filters.issuer) if filters.issuer else Q()
    if filters.due_from or filters.due_to:
        condition &= runs_out(filters.due_from, filters.due_to)
    return condition


def runs_out(first: date | None, last: date | None) -> Q:
    """Papers in force whose last day lies between two days; both belong to it."""
    condition = Q(presence=Presence.HELD, status=PaperStatus.IN_FORCE, term=DAY)
    if first:
        condition &= Q(valid_to__gte=first)
    return condition & Q(valid_to__lte=last) if last else condition


def of_holders(scope: Scope, asked: Asked) -> Q:
    """Papers whose holder is called so."""
    hidden = hidden_batches() if asked.kind != "nothing" else ()
    persons = PersonCard.objects.in_scope(scope).visible(hidden)
    firms = EnterpriseCard.objects.in_scope(scope).visible(hidden)
    vehicles = VehicleCard.objects.in_scope(scope).visible(hidden)
    match asked.kind:
        case "nothing":
            return Q()
        case "plate":
            held = Q(vehicle__in=vehicles.filter(prefix_of_plate(asked.text)).values("vehicle"))
            leaves = leaves_called(scope, "vehicle", prefix_of_plate(asked.text, "key"))
            return held | Q(vehicle__in=leaves) if leaves else held
        case "chinese" | "latin":
            named = Q(person__in=persons.filter(name_condition(asked.text)).values("person"))
            return named | _of_firms(scope, firms, asked)
        case "uscc":
            return _of_firms(scope, firms, asked)
    return Q(pk__in=[])


def _of_firms(scope: Scope, firms: VersionedQuerySet[EnterpriseCard], asked: Asked) -> Q:
    """Papers of the firms that are meant, also those that name a leaf of a joined one."""
    held = Q(enterprise__in=firms.filter(enterprise_asked(asked)).values("enterprise"))
    said = Q(code=asked.text) if asked.kind == "uscc" else Q(name__contains=asked.text)
    leaves = leaves_called(scope, "enterprise", said)
    return held | Q(enterprise__in=leaves) if leaves else held


def credential_file(scope: Scope, credential: UUID) -> CredentialFile:
    """A paper's file; NotFound when no place in scope knows it."""
    found = held(scope, CREDENTIALS, credential)
    card = found.cards[0]
    assert isinstance(card, CredentialCard)
    register, holder = holder_of(card)
    return CredentialFile(
        found, card, register, holder, names_of_holders(scope, [card]).get((register, holder), "")
    )


def papers_of(scope: Scope, register: str, subjects: Collection[UUID]) -> list[CredentialCard]:
    """The papers of a file (of all its leaves), those that run out first at the top. One query, and one for hidden batches."""
    rows = CredentialCard.objects.in_scope(scope).visible(hidden_batches())
    mine = rows.filter(**{f"{HOLDERS[register].subject}__in": list(subjects)})
    return list(mine.order_by(*CREDENTIAL_ORDER)[:MOST_OF_ONE])


def names_of_holders(scope: Scope, cards: Iterable[CredentialCard]) -> Names:
    """What those who hold some papers are called. Two queries for each register that is among them."""
    wanted: dict[str, set[Pair]] = {}
    for card in cards:
        register, subject = holder_of(card)
        wanted.setdefault(register, set()).add((subject, card.home))
    found: dict[tuple[str, UUID], str] = {}
    for register, pairs in wanted.items():
        shown = cards_of(scope, HOLDERS[register], pairs)
        found |= {(register, subject): str(card) for (subject, _home), card in shown.items()}
    return found


def days_of_ending(scope: Scope, filters: Filters) -> Counter[tuple[date, str]]:
    """How many papers run out on each day of the asked span, by kind. One query, and those of the filters."""
    rows = credential_list(scope, filters).order_by().values("valid_to", "kind").annotate(n=Count("pk"))
    return Counter({(row["valid_to"], row["kind"]): row["n"] for row in rows})


def states_of(scope: Scope, filters: Filters, reminders: Reminders) -> dict[str, int]:
    """How many papers stand how. One query, and those of the filters."""
    counts = {
        state.value: Count("pk", filter=condition) for state, condition in reminders.conditions().items()
    }
    return credential_list(scope, filters).order_by().aggregate(**counts)
