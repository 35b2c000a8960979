"""Reads of cross tables: two dimensions of a register in a region, as a job counted them at some state of the data."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.cockpit.models import CrossTable
from chelun.cockpit.rules.suppression import hidden_cells
from chelun.core.crossings import ALL, CROSSINGS, Crossing, Dimension
from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.selectors import live_job
from chelun.platform.regions.selectors import children, name_of, place, within
from chelun.platform.sheets.batches import place_states

KIND = "cockpit.cross"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which table is wanted: a register, the dimension of the lines, that of the columns, a region."""

    crossing: Crossing
    lines: Dimension
    columns: Dimension
    code: str

    @property
    def turned(self) -> bool:
        """Whether the table is kept the other way round: of two dimensions in either order one table is kept."""
        names = list(self.crossing.by_name)
        return names.index(self.lines.name) > names.index(self.columns.name)

    @property
    def key(self) -> dict[str, str]:
        """By what a table is kept."""
        one, other = (self.columns, self.lines) if self.turned else (self.lines, self.columns)
        return {"register": self.crossing.name, "one": one.name, "other": other.name, "code": self.code}

    @property
    def dedupe(self) -> str:
        """The same for the queue: nobody asks for the same table twice."""
        return ":".join([*self.key.values(), data_state(self.code)])


@dataclass(frozen=True)
class Cross:
    """A table as it is to be shown: lines, columns, numbers and totals."""

    asked: Asked
    table: CrossTable
    fresh: bool

    @cached_property
    def counts(self) -> Mapping[tuple[str, str], int]:
        """The numbers by (line, column)."""
        turned = self.asked.turned
        return {((b, a) if turned else (a, b)): n for a, b, n in self.table.cells}

    @cached_property
    def lines(self) -> list[str]:
        """The values of the lines that occur, in order."""
        return self._values(self.asked.lines, 0)

    @cached_property
    def columns(self) -> list[str]:
        """The values of the columns that occur, in order."""
        return self._values(self.asked.columns, 1)

    def number(self, line: str, column: str) -> int:
        """A number, 0 where nothing was counted."""
        return self.counts.get((line, column), 0)

    @cached_property
    def hidden(self) -> frozenset[tuple[str, str]]:
        """What must not be shown outside the reader's own rights."""
        lines, columns = [*self.lines, ALL], [*self.columns, ALL]
        table = [[self.number(line, column) for column in columns] for line in lines]
        return frozenset(
            (lines[at], columns[place]) for at, place in hidden_cells(table, settings.CHELUN_SMALLEST_SHOWN)
        )

    def _values(self, dimension: Dimension, axis: int) -> list[str]:
        sizes: Counter[str] = Counter()
        for key, n in self.counts.items():
            if key[1 - axis] == ALL and key[axis] != ALL:
                sizes[key[axis]] += n
        order = {value: at for at, value in enumerate(_order(dimension, self.asked.code))}
        return sorted(sizes, key=lambda value: (order.get(value, len(order)), -sizes[value], value))


def _order(dimension: Dimension, code: str) -> Sequence[str]:
    return tuple(each.code for each in children(code)) if dimension.name == "region" else dimension.order


def asked_for(*, scope: Scope, code: str, register: str, lines: str, columns: str) -> Asked:
    """What an address asks for; what it leaves open is filled in. NotFound outside the scope, for a township, for unknown names."""
    if not within(code, scope) or len(code) != 6:
        raise NotFound
    crossing = CROSSINGS.get(register or next(iter(CROSSINGS)).name)
    if crossing is None:
        raise NotFound
    names = list(crossing.by_name)
    first = lines or names[0]
    second = columns or ("region" if first != "region" else names[0])
    if first == second:
        second = next(name for name in names if name != first)
    if first not in names or second not in names:
        raise NotFound
    return Asked(crossing, crossing.by_name[first], crossing.by_name[second], code)


def cross_of(asked: Asked) -> Cross | None:
    """The table that is kept, and whether it still says what the registers say; None before it was ever counted."""
    kept = CrossTable.objects.filter(**asked.key).first()
    return Cross(asked, kept, kept.state == data_state(asked.code)) if kept else None


def cross_job(asked: Asked) -> Job | None:
    """The job that counts this table now."""
    return live_job(kind=KIND, dedupe=asked.dedupe)


def data_state(code: str) -> str:
    """What changes whenever a number of the region may have changed: the states of its places, and the day."""
    here = place(code)
    above = set(here.path_codes) if here else set()
    states = [
        f"{home}:{version}"
        for home, version in sorted(place_states().items())
        if home in above or (known := place(home)) is None or code in known.path_codes
    ]
    text = f"{timezone.localdate().isoformat()} {' '.join(states)}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def title_of(asked: Asked) -> str:
    """What the table is called."""
    return _("{place} · {register}：{lines} × {columns}").format(
        place=name_of(asked.code), register=asked.crossing.label, lines=asked.lines.label, columns=asked.columns.label,
    )  # fmt: skip
