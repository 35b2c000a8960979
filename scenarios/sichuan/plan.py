"""How many of everything each county and city of the invented Sichuan has, by arithmetic alone: no dice, no files.

The same plan tells the writers what to write and the check what must come of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.common.model import Figures
from scenarios.sichuan.counties import CITIES, COUNTIES, City, County

SCALE = 20_000
ELSEWHERE, PERSONS_ELSEWHERE, FIRMS_ELSEWHERE, VEHICLES_ELSEWHERE = "513436", 64, 5, 64
"""美姑县 comes in by the workbooks of its own place."""
FIRMS_OF, VEHICLES_OF = 0.06, 0.8
"""Of each person: 60,000 firms and 800,000 vehicles of a million."""
REFUSED_OF, AGAIN_OF, TWICE_OF, BY_CITY_OF, SHARED_OF = 60, 40, 80, 50, 25
"""One of so many: persons refused at first, persons listed again, vehicles listed twice, persons of a city's own list,
persons whom the province's list has as well."""
FEWEST = 4


@dataclass(frozen=True, slots=True)
class Share:
    """What one county has; `first` is the number of its first person among all of the plan, `plate` of its first vehicle
    among those of its city."""

    county: County
    persons: int
    firms: int
    vehicles: int
    first: int
    plate: int

    @property
    def refused(self) -> int:
        """Rows that are refused, and come again on the next sheet."""
        return self.persons // REFUSED_OF

    @property
    def again(self) -> int:
        """Persons who are listed a second time."""
        return self.persons // AGAIN_OF

    @property
    def twice(self) -> int:
        """Vehicles that are listed a second time."""
        return self.vehicles // TWICE_OF

    @property
    def shared(self) -> int:
        """Persons whom the province's list has as well."""
        return self.persons // SHARED_OF

    def figures(self) -> Figures:
        """What the county's workbook must come to."""
        people = self.persons + self.refused + self.again
        return Figures(
            rows=self.firms + self.vehicles + self.twice + people,
            created=self.firms + self.vehicles + self.persons,
            joined=self.twice + self.again,
            refused=self.refused,
            dropped=("民族",),
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """All counties, the persons of each city's own list, and the number of all persons together."""

    scale: int
    shares: tuple[Share, ...]
    by_city: dict[str, int]
    whole: bool

    @property
    def by_province(self) -> int:
        """Rows of the province's list: all of them are on file in a county."""
        return sum(share.shared for share in self.shares)

    @property
    def persons(self) -> int:
        """Different persons in the end."""
        own = sum(share.persons for share in self.shares) + sum(self.by_city.values())
        return own + (PERSONS_ELSEWHERE if self.whole else 0)


def planned(scale: int = SCALE, cities: Sequence[str] = ()) -> Plan:
    """The plan of a scale; with some cities named only those, as large as they would be in the whole."""
    counties = [county for county in COUNTIES if county.code != ELSEWHERE]
    chosen = [city for city in CITIES if not cities or city.code in cities]
    by_city = {city.code: max(2, scale * city.share // 1000 // BY_CITY_OF) for city in CITIES}
    left = scale - sum(by_city.values()) - PERSONS_ELSEWHERE
    persons = _parted(left, counties)
    firms = _parted(round(scale * FIRMS_OF) - FIRMS_ELSEWHERE, counties)
    vehicles = _parted(round(scale * VEHICLES_OF) - VEHICLES_ELSEWHERE, counties)
    shares, first, plates = [], 0, dict.fromkeys(by_city, 0)
    for county, *numbers in zip(counties, persons, firms, vehicles, strict=True):
        people, companies, fleet = numbers
        shares.append(Share(county, people, companies, fleet, first, plates[county.city]))
        first, plates[county.city] = first + people, plates[county.city] + fleet
    codes = {city.code for city in chosen}
    return Plan(
        scale,
        tuple(share for share in shares if share.county.city in codes),
        {city: count for city, count in by_city.items() if city in codes},
        not cities,
    )


def _parted(total: int, counties: Sequence[County]) -> list[int]:
    """A total parted among the counties by their cities' shares, by largest remainders, none below `FEWEST` if it reaches."""
    fewest = min(FEWEST, total // len(counties))
    shares = {city.code: city for city in CITIES}
    weights = [_weight(shares[county.city], counties) for county in counties]
    spread = total - fewest * len(counties)
    exact = [spread * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(exact)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: spread - sum(parts)]:
        parts[place] += 1
    return [part + fewest for part in parts]


def _weight(city: City, counties: Sequence[County]) -> float:
    return city.share / sum(county.city == city.code for county in counties)
