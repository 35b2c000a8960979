"""The published tables, read whole."""

from collections import Counter

import pytest
from django.conf import settings

from chelun.platform.regions.source import GeoData, read_geodata

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def whole() -> GeoData:
    return read_geodata(settings.CHELUN_GEODATA_DIR)


def test_tables_hold_the_whole_country(whole: GeoData) -> None:
    levels = Counter(row.level for row in whole.regions if row.to_year is None)
    assert levels["province"] == 34
    assert levels["county"] == 2847
    assert levels["city"] > 330
    assert levels["township"] > 38_000
    assert len(whole.changes) == 5276
    assert {change.year for change in whole.changes} >= {1981, 2000, 2026}


def test_tables_name_each_code_once_and_fit_the_columns(whole: GeoData) -> None:
    codes = [row.code for row in whole.regions]
    assert len(codes) == len(set(codes))
    for row in whole.regions:
        assert len(row.name) <= 60
        assert len(row.pinyin) <= 160
        assert row.pinyin.isascii()
        assert len(row.former) <= 200
        assert row.to_year is None or row.to_year >= row.from_year
        assert "（" not in row.name


def test_every_place_in_force_hangs_from_one_in_force(whole: GeoData) -> None:
    living = {row.code: row for row in whole.regions if row.to_year is None}
    for row in living.values():
        if row.level == "province":
            assert row.parent_code == ""
            continue
        assert row.parent_code in living
        assert {row.province, row.city} - {""} <= living.keys()
        assert row.level == "city" or row.county in living


def test_changes_of_a_part_touch_that_part() -> None:
    part = read_geodata(settings.CHELUN_GEODATA_DIR, frozenset({"61"}))
    assert {row.code[:2] for row in part.regions} == {"61"}
    assert all("61" in (change.old_code[:2], change.new_code[:2]) for change in part.changes)
