"""Geometry of outlines: reading county polygons, joining them, thinning them out. No files of ours, no database.

Coordinates are longitude and latitude in degrees (CGCS2000, within a metre of WGS 84). Thinning is done on the whole set
at once, so that what two neighbours share stays shared.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

MOST_BYTES = 150_000
"""No outline file is larger than this, before compression."""

_TOLERANCES = (0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064)
"""How coarse a set may become, in degrees (0.001 is about 100 m), tried in turn."""

_CODE_PROPERTIES = ("code", "adcode", "gb")
LINE = "line"
"""Stands as code on boundary lines, which are no regions but belong on a map of the country."""

_KEEP_ISLANDS = "4603"
"""三沙: its islands are small and must be on every map."""


@dataclass(frozen=True, slots=True)
class County:
    """A polygon of the source: its six-digit code there ('' for boundary lines), its name, its shape."""

    code: str
    name: str
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class Feature:
    """An outline to be drawn. '' as code: an area that is no region of its own."""

    code: str
    name: str
    shape: BaseGeometry


def read_counties(path: Path) -> tuple[County, ...]:
    """The polygons of a GeoJSON file; codes stand in `code`, `adcode` or `gb` (there behind the country's 156)."""
    features = json.loads(path.read_text("utf-8"))["features"]
    return tuple(
        County(
            _code(feature["properties"]),
            str(feature["properties"].get("name", "")),
            shape(feature["geometry"]),
        )
        for feature in features
    )


def _code(properties: Mapping[str, Any]) -> str:
    found = next((str(properties[key]) for key in _CODE_PROPERTIES if properties.get(key)), "")
    return found[3:9] if len(found) == 9 and found.startswith("156") else found[:6]


def joined(code: str, name: str, shapes: Sequence[BaseGeometry]) -> Feature:
    """One outline around polygons that do not overlap."""
    return Feature(code, name, shapes[0] if len(shapes) == 1 else shapely.coverage_union_all(list(shapes)))


def encoded(features: Sequence[Feature], lines: Sequence[BaseGeometry] = ()) -> bytes:
    """GeoJSON of the outlines, as fine as `MOST_BYTES` allows; `lines` (boundary lines) are thinned and added."""
    for tolerance in _TOLERANCES:
        found = _geojson(features, lines, tolerance)
        if len(found) <= MOST_BYTES:
            break
    return found


def _geojson(features: Sequence[Feature], lines: Sequence[BaseGeometry], tolerance: float) -> bytes:
    digits = 4 if tolerance < 0.004 else 3 if tolerance < 0.03 else 2
    thin = shapely.coverage_simplify([feature.shape for feature in features], tolerance)
    drawn = [
        _feature(feature.code, feature.name, _without_specks(feature.code, geometry, tolerance), digits)
        for feature, geometry in zip(features, thin, strict=True)
    ]
    drawn += [_feature(LINE, "", line.simplify(tolerance), digits) for line in lines]
    collection = {"type": "FeatureCollection", "features": drawn}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _without_specks(code: str, geometry: BaseGeometry, tolerance: float) -> BaseGeometry:
    """Without islets too small to be seen at this coarseness; the largest part always stays."""
    parts = list(getattr(geometry, "geoms", [geometry]))
    if len(parts) == 1 or code.startswith((_KEEP_ISLANDS, "460000")):
        return geometry
    least = min(tolerance**2, max(part.area for part in parts))
    return shapely.multipolygons([part for part in parts if part.area >= least])


def _feature(code: str, name: str, geometry: BaseGeometry, digits: int) -> dict[str, Any]:
    drawn = mapping(geometry)
    properties: dict[str, Any] = {"code": code, "name": name}
    if code and code != LINE:
        point = geometry.representative_point()
        properties["cp"] = [round(point.x, digits), round(point.y, digits)]
    coordinates = _rounded(drawn["coordinates"], digits)
    return {
        "type": "Feature",
        "id": code,
        "properties": properties,
        "geometry": {"type": drawn["type"], "coordinates": coordinates},
    }


def _rounded(coordinates: Iterable[Any], digits: int) -> list[Any]:
    items = list(coordinates)
    if items and isinstance(items[0], float):
        return [round(number, digits) for number in items]
    if items and isinstance(items[0][0], float):
        return _ring([[round(number, digits) for number in point] for point in items])
    return [_rounded(item, digits) for item in items]


def _ring(points: list[list[float]]) -> list[list[float]]:
    """Points without those that rounding laid onto their forerunner."""
    kept = [point for place, point in enumerate(points) if place == 0 or point != points[place - 1]]
    return kept if len(kept) >= 4 else points
