"""All regions in memory, read from the tables once per process: about 45,000 places, 20 MB, a third of a second.

Every question about places is answered from here, so that no list page and no row of an import asks the database.
`forget_atlas` is called by whatever changes the tables; other processes read anew when they next start.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from chelun.platform.regions.models import Region, RegionChange
from chelun.platform.regions.source import REASSIGNED


@dataclass(frozen=True, slots=True)
class Place:
    """One region as a value; fields as in `Region`."""

    code: str
    name: str
    level: str
    parent_code: str
    province: str
    city: str
    county: str
    pinyin: str
    initials: str
    from_year: int
    to_year: int | None
    former: str

    @property
    def in_force(self) -> bool:
        """Whether the code is in use today."""
        return self.to_year is None

    @property
    def path_codes(self) -> tuple[str, ...]:
        """The codes from the province down to the place itself, each once."""
        return tuple(
            dict.fromkeys(code for code in (self.province, self.city, self.county, self.code) if code)
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One change between two different codes."""

    year: int
    kind: str
    old_code: str
    new_code: str


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """Places by code, children of each code that are in force (in order of code; of '' the provinces), changes by old code.

    Compared by identity, so that what is derived from an atlas can be cached beside it.
    """

    places: Mapping[str, Place]
    children: Mapping[str, tuple[str, ...]]
    changes: Mapping[str, tuple[Change, ...]]


_held: list[Atlas] = []
_PLACE_FIELDS = (
    "code", "name", "level", "parent_code", "province", "city", "county", "pinyin", "initials",
    "from_year", "to_year", "former",
)  # fmt: skip


def build_atlas(places: Iterable[Place], changes: Iterable[Change]) -> Atlas:
    """An atlas of these places; changes must come in order of years."""
    by_code = {place.code: place for place in places}
    children: dict[str, list[str]] = {}
    for place in by_code.values():
        if place.in_force and (place.parent_code or place.level == "province"):
            children.setdefault(place.parent_code, []).append(place.code)
    by_old: dict[str, list[Change]] = {}
    for change in changes:
        by_old.setdefault(change.old_code, []).append(change)
    return Atlas(
        by_code,
        {code: tuple(sorted(found)) for code, found in children.items()},
        {code: tuple(found) for code, found in by_old.items()},
    )


@lru_cache(maxsize=2)
def _read(database: str) -> Atlas:
    rows = Region.objects.values_list(*_PLACE_FIELDS).order_by("code")
    changes = (
        RegionChange.objects.exclude(old_code="")
        .exclude(new_code="")
        .exclude(kind=REASSIGNED)
        .order_by("year", "id")
        .values_list("year", "kind", "old_code", "new_code")
    )
    return build_atlas(
        (Place(*row) for row in rows.iterator(chunk_size=5000)),
        (Change(*row) for row in changes if row[2] != row[3]),
    )


def atlas() -> Atlas:
    """The atlas of the tables as they were when this process first asked; empty tables are asked again."""
    if _held:
        return _held[0]
    found = _read(str(connection.settings_dict["NAME"]))
    if not found.places:
        forget_atlas()
    return found


def hold_atlas(book: Atlas) -> None:
    """Answer from this atlas from now on: in a process that has no database (chelun.core.ahead)."""
    _held[:] = [book]


def forget_atlas() -> None:
    """Read the tables again at the next question."""
    _read.cache_clear()
