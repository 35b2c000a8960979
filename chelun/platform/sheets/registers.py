"""What a register must offer so that sheets can fill it. Registers live above; they add themselves to `REGISTERS`."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Model

from chelun.core.actors import Actor
from chelun.core.registries import Registry
from chelun.engines.faults import Fault
from chelun.engines.ids import AreaHistory
from chelun.engines.tables.columns.fields import FieldSpec
from chelun.engines.tables.columns.own_fields import OwnColumn
from chelun.platform.sheets.turns import Pace

Facts = dict[str, Any]
OwnColumns = Mapping[str, tuple[OwnColumn, ...]]
"""The fields that a place has added, by register."""
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
    own: OwnColumns = field(default_factory=dict)


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


NEW, CHANGED, GONE = "new", "changed", "gone"


@dataclass(frozen=True, slots=True)
class Difference:
    """How a sheet differs from its register in one row: what is new, what changes, or what the sheet no longer has.

    `label` names the subject as lists do; `fields` are (name, what stands, what the sheet says, whether that
    will stand once the sheet is in), sensitive ones masked.
    """

    what: str
    label: str
    sheet: str = ""
    number: int = 0
    fields: tuple[tuple[str, str, str, bool], ...] = ()


Compare = Callable[[Intake, Iterable[Sequence[StagedRow]]], Iterator[Difference]]
"""How the checked rows of a sheet differ from what its place holds. What is gone is what this source said before."""


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
    takes_own: bool = False
    """Whether places may add fields of their own."""
    compare: Compare | None = None
    tables: tuple[type[Model], ...] = ()
    """What its lists read and a long import fills."""
    waiting_url: str = ""
    """The name of the address of the rows that wait for a clerk, which takes `?batch=`; '' where none do."""


REGISTERS: Registry[Register] = Registry("register")
OWN_COLUMNS: Registry[Callable[[Mapping[str, str]], OwnColumns]] = Registry("source of own fields")
"""Who knows which fields a place (its level columns) has added to the registers."""


def own_columns(place: Mapping[str, str]) -> OwnColumns:
    """The fields that a place and the places above it have added, by register."""
    found: dict[str, tuple[OwnColumn, ...]] = {}
    for source in OWN_COLUMNS:
        for register, columns in source(place).items():
            found[register] = (*found.get(register, ()), *columns)
    return found


def with_own(register: Register, own: OwnColumns) -> Register:
    """A register together with the fields that a place has added to it."""
    columns = own.get(register.name, ())
    if not columns:
        return register
    fields = (*register.fields, *(column.spec() for column in columns))
    return replace(register, fields=fields, check=partial(_check_own, register.check, columns))


def registers_at(place: Mapping[str, str]) -> dict[str, Register]:
    """All registers as a place has them, by name."""
    own = own_columns(place)
    return {register.name: with_own(register, own) for register in REGISTERS}


def _check_own(
    check: Callable[[Mapping[str, Any], CheckContext], Checked],
    columns: Sequence[OwnColumn],
    raw: Mapping[str, Any],
    context: CheckContext,
) -> Checked:
    """A row after its register's rules and those of the place's own fields."""
    checked = check(raw, context)
    for column in columns:
        value = column.read(raw.get(column.name, ""))
        if isinstance(value, Fault):
            checked.problems.append(Problem(column.name, value))
        elif value:
            checked.facts[column.name] = value
    return checked


def registers_for(names: Iterable[str]) -> list[Register]:
    """The registers of these names, in the order in which they must be filled."""
    wanted = set(names)
    return [register for register in REGISTERS if register.name in wanted]
