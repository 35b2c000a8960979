"""Subjects of another installation meet those of this one: by the rules by which a row finds its subject, or they are made.

Each function answers for subjects that no archive has brought before: under which identity each is known from now on.
"""

import base64
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db.models import Model

from chelun.core.bulk import insert_rows
from chelun.engines.names import normalise_firm
from chelun.people.models import Credential, Enterprise, EnterpriseCard, LeafName, Person, PersonCard, Vehicle
from chelun.people.rules.cards import name_phone_index
from chelun.people.rules.facts import Facts
from chelun.people.rules.joining import Candidate, decide
from chelun.people.services.intake.credentials import FIELDS, Name, identity_row, mark_of, papers_named
from chelun.people.services.intake.joined_papers import count_papers
from chelun.people.services.intake.leaves import counted_around
from chelun.people.services.intake.newcomers import id_index_of
from chelun.people.services.intake.shelf import HOLDERS
from chelun.platform.archives.carried import Joining, Row
from chelun.platform.archives.selectors import identities
from chelun.platform.sheets.batches import hidden_batches


@dataclass(frozen=True, slots=True)
class Brought:
    """A subject as an archive brings it: what identifies it, its key there, its records and mentions."""

    subject: UUID
    identity: Row
    key: bytes
    records: Sequence[Row]
    mentioned: Sequence[Row]

    @classmethod
    def of(cls, row: Row) -> Self:
        """From a line of the archive."""
        key = base64.b64decode(row["key"])
        return cls(UUID(row["subject"]), row["identity"], key, row["records"], row["mentioned"])

    @property
    def homes(self) -> set[str]:
        """The places that know it."""
        return {row["home"] for row in (*self.records, *self.mentioned)}

    def first(self, name: str) -> Any:
        """The first value that any of its records has for a fact, '' when none has one."""
        return next((row["facts"][name] for row in self.records if row["facts"].get(name)), "")


Met = dict[UUID, UUID]
Meeting = Callable[[Joining, Sequence[Brought]], Met]


def meet_persons(joining: Joining, brought: Sequence[Brought]) -> Met:
    """By ID number; without one by name and phone in the place, if exactly one person has both and nothing contradicts."""
    met = _same_key(Person, brought)
    indexes = {each.subject: id_index_of({"id_number": each.first("id_number")}) for each in brought}
    wanted = [index for index in indexes.values() if index]
    found = dict(Person.objects.filter(id_index__among=wanted).values_list("id_index", "id"))
    new = []
    for each in brought:
        index = indexes[each.subject]
        if each.subject in met:
            continue
        same = found.get(index) if index else _by_name_and_phone(joining, each)
        met[each.subject] = same or each.subject
        if same is None:
            new.append((each.subject, index))
            found |= {index: each.subject} if index else {}
    insert_rows(Person, ("id", "id_index"), sorted(new, key=lambda pair: pair[1] or ""))
    return met


def _by_name_and_phone(joining: Joining, each: Brought) -> UUID | None:
    facts: Facts = {name: each.first(name) for name in ("name", "phones", "birth", "sex")}
    digests = [name_phone_index(facts["name"], phone) for phone in facts["phones"] or ()]
    if not (facts["name"] and digests):
        return None
    cards = PersonCard.objects.standing(joining.batch, hidden_batches())
    cards = cards.filter(home__in=each.homes, name=facts["name"], name_phone__in=digests)
    candidates = [Candidate(card.person_id, True, card.sex, card.birth_year) for card in cards]
    return decide(facts, candidates).person


def meet_enterprises(joining: Joining, brought: Sequence[Brought]) -> Met:
    """By credit code; else by name in the place, where no other code speaks against it."""
    met = _same_key(Enterprise, brought)
    codes = [each.identity["uscc"] for each in brought if each.identity.get("uscc")]
    by_code: dict[str | None, UUID] = dict(
        Enterprise.objects.filter(uscc__in=codes).values_list("uscc", "id")
    )
    new: list[tuple[UUID, str | None]] = []
    for each in brought:
        code = each.identity.get("uscc") or None
        if each.subject in met:
            continue
        same = by_code.get(code) if code else None
        same = same or _by_firm_name(joining, each, code)
        met[each.subject] = same or each.subject
        if same is None:
            new.append((each.subject, code))
            by_code |= {code: each.subject} if code else {}
    insert_rows(Enterprise, ("id", "uscc"), new)
    return met


def _by_firm_name(joining: Joining, each: Brought, code: str | None) -> UUID | None:
    name = each.first("name") or next((row["name"] for row in each.mentioned), "")
    leaves = LeafName.objects.filter(
        home__in=each.homes, key=normalise_firm(name)[:120], register="enterprise"
    )
    for leaf in leaves:
        if not (code and leaf.code and code != leaf.code):
            return leaf.leaf
    cards = EnterpriseCard.objects.standing(joining.batch, hidden_batches())
    for card in cards.filter(home__in=each.homes, name_key=normalise_firm(name)[:120]):
        if not (code and card.uscc and code != card.uscc):
            return card.enterprise_id
    return None


def meet_vehicles(joining: Joining, brought: Sequence[Brought]) -> Met:
    """By plate and colour."""
    met = _same_key(Vehicle, brought)
    plates = {each.identity["plate"] for each in brought}
    rows = Vehicle.objects.filter(plate__among=plates).values_list("plate", "colour", "id")
    known = {(plate, colour): vehicle for plate, colour, vehicle in rows}
    new = []
    for each in brought:
        key = (each.identity["plate"], each.identity["colour"])
        if each.subject not in met:
            met[each.subject] = known.setdefault(key, each.subject)
            new += [(each.subject, *key)] if met[each.subject] == each.subject else []
    insert_rows(Vehicle, ("id", "plate", "colour"), new)
    return met


def meet_credentials(joining: Joining, brought: Sequence[Brought]) -> Met:
    """By kind, holder of today and, where it tells papers apart, number. Whoever holds nothing here has none of them."""
    met = _same_key(Credential, brought)
    names = {each.subject: name for each, name in zip(brought, paper_names(brought), strict=True) if name}
    known = papers_named(set(names.values()))
    new = []
    for subject, name in names.items():
        if subject not in met:
            met[subject] = known.setdefault(name, subject)
            new += [identity_row(subject, name)] if met[subject] == subject else []
    insert_rows(Credential, FIELDS, new)
    joined = {each.leaf for each in counted_around({name[1] for name in names.values()})}
    if joined:
        count_papers(joined)
    return met


def paper_names(brought: Sequence[Brought]) -> list[Name | None]:
    """What makes each of these papers the same one here; None where its holder is not on file here."""
    today = identities({UUID(each.identity["holder"]) for each in brought})
    here = {
        (register, subject)
        for register, shelf in HOLDERS.items()
        for subject in shelf.identity._default_manager.filter(pk__in=today.values()).values_list(
            "pk", flat=True
        )
    }
    found: list[Name | None] = []
    for each in brought:
        holder, kind = (
            (each.identity["register"], today[UUID(each.identity["holder"])]),
            each.identity["kind"],
        )
        found.append((*holder, kind, mark_of(kind, each.first("number"))) if holder in here else None)
    return found


def _same_key(model: type[Model], brought: Collection[Brought]) -> Met:
    """Those that are here under the same key."""
    held = model._default_manager.filter(pk__in=[each.subject for each in brought])
    return {subject: subject for subject in held.values_list("pk", flat=True)}


MEETINGS: Mapping[str, Meeting] = {
    "person": meet_persons, "enterprise": meet_enterprises, "vehicle": meet_vehicles,
    "credential": meet_credentials,
}  # fmt: skip
