"""Filters by what hardly any card says: the same cards, read from the index of the list, or of the source."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet

from chelun.core.scope import Scope
from chelun.people.selectors import sourced
from chelun.people.selectors.lists import Filters, enterprise_list, person_list, vehicle_list
from chelun.people.tests.desk import ZIYANG, bring, number, phone, scope_of, sheet
from chelun.platform.regions.testing import ensure_regions

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("narrowed")]
LI = ("李一", number(11), phone(1), "货车", "紫阳县示例货运有限公司", "陕G12345")
WANG = ("王二", number(22), phone(2), "快递、货车", "紫阳县示例快递有限公司", "")
HERE = scope_of(ZIYANG)


@pytest.fixture(scope="module", autouse=True)
def _brought(shared_rows: Path) -> None:
    ensure_regions()
    bring(sheet([LI, WANG]), as_of=date(2024, 11, 2))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"kind": "truck"}, ["李一", "王二"]),
        ({"kind": "courier"}, ["王二"]),
        ({"kind": "bus"}, []),
        ({"fresh": "old"}, ["李一", "王二"]),
        ({"fresh": "new"}, []),
        ({"older": "2024-11-03"}, ["李一", "王二"]),
        ({"older": "2024-11-02"}, []),
        ({"older": "2024-11-03", "kind": "courier"}, ["王二"]),
        ({"older": "2024-11-02", "kind": "courier"}, []),
    ],
)
def test_list_holds_the_same_cards_by_either_way(query: Mapping[str, str], names: list[str]) -> None:
    assert [card.name for card in person_list(HERE, Filters.of(query))] == names


def test_firms_and_vehicles_as_well() -> None:
    assert [card.plate for card in vehicle_list(HERE, Filters.of({"older": "2024-11-03"}))] == ["陕G12345"]
    assert not vehicle_list(HERE, Filters.of({"colour": "yellow_green"}))
    assert not vehicle_list(HERE, Filters.of({"energy": "hydrogen"}))
    assert len(enterprise_list(HERE, Filters.of({"fresh": "old"}))) == 2
    assert not enterprise_list(HERE, Filters.of({"status": "closed"}))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"sex": "F"}, ["王二"]),
        ({"sex": "-"}, []),
        ({"age": "-"}, []),
        ({"platform": "没有的平台"}, []),
        ({"source": "名册"}, ["李一", "王二"]),
        ({"source": "没有的名册"}, []),
        ({"batch": "00000000-0000-7000-8000-000000000000"}, []),
    ],
)
def test_of_a_source_and_of_a_person(query: Mapping[str, str], names: list[str]) -> None:
    assert [card.name for card in person_list(HERE, Filters.of(query))] == names


@pytest.mark.parametrize("most", [0, sourced.FEW], ids=["frequent", "rare"])
def test_source_is_found_by_either_way(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(sourced, "FEW", most)
    assert len(person_list(HERE, Filters.of({"source": "名册"}))) == 2
    assert not person_list(HERE, Filters.of({"source": "没有的名册"}))


@pytest.mark.parametrize(
    ("rows", "query"),
    [
        (person_list, {"kind": "bus"}),
        (person_list, {"older": "2024-11-02"}),
        (person_list, {"age": "60s"}),
        (person_list, {"missing": "address"}),
        (vehicle_list, {"energy": "hydrogen"}),
        (vehicle_list, {"mass": "light"}),
    ],
)
def test_what_nobody_says_is_known_from_the_index_of_the_list(
    rows: Callable[[Scope, Filters], QuerySet[Any]], query: Mapping[str, str]
) -> None:
    """All that the list is narrowed by stands in the index that is walked, so that no row is read for it."""
    found = rows(scope_of("610000"), Filters.of(query))
    table, level = (
        found.model._meta.db_table,
        next(each for each in found.model._meta.indexes if each.name.endswith("card_province")),
    )
    said = str(found.query).split(" WHERE ")[1].split("NOT EXISTS")[0]
    asked = set(re.findall(rf'"{table}"\."(\w+)"', said))
    assert asked <= set(level.fields), asked
