"""Which files are one: what the statements that two of them are one come to in a place, and what is asked of a new one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from chelun.people.rules.facts import Record

NUMBER_FACTS = frozenset({"id_number", "birth", "sex"})
"""What a row's ID number says: these fall together when the number is stated to be wrong."""


@dataclass(frozen=True, slots=True)
class Link:
    """A statement that two files are one: `leaf` is shown on the file of `canonical` within the region `home`."""

    leaf: UUID
    canonical: UUID
    home: str
    at: datetime
    wrong: UUID | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A leaf that counts to a file within a region; `numbered` whether its ID number holds."""

    home: str
    leaf: UUID
    whole: UUID
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Joined:
    """Which of some subjects are one in one place. Who is not in it stands alone."""

    whole: Mapping[UUID, UUID] = field(default_factory=dict)
    unnumbered: frozenset[UUID] = frozenset()

    def whole_of(self, subject: UUID) -> UUID:
        """The subject on whose file this one is shown: mostly itself."""
        return self.whole.get(subject, subject)

    def leaves_of(self, whole: UUID) -> tuple[UUID, ...]:
        """Whose records make up a file."""
        return tuple(sorted(leaf for leaf, its in self.whole.items() if its == whole)) or (whole,)

    def heard(self, record: Record) -> Record:
        """A record as it counts: without an ID number that was stated to be wrong."""
        return without_number(record) if record.subject in self.unnumbered else record

    def spread(self, wholes: Iterable[UUID]) -> set[UUID]:
        """All leaves of some files."""
        wanted = set(wholes)
        return wanted | {leaf for leaf, whole in self.whole.items() if whole in wanted}


NOTHING_JOINED = Joined()


def joined_at(counted: Iterable[Counted], place: Mapping[str, str]) -> Joined:
    """What holds in one place: for each leaf the row of the smallest region around the place."""
    rank = {
        place[level]: step for step, level in enumerate(("province", "city", "county")) if place.get(level)
    }
    found: dict[UUID, Counted] = {}
    for row in counted:
        known = found.get(row.leaf)
        if row.home in rank and (known is None or rank[row.home] > rank[known.home]):
            found[row.leaf] = row
    wrong = frozenset(leaf for leaf, row in found.items() if not row.numbered)
    return Joined({leaf: row.whole for leaf, row in found.items()}, wrong)


def counted_in(home: str, links: Sequence[Link]) -> list[Counted]:
    """What links that all hold in one region come to there: each leaf with the file that it counts to."""
    found = []
    for group in groups(links):
        inside = [link for link in links if link.leaf in group]
        whole, wrong = _head(group, inside), {link.wrong for link in inside}
        found += [Counted(home, leaf, whole, leaf not in wrong) for leaf in sorted(group)]
    return found


def groups(links: Iterable[Link]) -> list[set[UUID]]:
    """The subjects that are one by these links, directly or through others."""
    found: list[set[UUID]] = []
    for link in links:
        pair = {link.leaf, link.canonical}
        touched = [group for group in found if group & pair]
        found = [group for group in found if not group & pair] + [pair.union(*touched)]
    return found


def _head(group: Collection[UUID], links: Sequence[Link]) -> UUID:
    """Who stands for a group: whom nobody joined to another, then whom the widest and oldest statement names."""
    ends = set(group) - {link.leaf for link in links} or set(group)
    named = {end: [(width(link.home), link.at) for link in links if link.canonical == end] for end in ends}
    return min(ends, key=lambda end: (not named[end], min(named[end], default=()), end))


def width(home: str) -> int:
    """0 for a province, 1 for a city, 2 for a county."""
    if home.endswith("0000"):
        return 0
    return 1 if home.endswith("00") else 2


def leads_to(links: Iterable[Link], start: UUID, end: UUID) -> bool:
    """Whether statements lead from one file to another: joining them the other way round would go in a circle."""
    up: dict[UUID, set[UUID]] = {}
    for link in links:
        up.setdefault(link.leaf, set()).add(link.canonical)
    seen, open_ = {start}, [start]
    while open_:
        for above in up.get(open_.pop(), ()):
            if above not in seen:
                seen.add(above)
                open_.append(above)
    return end in seen


def without_number(record: Record) -> Record:
    """A record without the ID number that was stated to be wrong, and without what that number says."""
    if "id_number" not in record.facts:
        return record
    return replace(
        record, facts={name: each for name, each in record.facts.items() if name not in NUMBER_FACTS}
    )


def names_nobody(facts: Mapping[str, Any]) -> bool:
    """Whether a record that came to a joined file does not say which of its leaves it means."""
    return not facts.get("id_number")


SAME, DIFFERENT, ONE_SIDED = "same", "different", "one"


def compared(one: Any, other: Any) -> str:
    """How two values of a fact stand to one another."""
    if not one or not other:
        return ONE_SIDED
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return SAME if set(one) & set(other) else DIFFERENT
    return SAME if one == other else DIFFERENT
