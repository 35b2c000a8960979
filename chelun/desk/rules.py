"""Who may do what with a change request, and what its lines are. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from chelun.desk.choices import ChangeState

FACT_OF = {"phone": "phones", "phone2": "phones"}
"""The fact of which a cell of the form says a part, where they are not called alike."""
OPEN = frozenset({ChangeState.DRAFT, ChangeState.FILED})


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a file: the cell that stood when the change was proposed, and the one that should stand."""

    field: str
    old: str
    new: str

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """From what is stored."""
        return cls(str(values["field"]), str(values["old"]), str(values["new"]))

    def stored(self) -> dict[str, str]:
        """As it is stored."""
        return asdict(self)


def lines_between(old: Mapping[str, str], new: Mapping[str, str]) -> list[Line]:
    """The fields whose cell should be another one, in the order of `new`."""
    return [
        Line(field, old.get(field, ""), cell) for field, cell in new.items() if cell != old.get(field, "")
    ]


def changed_since(lines: Sequence[Line], standing: Mapping[str, str]) -> list[str]:
    """The fields whose standing cell is no longer the one that the proposal was made against."""
    return [line.field for line in lines if standing.get(line.field, "") != line.old]


def may_check(*, state: str, filed_by: str, checked_by: Collection[str], actor: str) -> bool:
    """Four eyes: whoever proposed it does not check it, and nobody checks it twice."""
    return state == ChangeState.FILED and actor != filed_by and actor not in checked_by


def is_last(*, checks_done: int, checks_needed: int) -> bool:
    """Whether one more «yes» lets the change stand."""
    return checks_done + 1 >= checks_needed
