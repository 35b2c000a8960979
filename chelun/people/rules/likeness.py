"""Which two files of a place may be one. Each rule is exact and can be said in a sentence; nothing here is a score or a guess.

A rule only offers: whether the two are one, somebody decides who looks at both.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar
from uuid import UUID

from chelun.engines.names import short_firm

SAME_NAME_AND_PHONE, SAME_NAME_BIRTH_AND_FIRM = "name_phone", "name_birth_firm"
SAME_SHORT_NAME, SAME_CODE, SAME_PLATE = "short_name", "code", "plate"
ALL_PAIRS = 6
"""Of more files that are alike by one rule each is offered with the first of them."""

Pair = tuple[UUID, UUID]
"""Two subjects, the smaller key first."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PersonKnown:
    """What a place's card says of a person, as far as the rules need it. `name_phone` is a keyed digest."""

    subject: UUID
    name: str
    name_phone: str
    has_id: bool
    sex: str
    birth_year: int | None
    firm: UUID | None


@dataclass(frozen=True, slots=True)
class FirmKnown:
    """What a place's card says of a firm."""

    subject: UUID
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class PlateKnown:
    """What a place's card says of a vehicle; '' where the colour is not known."""

    subject: UUID
    plate: str
    colour: str


def alike_persons(
    known: Iterable[PersonKnown], births: Callable[[set[UUID]], Mapping[UUID, str]]
) -> dict[Pair, list[str]]:
    """Same name and telephone; or same name, day of birth and firm. Never two ID numbers, nor what contradicts.

    `births` tells the days of birth of some persons: they lie sealed, so only those are asked for who are alike otherwise.
    """
    everybody = list(known)
    by_phone = _pairs(everybody, lambda each: each.name_phone or None)
    by_work = _pairs(everybody, _worked)
    found: dict[Pair, list[str]] = defaultdict(list)
    for one, other in by_phone:
        if _may_be_one(one, other):
            found[_pair(one.subject, other.subject)].append(SAME_NAME_AND_PHONE)
    likely = [(one, other) for one, other in by_work if _may_be_one(one, other)]
    days = births({each.subject for pair in likely for each in pair}) if likely else {}
    for one, other in likely:
        if len(days.get(one.subject, "")) == len("2026-01-01") and days[one.subject] == days.get(
            other.subject
        ):
            found[_pair(one.subject, other.subject)].append(SAME_NAME_BIRTH_AND_FIRM)
    return dict(found)


def _worked(each: PersonKnown) -> Hashable | None:
    return (each.name, each.birth_year, each.firm) if each.name and each.birth_year and each.firm else None


def _may_be_one(one: PersonKnown, other: PersonKnown) -> bool:
    if one.has_id and other.has_id:
        return False
    sexes, years = {one.sex, other.sex} - {""}, {one.birth_year, other.birth_year} - {None}
    return len(sexes) < 2 and len(years) < 2


def alike_firms(known: Iterable[FirmKnown], places: Iterable[str]) -> dict[Pair, list[str]]:
    """Same credit code; or same name but for its legal form and the names of the place, unless two codes speak against it."""
    firms, names = list(known), list(places)
    found: dict[Pair, list[str]] = defaultdict(list)
    for one, other in _pairs(firms, lambda each: each.code or None):
        found[_pair(one.subject, other.subject)].append(SAME_CODE)
    for one, other in _pairs(firms, lambda each: short_firm(each.name, names) or None):
        if not (one.code and other.code and one.code != other.code):
            found[_pair(one.subject, other.subject)].append(SAME_SHORT_NAME)
    return dict(found)


def alike_vehicles(known: Iterable[PlateKnown]) -> dict[Pair, list[str]]:
    """Same plate, where one of the two has no colour."""
    return {
        _pair(one.subject, other.subject): [SAME_PLATE]
        for one, other in _pairs(list(known), lambda each: each.plate)
        if not (one.colour and other.colour)
    }


def _pairs(known: Iterable[T], key: Callable[[T], Hashable | None]) -> Iterator[tuple[T, T]]:
    """Two and two of those that have a key in common."""
    groups: dict[Hashable, list[T]] = defaultdict(list)
    for each in known:
        its = key(each)
        if its is not None:
            groups[its].append(each)
    for group in groups.values():
        if len(group) <= ALL_PAIRS:
            yield from combinations(group, 2)
        else:
            yield from ((group[0], other) for other in group[1:])


def _pair(one: UUID, other: UUID) -> Pair:
    return (one, other) if one < other else (other, one)
