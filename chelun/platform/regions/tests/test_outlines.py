"""Outlines: the right children, no gaps, small files, an approved set instead of the sketch."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from pytest_django import Settings
from shapely.geometry import shape

from chelun.core.errors import NotFound
from chelun.platform.regions.outlines import (
    build_outlines,
    missing_outlines,
    note_drawn,
    notice,
    outline,
    store,
)
from chelun.platform.regions.outlines.shapes import LINE, MOST_BYTES, Feature, encoded
from chelun.platform.regions.outlines.store import COUNTRY
from chelun.platform.regions.selectors import children

pytestmark = pytest.mark.usefixtures("places")


@pytest.fixture(autouse=True)
def _cache(settings: Settings, tmp_path: Path) -> None:
    settings.CHELUN_OUTLINE_CACHE = tmp_path / "outlines"


def features(code: str, *, fine: bool = False) -> dict[str, dict[str, Any]]:
    plain = outline(code, fine=fine).plain
    assert len(plain) <= MOST_BYTES
    return {feature["properties"]["code"]: feature for feature in json.loads(plain)["features"]}


@pytest.mark.parametrize(
    "code", ["510000", "610000", "610900", "513400", "420000", "330100", "460000", "110000"]
)
def test_outline_draws_the_children(code: str) -> None:
    drawn, missing = set(features(code)), {place.code for place in missing_outlines(code)}
    assert drawn - {""} == {place.code for place in children(code)} - missing
    assert not missing


@pytest.mark.parametrize("code", ["610924", "429004", "441900", "620200", "710000"])
def test_outline_of_a_place_without_drawn_children_is_its_own(code: str) -> None:
    drawn = features(code)
    assert list(drawn) == [code]
    assert drawn[code]["properties"]["name"]
    assert missing_outlines(code) == ()


def test_outline_follows_codes_that_changed_since() -> None:
    assert {"540481"}.isdisjoint(features("510000"))
    assert "460302" in features("460300")
    assert {place.code for place in missing_outlines("650000")} == {"659013"}
    assert {place.code for place in missing_outlines("653200")} == {"653228", "653229"}


def test_outline_fine_gives_all_counties_of_a_province() -> None:
    drawn = features("610000", fine=True)
    assert "610924" in drawn
    assert len(drawn) > 100


def test_outline_of_the_country_has_provinces_and_boundary_lines() -> None:
    drawn = features(COUNTRY)
    assert {"610000", "710000", "460000", LINE} <= drawn.keys()
    assert drawn[LINE]["geometry"]["type"].endswith("LineString")


def test_outline_neighbours_stay_joined() -> None:
    shapes = [shape(feature["geometry"]) for feature in features("610000").values()]
    whole = shapely.union_all(shapely.make_valid(shapes))
    overlap = sum(part.area for part in shapes) - whole.area
    assert abs(overlap) < 0.001 * whole.area


def test_outline_refuses_what_it_does_not_know() -> None:
    for code in ("999999", "610924100", "659013"):
        with pytest.raises(NotFound):
            outline(code)


def test_outline_tag_stays_with_the_content() -> None:
    assert outline("610900").tag == outline("610900").tag
    assert outline("610900").tag != outline("513400").tag


def square(west: float, south: float) -> list[list[list[float]]]:
    corners = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)]
    return [[[west + x, south + y] for x, y in corners]]


def test_approved_set_takes_the_place_of_the_sketch(settings: Settings, tmp_path: Path) -> None:
    assert "示意图" in notice()
    folder = tmp_path / "approved"
    folder.mkdir()
    codes = {"adcode": 610924, "code": "610921"}
    drawn = [
        {
            "properties": {key: code},
            "geometry": {"type": "Polygon", "coordinates": square(108.0 + place, 32.0)},
        }
        for place, (key, code) in enumerate(codes.items())
    ]
    (folder / "district.geojson").write_text(json.dumps({"features": drawn}), "utf-8")
    (folder / "notice.txt").write_text("审图号：测试（2026）1号\n", "utf-8")
    settings.CHELUN_OUTLINES_DIR = str(folder)
    assert notice() == "审图号：测试（2026）1号"
    assert features("610900").keys() == {"610924", "610921"}
    assert "610902" in {place.code for place in missing_outlines("610900")}


def test_build_outlines_makes_every_file_of_an_approved_set(settings: Settings, tmp_path: Path) -> None:
    drawn = {
        "properties": {"code": "610924"},
        "geometry": {"type": "Polygon", "coordinates": square(108.0, 32.0)},
    }
    (tmp_path / "district.geojson").write_text(json.dumps({"features": [drawn]}), "utf-8")
    settings.CHELUN_OUTLINES_DIR = str(tmp_path)
    assert build_outlines() == 3


def test_encoded_becomes_coarser_until_it_is_small() -> None:
    wave = [(x / 20000, 30 + (x % 7) / 3000) for x in range(40000)]
    band = shapely.Polygon([(0.0, 29.0), *wave, (2.0, 29.0)])
    assert len(encoded([Feature("610924", "x", band)])) <= MOST_BYTES


def test_missing_outlines_are_known_without_reading_the_polygons(monkeypatch: pytest.MonkeyPatch) -> None:
    assert note_drawn() > 500
    store._drawn.cache_clear()
    monkeypatch.setattr(store, "_placed_counties", lambda: pytest.fail("read all polygons"))
    assert {place.code for place in missing_outlines("650000")} == {"659013"}
