"""Persons into the register: who a row belongs to, what it adds, what his card says afterwards."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from chelun.core.bulk import insert_rows
from chelun.core.crypto import seal
from chelun.core.identifiers import uuid7
from chelun.engines.names import pinyin_of
from chelun.people.models import Person, PersonCard, UnresolvedRow
from chelun.people.rules.cards import erased_digests, name_phone_index
from chelun.people.rules.facts import Record, canonical
from chelun.people.rules.joining import Candidate, Decision, decide
from chelun.people.rules.merging import NOTHING_JOINED, Joined
from chelun.people.services.intake import ledger
from chelun.people.services.intake.arrivals import write_arrivals
from chelun.people.services.intake.firms import Firms
from chelun.people.services.intake.gathering import foretell
from chelun.people.services.intake.known import Known, known_by_leaf, may_be
from chelun.people.services.intake.leaves import joined_in
from chelun.people.services.intake.newcomers import Newcomer, id_index_of
from chelun.people.services.intake.person_cards import PersonCards
from chelun.people.services.intake.plates import Plates
from chelun.people.services.intake.ranking import ranking_for
from chelun.people.services.intake.shelf import PERSONS
from chelun.platform.audit.services import Event, record_many
from chelun.platform.privacy.keys import keys_of, make_keys, store_keys
from chelun.platform.privacy.services.returning import anybody_barred, barred_digests
from chelun.platform.sheets.batches import hidden_batches, home_of, levels_of
from chelun.platform.sheets.registers import Intake, StagedRow


@dataclass(slots=True)
class Plan:
    """What a set of rows will do: which belong to whom, which wait, which say nothing new."""

    belongs: list[tuple[StagedRow, str, UUID]] = field(default_factory=list)
    waiting: list[tuple[StagedRow, str, Decision]] = field(default_factory=list)
    new: dict[UUID, str | None] = field(default_factory=dict)
    newcomers: dict[UUID, Newcomer] = field(default_factory=dict)
    unchanged: int = 0
    barred: int = 0


class PersonPublisher:
    """Brings rows of persons into the register (chelun.platform.sheets.registers.Publisher)."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._firms = Firms(intake)
        self.brought: list[UUID] = []
        """The persons of the last `apply`, in the order of its rows; for the single door."""

    def preview(self, rows: Sequence[StagedRow]) -> Counter[str]:
        """What `apply` would do."""
        plan = self._plan(rows)
        named = [(row, person) for row, _, person in plan.belongs]
        on_file = ledger.on_file(PERSONS, self._intake, {person for _, person in named} - plan.new.keys())
        found = foretell(PERSONS, self._intake, named, on_file, ranking_for(PERSONS.register, self._intake))
        return _counts(rows, plan, found["created"], found["changed"])

    def meant(self, rows: Sequence[StagedRow]) -> list[tuple[StagedRow, UUID | None]]:
        """Whom each row means that says something new; None for somebody nobody has named yet. Waiting rows are left out."""
        plan = self._plan(rows)
        return [(row, None if person in plan.new else person) for row, _, person in plan.belongs]

    def apply(self, rows: Sequence[StagedRow]) -> Counter[str]:
        """Bring the rows in: persons, source records, cards, ties, audit rows."""
        plan = self._plan(rows)
        # In the order of their digests: two places that bring the same persons wait for one another in one direction only.
        new = sorted(plan.new.items(), key=lambda pair: pair[1] or "")
        insert_rows(Person, ("id", "id_index"), new)
        subjects = {person for _, _, person in plan.belongs}
        ready = [newcomer.key for newcomer in plan.newcomers.values()]
        unready = plan.new.keys() - plan.newcomers.keys()
        keys = {**keys_of(subjects - plan.new.keys()), **store_keys(ready), **make_keys(unready)}
        alone = _alone(plan)
        records = [
            ledger.new_record(self._intake, person, row, digest)
            for row, digest, person in plan.belongs
            if person not in alone
        ]
        plates = Plates(self._intake)
        arrivals = write_arrivals(self._intake, self._firms, plates, list(alone.values()))
        cards = PersonCards(self._intake, self._firms, plates, keys)
        events, told, created = cards.renew(records, plan.new.keys())
        ledger.write_records(PERSONS, self._intake, records, keys)
        self._keep_waiting(plan.waiting)
        record_many(actor=self._intake.actor, events=[*arrivals, *events])
        self.brought = [person for _, _, person in plan.belongs]
        return _counts(rows, plan, created + len(arrivals), told - created)

    def write(
        self,
        everything: Mapping[UUID, Sequence[Record]],
        earlier: Mapping[UUID, Sequence[Record]],
        keys: Mapping[UUID, bytes],
    ) -> tuple[list[Event], int]:
        """As for every thing: put the cards in place that these records make; (audit events, how many were created)."""
        cards = PersonCards(self._intake, self._firms, Plates(self._intake), keys)
        return cards.write(everything, earlier)

    def _plan(self, rows: Sequence[StagedRow]) -> Plan:
        plan = Plan()
        fresh = self._admitted(self._fresh(rows, plan), plan)
        on_file = self._by_id_number(fresh)
        named = self._by_name(fresh)
        joined = joined_in(self._intake.place, set(on_file.values())) if named else NOTHING_JOINED
        for row, digest in fresh:
            index = _id_index(row)
            if index:
                self._belong_by_number(plan, row, digest, index, on_file)
                _name(named, row, plan.belongs[-1][2], joined)
            else:
                self._belong_by_name(plan, row, digest, named)
        return plan

    def _fresh(self, rows: Sequence[StagedRow], plan: Plan) -> list[tuple[StagedRow, str]]:
        """The rows whose content this source has not brought before, each content once."""
        digests = [row.ready.digest if row.ready else ledger.digest_of(row.facts) for row in rows]
        seen = ledger.known_digests(PERSONS, self._intake, digests) | self._waiting_digests(rows, digests)
        fresh = []
        for row, digest in zip(rows, digests, strict=True):
            if digest not in seen:
                seen.add(digest)
                fresh.append((row, digest))
        plan.unchanged = len(rows) - len(fresh)
        return fresh

    def _admitted(self, fresh: list[tuple[StagedRow, str]], plan: Plan) -> list[tuple[StagedRow, str]]:
        """Without the rows of those who were erased because they objected to being kept: these are left out and counted."""
        if not anybody_barred():
            return fresh
        meant = [erased_digests(row.facts) for row, _ in fresh]
        barred = barred_digests({digest for digests in meant for digest in digests})
        kept = [each for each, digests in zip(fresh, meant, strict=True) if barred.isdisjoint(digests)]
        plan.barred = len(fresh) - len(kept)
        return kept

    def _waiting_digests(self, rows: Sequence[StagedRow], digests: Sequence[str]) -> set[str]:
        without = [
            digest for row, digest in zip(rows, digests, strict=True) if not row.facts.get("id_number")
        ]
        waiting = UnresolvedRow.objects.standing(self._intake.batch, hidden_batches())
        found = waiting.filter(
            digest__among=without, home=home_of(self._intake.place), source=self._intake.source
        )
        return set(found.values_list("digest", flat=True)) if without else set()

    def _by_id_number(self, fresh: Sequence[tuple[StagedRow, str]]) -> dict[str, UUID]:
        indexes = [index for row, _ in fresh if (index := _id_index(row))]
        found = (
            Person.objects.filter(id_index__among=indexes).values_list("id_index", "id") if indexes else ()
        )
        return {str(index): person for index, person in found}

    def _by_name(self, fresh: Sequence[tuple[StagedRow, str]]) -> Known:
        """For each name of a row without a number: the persons of the place who have it, with their name-phone index.

        A joined file is known by what each of its leaves says of itself.
        """
        names = {row.facts["name"] for row, _ in fresh if not row.facts.get("id_number")}
        if not names:
            return {}
        cards = PersonCard.objects.standing(self._intake.batch, hidden_batches())
        level = {"home": home_of(self._intake.place), **levels_of(self._intake.place)}
        cards = cards.filter(name__in=names, pinyin__in={pinyin_of(name)[:120] for name in names}, **level)
        found: Known = {name: [] for name in names}
        leaves = known_by_leaf(self._intake, {card.person_id for card in cards})
        for card in cards:
            candidate = Candidate(card.person_id, False, card.sex, card.birth_year)
            by_leaf = leaves.get((card.person_id, card.name))
            found[card.name] += by_leaf or [(card.name_phone, candidate)]
        return found

    def _belong_by_number(
        self, plan: Plan, row: StagedRow, digest: str, index: str, on_file: dict[str, UUID]
    ) -> None:
        person = on_file.get(index)
        if person is None:
            person = on_file[index] = _make(plan, row, index)
        plan.belongs.append((row, digest, person))

    def _belong_by_name(self, plan: Plan, row: StagedRow, digest: str, named: Known) -> None:
        facts = row.facts
        indexes = {name_phone_index(facts["name"], phone) for phone in facts.get("phones", ())}
        known = named[facts["name"]]
        decision = decide(facts, [_with_phone(each, index in indexes) for index, each in known])
        if decision.kind == "wait":
            plan.waiting.append((row, digest, decision))
            return
        person = decision.person
        if person is None:
            person = _make(plan, row, None)
            _name(named, row, person)
        plan.belongs.append((row, digest, person))

    def _keep_waiting(self, waiting: Sequence[tuple[StagedRow, str, Decision]]) -> None:
        place, intake = self._intake.place, self._intake
        rows = []
        for row, digest, decision in waiting:
            key = uuid7()
            values: dict[str, Any] = {
                "id": key, "province": place["province"], "city": place.get("city", ""),
                "county": place.get("county", ""), "township": row.facts.get("township") or place.get("township", ""),
                "home": home_of(place), "batch": intake.batch, "superseded_by": None, "source": intake.source,
                "as_of": intake.as_of, "sheet": row.sheet[:60], "row_number": row.number or None, "digest": digest,
                "reason": decision.reason, "candidates": [str(person) for person in decision.candidates],
                "sealed": seal(canonical(row.facts).encode(), f"unresolved:{key}"), "settled_as": "",
                "created_at": ledger.now(),
            }  # fmt: skip
            rows.append(values)
        if rows:
            insert_rows(UnresolvedRow, list(rows[0]), [list(values.values()) for values in rows])


def _id_index(row: StagedRow) -> str | None:
    """The digest of the row's ID number."""
    return row.ready.id_index if row.ready else id_index_of(row.facts)


def _make(plan: Plan, row: StagedRow, index: str | None) -> UUID:
    """Plan a new person for a row, with the digest of his ID number if he has one."""
    newcomer: Newcomer | None = row.ready
    person = newcomer.person if newcomer else uuid7()
    plan.new[person] = index
    if newcomer:
        plan.newcomers[person] = newcomer
    return person


def _alone(plan: Plan) -> dict[UUID, Newcomer]:
    """The newcomers of whom just one row speaks: what was computed ahead holds for them."""
    rows = Counter(person for _, _, person in plan.belongs)
    return {person: newcomer for person, newcomer in plan.newcomers.items() if rows[person] == 1}


def _name(named: Known, row: StagedRow, person: UUID, joined: Joined = NOTHING_JOINED) -> None:
    """Let later rows of the same call find a person by name who is not on file yet."""
    known = named.get(row.facts.get("name", ""))
    if known is None:
        return
    known.extend(may_be(row.facts, joined.whole_of(person), person))


def _with_phone(candidate: Candidate, same: bool) -> Candidate:
    return replace(candidate, same_phone=same)


def _counts(rows: Sequence[StagedRow], plan: Plan, created: int, changed: int) -> Counter[str]:
    unchanged = len(rows) - len(plan.waiting) - plan.barred - created - changed
    counts = Counter(created=created, changed=changed, unchanged=unchanged, unresolved=len(plan.waiting))
    if plan.barred:
        counts["barred"] = plan.barred
    return counts
