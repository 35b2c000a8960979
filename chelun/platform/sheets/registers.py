"""What a register must offer so that sheets can fill it. Registers live above; they add themselves to `REGISTERS`."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from chelun.core.actors import Actor
from chelun.core.registries import Registry
from chelun.engines.faults import Fault
from chelun.engines.ids import AreaHistory
from chelun.platform.sheets.columns.fields import FieldSpec
from chelun.platform.sheets.turns import Pace

Facts = dict[str, Any]
Steps = Iterator[int]
"""Each `next` does one step in the caller's transaction, on as many rows as the pace allows, and says how many."""


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What a rule may know beside the row: the day, the area codes, where the rows belong."""

    today: date
    areas: AreaHistory | None
    demo_areas: bool
    place: Mapping[str, str]
    find_township: Callable[[str], str] = lambda text: ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one cell. `field` is the register's field, '' for the row as a whole."""

    field: str
    fault: Fault


@dataclass(slots=True)
class Checked:
    """A row after the rules: its facts, or why it is refused; warnings do not refuse."""

    facts: Facts = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StagedRow:
    """A row that passed the rules: where it stood, its facts, and what its register's `prepare` computed ahead."""

    sheet: str
    number: int
    facts: Facts
    ready: Any = None


@dataclass(frozen=True, slots=True)
class Intake:
    """Where rows come from and on whose behalf. `batch` is None at the single door, where changes show at once."""

    actor: Actor
    place: Mapping[str, str]
    source: str
    as_of: date
    door: str
    batch: UUID | None = None


Prepare = Callable[[Sequence[StagedRow], Intake], Sequence[StagedRow]]


class Publisher(Protocol):
    """Brings rows into a register, some hundred at a time, each call inside the caller's transaction."""

    def preview(self, rows: Sequence[StagedRow]) -> Counter[str]:
        """What `apply` would do, without doing it: created, changed, unchanged, unresolved, and barred where any are."""

    def apply(self, rows: Sequence[StagedRow]) -> Counter[str]:
        """Do it, and count it."""


@dataclass(frozen=True, slots=True)
class Register:
    """A register as sheets sees it."""

    name: str
    label: Any
    fields: tuple[FieldSpec, ...]
    check: Callable[[Mapping[str, Any], CheckContext], Checked]
    publisher: Callable[[Intake], Publisher]
    settle: Callable[[UUID, Pace], Steps]
    """Before publication, and again in its transaction: what the single door changed meanwhile is put right."""
    withdraw: Callable[[UUID, UUID, Pace], Steps]
    """Take back the source records of a batch under an undo batch."""
    sweep: Callable[[UUID, Pace], Steps]
    """After publication: delete the rows that nobody can see any more."""
    discard: Callable[[UUID, Pace], Steps]
    """Delete the rows of a batch that was never published."""
    prepare: Prepare | None = None
    """For large files, in another process and without a database: fill `ready` of the rows of an intake."""
    rows_url: str = ""
    """The name of the address of the register's list, which takes `?batch=` and `?first=on`; '' where it has none."""
    waiting_url: str = ""
    """The name of the address of the rows that wait for a clerk, which takes `?batch=`; '' where none do."""


REGISTERS: Registry[Register] = Registry("register")


def registers_for(names: Iterable[str]) -> list[Register]:
    """The registers of these names, in the order in which they must be filled."""
    wanted = set(names)
    return [register for register in REGISTERS if register.name in wanted]
