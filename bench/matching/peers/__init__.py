"""Peers: tools that find the pairs of two tables, each a module with `match(left, right)`, and the place of our own engine among them.

A peer is named in `PEERS` and runs in a process and an environment of its own (`run.py`), so that its packages are needed by nobody else and its
time and memory are its own. What it gives back is pairs of row ids with a probability; which of them count is the business of `scores.py`.

**Our engine** plugs in as the module `ours.py` beside this one, with the same function. As long as there is none, figures say "no engine yet".
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Pair = tuple[str, str, float]
"""Left id, right id, probability between 0 and 1."""
Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file, and which of its heads is which field. An engine that recognises columns by itself uses only the path and the head of the id."""

    path: Path
    heads: dict[str, str]

    def records(self) -> list[Record]:
        """All rows by field, as they stand in the file."""
        fields = {head: field for field, head in self.heads.items()}
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            return [{fields[head]: cell for head, cell in row.items()} for row in csv.DictReader(file)]


class Peer(Protocol):
    """What the module of a peer has. For one table with duplicates `left` and `right` are the same object."""

    def match(self, left: Table, right: Table) -> Iterable[Pair]:
        """All pairs that may be one, each once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A peer as figures name it: module in this package, what it says on a line, whether its packages are those of the lock file for peers."""

    module: str
    title: str
    own_packages: bool = True


OURS = Entry("ours", "Chelun", own_packages=False)
ROSTER_PEERS = (
    Entry("clerks", "exact, as clerks do", own_packages=False),
    Entry("recordlinkage_roster", "recordlinkage ECM, cleaned"),
    Entry("splink_raw", "Splink, raw fields"),
    Entry("splink_cleaned", "Splink, cleaned by hand"),
)
FEBRL_PEERS = (
    Entry("recordlinkage_febrl", "recordlinkage ECM"),
    Entry("splink_febrl", "Splink, its demo's model"),
)
