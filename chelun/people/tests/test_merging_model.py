"""Imports, forms, merges, their undoing and decisions in any order leave what a model in a few lines says."""

from dataclasses import dataclass, field
from random import Random
from uuid import UUID

import pytest

from chelun.core.crypto import blind_index
from chelun.people.models import Merge, PersonCard, PersonSource, UnresolvedRow
from chelun.people.selectors import person_file, waiting_row
from chelun.people.services.corrections import correct_person
from chelun.people.services.door import register_person
from chelun.people.services.intake.ledger import open_facts
from chelun.people.services.merging import merge_files, unmerge_files
from chelun.people.services.settling import settle_unresolved
from chelun.people.tests.desk import CLERK, ZIYANG, bring, number, phone, scope_of, sheet
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet

pytestmark = pytest.mark.django_db
HERE, REASON = scope_of(ZIYANG), "随机的一步"
MEN = 4
STEPS = 16


@dataclass(slots=True)
class Said:
    """One record of the model: on which leaf it lies (None while it waits), what it says, and by which door."""

    leaf: str | None
    telephone: str
    number: str
    form: bool
    order: int
    bulk: int | None = None

    @property
    def named(self) -> bool:
        """Whether it says who it is: a correction alone makes no file."""
        return bool(self.number) or self.order == 1


@dataclass(slots=True)
class Bound:
    """One merge of the model."""

    leaf: str
    canonical: str
    wrong: str | None
    order: int


@dataclass(slots=True)
class Model:
    """What should be: every record with its leaf, every merge that stands."""

    said: list[Said] = field(default_factory=list)
    bound: list[Bound] = field(default_factory=list)
    order: int = 0

    def tick(self) -> int:
        self.order += 1
        return self.order

    def whole(self, leaf: str) -> str:
        for each in self.bound:
            if each.leaf == leaf:
                return self.whole(each.canonical)
        return leaf

    def of(self, whole: str) -> list[Said]:
        return [each for each in self.said if each.leaf and self.whole(each.leaf) == whole]

    def numbered(self, each: Said) -> str:
        """Its number, unless a merge of the file in which it stands says that it is wrong."""
        wrong = {
            bound.wrong
            for bound in self.bound
            if each.leaf and self.whole(bound.leaf) == self.whole(each.leaf)
        }
        return "" if each.leaf in wrong else each.number

    def files(self) -> dict[str, tuple[str, str]]:
        """For each file its telephone and its number: forms before sheets, then the later word."""
        found = {}
        for whole in {self.whole(each.leaf) for each in self.said if each.leaf and each.named}:
            newest = sorted(self.of(whole), key=lambda each: (each.form, each.order), reverse=True)
            numbers = [self.numbered(each) for each in newest if self.numbered(each)]
            found[whole] = (newest[0].telephone, numbers[0] if numbers else "")
        return found

    def corrected(self, whole: str, telephone: str) -> None:
        leaves = {each.leaf for each in self.of(whole)}
        leaf = leaves.pop() if len(leaves) == 1 else whole
        self.said.append(Said(leaf, telephone, "", True, self.tick()))

    def joined(self, leaf: str, canonical: str, wrong: str | None) -> None:
        self.bound.append(Bound(leaf, canonical, wrong, self.tick()))

    def numbers_leaf(self, whole: str) -> str | None:
        """The leaf from which the number of a file comes."""
        newest = sorted(self.of(whole), key=lambda each: (each.form, each.order), reverse=True)
        return next((each.leaf for each in newest if self.numbered(each)), None)

    def parted(self, bound: Bound) -> int:
        whole = self.whole(bound.leaf)
        mine = self.of(whole)
        self.bound.remove(bound)
        doubtful = [
            each for each in mine if each.leaf == whole and not each.number and each.order > bound.order
        ]
        sides = {self.whole(each.leaf) for each in mine if each.leaf and each not in doubtful}
        if not sides - {self.whole(whole)}:
            return 0
        for each in doubtful:
            each.leaf = None
        return len(doubtful)


class Play:
    """The same steps in the model and in the house."""

    def __init__(self, seed: int) -> None:
        self.random, self.model, self.calls = Random(seed), Model(), 100
        self.imports: dict[int, SheetImport] = {}
        twin = register_person(actor=CLERK, region=ZIYANG, raw={"name": "单无号", "phone": phone(77)}).subject
        assert twin
        self.twin = twin
        self.model.said.append(Said("T", phone(77), "", True, self.model.tick()))

    def telephone(self) -> str:
        self.calls += 1
        return phone(self.calls)

    def key(self, person: UUID, id_index: str | None) -> str:
        if person == self.twin:
            return "T"
        return next(name for name, its in self.indexes.items() if its == id_index)

    @property
    def indexes(self) -> dict[str, str]:
        from_number = {number(n): f"P{n}" for n in range(1, MEN + 1)}
        return {name: _index(each) for each, name in from_number.items()}

    def people(self) -> dict[str, UUID]:
        cards = PersonCard.objects.in_scope(HERE).visible(hidden_batches())
        rows = cards.values_list("person", "person__id_index")
        return {self.key(person, index): person for person, index in rows}

    def step(self) -> None:
        acts = (
            self.bring,
            self.bring,
            self.correct,
            self.join,
            self.join,
            self.part,
            self.take_back,
            self.settle,
        )
        self.random.choice(acts)()
        assert self.seen() == self.model.files()

    def bring(self) -> None:
        rows, tag = [], self.model.tick()
        for n in self.random.sample(range(1, MEN + 1), self.random.randint(1, 3)):
            rows.append((f"王{'一二三四'[n - 1]}", number(n), self.telephone(), "货车", "", ""))
            self.model.said.append(Said(f"P{n}", rows[-1][2], number(n), False, self.model.tick(), tag))
        self.imports[tag] = bring(sheet(rows), source=f"名册{tag}")

    def take_back(self) -> None:
        if not self.imports:
            return
        tag = self.random.choice(sorted(self.imports))
        undone = self.imports.pop(tag)
        begin_undo(actor=CLERK, sheet_import=undone, reason=REASON)
        undo_sheet(actor=CLERK, sheet_import=undone)
        self.model.said = [each for each in self.model.said if each.bulk != tag]

    def correct(self) -> None:
        people = self.people()
        whole, telephone = self.random.choice(sorted(people)), self.telephone()
        correct_person(actor=CLERK, person=people[whole], home=ZIYANG, raw={"phone": telephone})
        self.model.corrected(whole, telephone)

    def join(self) -> None:
        people, files = self.people(), self.model.files()
        if len(people) < 2:
            return
        leaf, canonical = self.random.sample(sorted(people), 2)
        differ = files[leaf][1] and files[canonical][1] and files[leaf][1] != files[canonical][1]
        wrong = self.random.choice((leaf, canonical)) if differ else None
        merge_files(
            actor=CLERK, register="person", leaf=people[leaf], canonical=people[canonical], reason=REASON,
            wrong=people[wrong] if wrong else None,
        )  # fmt: skip
        self.model.joined(leaf, canonical, self.model.numbers_leaf(wrong) if wrong else None)

    def part(self) -> None:
        merges = list(Merge.objects.filter(undone_at=None).order_by("made_at"))
        if merges:
            place = self.random.randrange(len(merges))
            waiting = unmerge_files(actor=CLERK, merge=merges[place].pk, reason=REASON)
            assert waiting == self.model.parted(self.model.bound[place])

    def settle(self) -> None:
        waiting = UnresolvedRow.objects.filter(settled_as="").order_by("id").first()
        candidates = (
            [each.card.person_id for each in waiting_row(HERE, waiting.pk).candidates] if waiting else []
        )
        if waiting and candidates:
            chosen = self.random.choice(sorted(candidates))
            before = set(PersonSource.objects.values_list("pk", flat=True))
            settle_unresolved(actor=CLERK, row=waiting.pk, person=chosen)
            lies_on = PersonSource.objects.exclude(pk__in=before).get()
            (said,) = [
                each for each in self.model.said if each.leaf is None and each.telephone == _phone_of(lies_on)
            ]
            said.leaf, said.order = self.key(lies_on.person_id, lies_on.person.id_index), self.model.tick()

    def seen(self) -> dict[str, tuple[str, str]]:
        """For each file that readers see its telephone and its number, from card and file alike."""
        found = {}
        for whole, person in self.people().items():
            file = person_file(HERE, person)
            facts = open_facts(keys_of([person])[person], bytes(file.card.sealed))
            assert facts.get("phones") == file.held.value("phones")
            found[whole] = (facts["phones"][0], facts.get("id_number", ""))
        return found


def _index(id_number: str) -> str:
    return blind_index("id_number", id_number)


def _phone_of(row: PersonSource) -> str:
    facts = open_facts(keys_of([row.person_id])[row.person_id], bytes(row.sealed))
    telephone: str = facts["phones"][0]
    return telephone


@pytest.mark.parametrize("seed", range(6))
def test_any_order_leaves_what_the_model_says(seed: int) -> None:
    ensure_regions()
    play = Play(seed)
    for _step in range(STEPS):
        play.step()
    for merge in Merge.objects.filter(undone_at=None):
        unmerge_files(actor=CLERK, merge=merge.pk, reason=REASON)
    alone = {each.leaf for each in play.model.said if each.named}
    assert set(play.people()) == alone
    assert verify_chain().whole
