"""The province: what the plan comes to, all counties of the tables, and two cities through the import path."""

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from chelun.people.models import PersonCard
from chelun.platform.regions.selectors import children
from scenarios.accounts import clerk_of
from scenarios.check import check_imports, check_place
from scenarios.common.model import Figures
from scenarios.load import load_place
from scenarios.places import sichuan
from scenarios.sichuan.counties import CITIES, COUNTIES
from scenarios.sichuan.crowd import invent_county, plate_of
from scenarios.sichuan.expected import TOTALS, figures
from scenarios.sichuan.make import make
from scenarios.sichuan.plan import planned
from scenarios.tests.conftest import SMALL, TWO


def test_plan_comes_to_the_totals_written_by_hand() -> None:
    told = figures(planned()).values()
    sums = {
        name: sum(getattr(each, name) for each in told)
        for name in ("rows", "created", "joined", "unresolved", "refused")
    }
    assert Figures(**sums) == TOTALS


@pytest.mark.parametrize("scale", [SMALL, 20_000, 1_000_000])
def test_plan_has_as_many_persons_firms_and_vehicles_as_asked(scale: int) -> None:
    plan = planned(scale)
    assert plan.persons == scale
    assert sum(share.firms for share in plan.shares) + 5 == round(scale * 0.06)
    assert sum(share.vehicles for share in plan.shares) + 64 == round(scale * 0.8)
    assert min(share.persons for share in plan.shares) > 0


def test_numbers_of_a_large_plan_never_meet() -> None:
    largest = max(planned(1_000_000).shares, key=lambda share: share.persons)
    crowd = invent_county(largest)
    for seen in (
        [worker.person.id_number for worker in crowd.workers],
        [worker.person.phone for worker in crowd.workers],
        [vehicle.plate for vehicle in crowd.fleet],
        [firm.name for firm in crowd.firms],
    ):
        assert [value for value, times in Counter(seen).items() if times > 1] == []
    assert len({plate_of("510100", number) for number in range(250_000)}) == 250_000


@pytest.mark.django_db
def test_counties_are_those_of_the_tables() -> None:
    cities = {place.code: place.name for place in children("510000")}
    assert {city.code: city.name for city in CITIES} == cities
    counties = {place.code: place.name for code in cities for place in children(code)}
    assert {county.code: county.name for county in COUNTIES} == counties


def test_make_writes_what_the_plan_says_and_the_same_bytes_again(tmp_path: Path) -> None:
    plan = planned(SMALL, TWO)
    first, second = make(tmp_path / "first", plan=plan), make(tmp_path / "second", plan=plan)
    assert {info.path.name: info.figures for info in first} == figures(plan)
    assert [info.path.read_bytes() for info in first] == [info.path.read_bytes() for info in second]
    whole = {share.county.code: share for share in planned(SMALL).shares}
    assert all(share == whole[share.county.code] for share in plan.shares)


@pytest.mark.slow
@pytest.mark.django_db
def test_two_cities_and_the_province_come_to_their_numbers(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"
    place = sichuan(SMALL, TWO)
    for _ in load_place(actor=clerk_of(place), place=place, folder=tmp_path):
        pass
    assert [line for line in check_imports(place) if not line.holds] == []
    assert [count for count in check_place(place, today=timezone.localdate()) if not count.holds] == []
    plan = planned(SMALL, TWO)
    assert PersonCard.objects.filter(home="510000").count() == plan.by_province
    assert PersonCard.objects.count() == plan.persons + plan.by_province


@pytest.mark.django_db
def test_scale_is_for_the_province_alone() -> None:
    with pytest.raises(CommandError, match="不能改"):
        call_command("scenario", "check", "meigu", "--scale", "100")
