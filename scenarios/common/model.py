"""Values that describe a scenario: its workbooks, their expected figures, and the stated numbers.

No generation and no reading of files here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

Register = Literal["person", "enterprise", "vehicle", "credential"]
HowCounted = Literal["exact", "at_least", "more_than"]


class Outcome(StrEnum):
    """What the import must make of one row."""

    CREATED = "created"
    JOINED = "joined"
    UNRESOLVED = "unresolved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Figures:
    """Expected figures of one import.

    ``rows`` counts data rows: no title, head, blank, total or note. ``joined`` is the importer's *changed* plus
    *unchanged*. ``dropped`` holds the lowest head of each column that may not come in, once per table that has it; where a table has
    no head, what the import calls the column (第7列).
    """

    rows: int
    created: int
    joined: int = 0
    unresolved: int = 0
    refused: int = 0
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkbookInfo:
    """One file as a clerk would send it, in the order in which the bureau received it.

    ``mapping_hints`` are corrections on the mapping page: key ``sheet!head`` (``sheet!列A`` where a table has no
    head), value the Chinese label of the target field. ``region`` is whose list it is, '' for the place itself.
    """

    path: Path
    source: str
    register: Register
    order: int
    figures: Figures
    mapping_hints: dict[str, str] = field(default_factory=dict)
    region: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """One number that a source document states, and how a register is counted against it.

    `rows` and `query` are the list that holds just the rows that are counted, narrowed beside the region; '' where no
    single list does. `listed` are the lines that must come out, each of them and no other, where a register is counted.
    """

    key: str
    document: str
    wording: str
    counted: str
    number: int
    how: HowCounted = "exact"
    rows: Register | Literal[""] = ""
    query: Mapping[str, str] = field(default_factory=dict)
    listed: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """Collects the outcome of each row while a workbook is written."""

    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    dropped: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one data row."""
        self.counts[outcome] += 1

    def figures(self) -> Figures:
        """The figures of all rows counted so far."""
        return Figures(
            rows=sum(self.counts.values()),
            created=self.counts[Outcome.CREATED],
            joined=self.counts[Outcome.JOINED],
            unresolved=self.counts[Outcome.UNRESOLVED],
            refused=self.counts[Outcome.REFUSED],
            dropped=tuple(self.dropped),
        )
