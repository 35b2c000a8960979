"""Which plates without a colour mean the one vehicle that has this plate: what a clerk may join in one act, and what is left out and why.

The rule is exact: it only says which pairs nothing speaks against. That they are one, somebody states who gives his reason.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from chelun.people.rules.likeness import PlateKnown

JOIN = "join"
SEVERAL, APART, PARTED, OPPOSITE, STALE = "several", "apart", "parted", "opposite", "stale"
LEFT_OUT = (SEVERAL, APART, PARTED, OPPOSITE, STALE)
"""Why a pair is left out: several vehicles have this plate; somebody said that the two are not the same; they were joined and
somebody parted them; elsewhere they are joined the other way round; one of the two has changed or gone since they were found."""


@dataclass(frozen=True, slots=True)
class PlatePair:
    """A likely pair of vehicles: the cards that their place has of them today, None where one has none."""

    one: PlateKnown | None
    other: PlateKnown | None
    apart: bool

    @property
    def sides(self) -> tuple[UUID, UUID] | None:
        """(the one without a colour, the one with it); None where the two do not stand so."""
        known = [each for each in (self.one, self.other) if each is not None]
        plain = [each.subject for each in known if not each.colour]
        coloured = [each.subject for each in known if each.colour]
        alike = len({each.plate for each in known}) == 1
        return (plain[0], coloured[0]) if alike and plain and coloured else None


@dataclass(frozen=True, slots=True)
class Against:
    """What may speak against joining: which coloured vehicles have a plate, as far as the actor sees; which pairs somebody
    has parted; which are joined the other way round."""

    coloured: Mapping[str, Collection[UUID]]
    parted: Collection[tuple[UUID, UUID]]
    opposite: Collection[tuple[UUID, UUID]]


def verdict(pair: PlatePair, against: Against) -> str:
    """`JOIN`, or why the pair is left out."""
    if pair.apart:
        return APART
    sides = pair.sides
    if sides is None or pair.one is None:
        return STALE
    if set(against.coloured.get(pair.one.plate, ())) != {sides[1]}:
        return SEVERAL
    if sides in against.parted:
        return PARTED
    return OPPOSITE if sides in against.opposite else JOIN
