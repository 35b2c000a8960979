"""Firms and vehicles: imports, forms, merges and their undoing in any order leave what a model in a few lines says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import pytest

from chelun.core.errors import Refused
from chelun.engines.ids import make_uscc
from chelun.people.models import BulkMerge, EnterpriseCard, LeafName, Merge, VehicleCard
from chelun.people.selectors import enterprise_file, vehicle_file
from chelun.people.services.bulk_merging import JOINING, PARTING, begin_joining, begin_parting
from chelun.people.services.correcting import correct_file
from chelun.people.services.door import bring as enter
from chelun.people.services.likeness import find_likenesses
from chelun.people.services.merging import merge_files, unmerge_files
from chelun.people.tests.desk import CLERK, ZIYANG, bring, phone, scope_of, sheet
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.jobs.execution import run_here
from chelun.platform.jobs.models import Job
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet

pytestmark = pytest.mark.django_db
HERE, REASON, STEPS = scope_of(ZIYANG), "随机的一步", 16


@dataclass(slots=True)
class Said:
    """One record of the model: on which leaf it lies, what it says, by which door; a correction names nothing."""

    leaf: str
    value: str
    code: str
    order: int
    named: bool = True
    form: bool = False
    bulk: int | None = None


@dataclass(slots=True)
class Model:
    """What should be: every record and every driver with the leaf that was named, every merge that stands; those that one act
    made, and the pairs that somebody has parted by themselves."""

    said: list[Said] = field(default_factory=list)
    drivers: list[tuple[str, str]] = field(default_factory=list)
    bound: list[tuple[str, str]] = field(default_factory=list)
    acts: dict[UUID, list[tuple[str, str]]] = field(default_factory=dict)
    parted: set[frozenset[str]] = field(default_factory=set)
    order: int = 0

    def tick(self) -> int:
        self.order += 1
        return self.order

    def whole(self, leaf: str) -> str:
        return next((self.whole(canonical) for its, canonical in self.bound if its == leaf), leaf)

    def of(self, whole: str) -> list[Said]:
        """What counts for a file, the weightiest first: forms before sheets, then the later word; nothing where no record says what it is."""
        mine = [each for each in self.said if self.whole(each.leaf) == whole]
        if not any(each.named for each in mine):
            return []
        return sorted(mine, key=lambda each: (each.form, each.order), reverse=True)

    def code(self, whole: str) -> str:
        return next((each.code for each in self.of(whole) if each.code), "")

    def files(self) -> dict[str, tuple[str, int, bool]]:
        """For each file what it says, how many drive for it, and whether it is only mentioned."""
        found = {}
        for whole in {self.whole(leaf) for _who, leaf in self.drivers}:
            said = self.of(whole)
            drivers = {who for who, leaf in self.drivers if self.whole(leaf) == whole}
            found[whole] = (next((each.value for each in said if each.value), ""), len(drivers), not said)
        return found


@dataclass(frozen=True)
class Register:
    """What is different between firms and vehicles: the leaves, how rows name them, and what is seen of a file."""

    name: str
    leaves: dict[str, tuple[str, str]]
    fact: str
    heads: tuple[str, ...]
    seen: Callable[[UUID], tuple[str, int, bool]]
    known: Callable[[], dict[UUID, UUID]]
    mention: Callable[[str, str], dict[str, str]]
    may_join: Callable[[Model, str, str], bool]


def _firm_seen(firm: UUID) -> tuple[str, int, bool]:
    file = enterprise_file(HERE, firm)
    return file.card.legal_representative, file.staff, file.card.mentioned_only


def _vehicle_seen(vehicle: UUID) -> tuple[str, int, bool]:
    file = vehicle_file(HERE, vehicle)
    return file.card.vehicle_type, len(file.drivers), file.card.mentioned_only


FIRMS = {
    f"F{n}": (f"示例{letter}运输有限公司", make_uscc("610999", n) if n < 2 else "")
    for n, letter in enumerate("甲乙丙丁")
}
PLATES = {"V0": ("陕G00001", ""), "V1": ("陕G00001", "黄"), "V2": ("陕G00002", ""), "V3": ("陕G00002", "蓝")}
REGISTERS = (
    Register(
        "enterprise", FIRMS, "legal_representative", ("企业名称", "统一社会信用代码", "法定代表人"), _firm_seen,
        lambda: _named(EnterpriseCard, "enterprise_id"), lambda name, _code: {"enterprise": name},
        lambda model, one, other: not model.code(one) or not model.code(other) or model.code(one) == model.code(other),
    ),
    Register(
        "vehicle", PLATES, "vehicle_type", ("车牌号", "车牌颜色", "车辆类型"), _vehicle_seen,
        lambda: _named(VehicleCard, "vehicle_id"), lambda plate, colour: {"plate": plate, "plate_colour": colour},
        lambda model, one, other: PLATES[one][0] == PLATES[other][0],
    ),
)  # fmt: skip


def _named(model: type[Any], subject: str) -> dict[UUID, UUID]:
    return dict(model.objects.filter(superseded_by=None).values_list("pk", subject))


class Play:
    """The same steps in the model and in the house."""

    def __init__(self, register: Register, seed: int) -> None:
        self.random, self.model, self.register, self.calls = Random(seed), Model(), register, 0
        self.imports: dict[int, SheetImport] = {}
        self.keys: dict[str, UUID] = {}
        for leaf in register.leaves:
            known = set(register.known().values())
            self.drive(leaf)
            (self.keys[leaf],) = set(register.known().values()) - known

    def drive(self, leaf: str) -> None:
        self.calls += 1
        raw = {"name": f"单{chr(0x4E00 + self.calls)}", "phone": phone(self.calls), "kinds": "货车"}
        mention = self.register.mention(*self.register.leaves[leaf])
        enter("person", actor=CLERK, region=ZIYANG, raw={**raw, **{k: v for k, v in mention.items() if v}})
        self.model.drivers.append((raw["name"], leaf))

    def step(self) -> None:
        acts = (
            self.hire,
            self.bring,
            self.bring,
            self.correct,
            self.join,
            self.join,
            self.part,
            self.take_back,
        )
        plates = (self.join_plates, self.part_plates) if self.register.name == "vehicle" else ()
        self.random.choice((*acts, *plates))()
        names = {key: leaf for leaf, key in self.keys.items()}
        files = {names[key]: self.register.seen(key) for key in self.register.known().values()}
        assert files == self.model.files()

    def hire(self) -> None:
        self.drive(self.random.choice(sorted(self.keys)))

    def value(self) -> str:
        self.calls += 1
        return f"米{chr(0x4E00 + self.calls)}"

    def bring(self) -> None:
        tag, leaf, value = self.model.tick(), self.random.choice(sorted(self.keys)), self.value()
        row = (*self.register.leaves[leaf], value)
        self.imports[tag] = bring(sheet([row], self.register.heads), source=f"台账{tag}")
        self.model.said.append(Said(leaf, value, row[1], self.model.tick(), bulk=tag))

    def take_back(self) -> None:
        if self.imports:
            tag = self.random.choice(sorted(self.imports))
            undone = self.imports.pop(tag)
            begin_undo(actor=CLERK, sheet_import=undone, reason=REASON)
            undo_sheet(actor=CLERK, sheet_import=undone)
            self.model.said = [each for each in self.model.said if each.bulk != tag]

    def correct(self) -> None:
        whole, value = self.random.choice(sorted(self.model.files())), self.value()
        raw = {self.register.fact: value}
        correct_file(actor=CLERK, register=self.register.name, subject=self.keys[whole], home=ZIYANG, raw=raw)
        told = {each.leaf for each in self.model.said if self.model.whole(each.leaf) == whole}
        leaf = told.pop() if len(told) == 1 else whole
        named = not any(self.model.whole(each.leaf) == whole for each in self.model.said)
        self.model.said.append(Said(leaf, value, "", self.model.tick(), named=named, form=True))

    def join(self) -> None:
        files = sorted(self.model.files())
        if len(files) < 2:
            return
        leaf, canonical = self.random.sample(files, 2)
        sides = {"leaf": self.keys[leaf], "canonical": self.keys[canonical]}
        if self.register.may_join(self.model, leaf, canonical):
            merge_files(actor=CLERK, register=self.register.name, reason=REASON, **sides)
            self.model.bound.append((leaf, canonical))
        else:
            with pytest.raises(Refused):
                merge_files(actor=CLERK, register=self.register.name, reason=REASON, **sides)

    def part(self) -> None:
        merges = list(Merge.objects.filter(undone_at=None).order_by("made_at", "leaf"))
        if merges:
            place = self.random.randrange(len(merges))
            unmerge_files(actor=CLERK, merge=merges[place].pk, reason=REASON)
            self.model.parted.add(frozenset(self.model.bound.pop(place)))

    def join_plates(self) -> None:
        """One act for all plates without a colour: each of these plates has one vehicle with a colour."""
        find_likenesses()
        bulk = begin_joining(actor=CLERK, region=ZIYANG, reason=REASON)
        self.work(JOINING)
        pairs = [
            pair
            for pair in (("V0", "V1"), ("V2", "V3"))
            if self.model.whole(pair[0]) != self.model.whole(pair[1])
        ]
        pairs = [pair for pair in pairs if frozenset(pair) not in self.model.parted]
        self.model.acts[bulk.pk] = pairs = sorted(pairs, key=lambda pair: self.keys[pair[0]])
        self.model.bound += pairs

    def work(self, kind: str) -> None:
        run_here(Job.objects.get(kind=kind, state="queued"))

    def part_plates(self) -> None:
        """Such an act is undone: what it joined and nobody has parted since."""
        if self.model.acts:
            key = self.random.choice(sorted(self.model.acts))
            begin_parting(actor=CLERK, bulk=BulkMerge.objects.get(pk=key), reason=REASON)
            self.work(PARTING)
            gone = [pair for pair in self.model.acts.pop(key) if frozenset(pair) not in self.model.parted]
            self.model.bound = [pair for pair in self.model.bound if pair not in gone]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("register", REGISTERS, ids=lambda each: each.name)
def test_any_order_leaves_what_the_model_says(register: Register, seed: int) -> None:
    ensure_regions()
    play = Play(register, seed)
    for _step in range(STEPS):
        play.step()
    for merge in Merge.objects.filter(undone_at=None):
        unmerge_files(actor=CLERK, merge=merge.pk, reason=REASON)
    assert set(register.known().values()) == set(play.keys.values())
    assert not LeafName.objects.exists()
    assert verify_chain().whole
