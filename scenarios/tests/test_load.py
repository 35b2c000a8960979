"""Whole places through the import path: the figures, the stated numbers, and what a second load does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from pytest_django import Settings

from chelun.core.scope import Node, Scope
from chelun.people.displays.lists import LISTINGS
from chelun.people.models import EnterpriseCard, Merge, PersonSource, VehicleCard
from chelun.people.selectors import Filters
from chelun.platform.audit.models import AuditEntry
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.services.receiving import receive_sheet
from scenarios.accounts import clerk_of
from scenarios.check import check_imports, check_place
from scenarios.load import bring, load_place
from scenarios.places import PLACES, Place
from scenarios.tests.conftest import FIXED

HIDDEN_SHEETS = {
    "ziyang": ("劳务派遣", 12),
    "meigu": ("2025年底数", 8),
    "zhaoyuan": ("渤海示例速运", 288),
}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_var(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"


def load(place: Place, folder: Path) -> list[SheetImport]:
    return [sheet_import for _, sheet_import in load_place(actor=clerk_of(place), place=place, folder=folder)]


def rows_of_registers() -> dict[str, set[Any]]:
    models: list[type[Model]] = [*apps.get_app_config("people").get_models(), SheetImport]
    return {model.__name__: set(model._default_manager.values_list("pk", flat=True)) for model in models}


def actions_after(entry: int) -> Iterator[str]:
    yield from AuditEntry.objects.filter(pk__gt=entry).order_by("pk").values_list("action", flat=True)


def rows_at(address: str, region: str) -> int:
    """How many rows the list at an address holds for a reader of the place."""
    register = urlsplit(address).path.strip("/").rpartition("/")[2].removesuffix("s")
    filters = Filters.of(dict(parse_qsl(urlsplit(address).query)))
    listing = LISTINGS[register]
    return int(listing.rows(Scope.of([Node("region", region)]), filters).count())


@pytest.mark.slow
@pytest.mark.parametrize("name", FIXED)
def test_place_comes_to_its_numbers_and_loads_once(name: str, tmp_path: Path) -> None:
    place = PLACES[name]
    imports = load(place, tmp_path)
    assert {each.owner for each in imports} == {f"{name}-clerk"}
    assert [line for line in check_imports(place) if not line.holds] == []
    counts = check_place(place, today=timezone.localdate())
    assert {count.stated.key: count.counted for count in counts if not count.holds} == {}
    sheet, people = HIDDEN_SHEETS.get(name, ("no such sheet", 0))
    assert PersonSource.objects.filter(sheet=sheet).values("person").distinct().count() == people

    for count in counts:
        assert not count.address or rows_at(count.address, place.region) == count.counted

    if place.joins_plates:
        assert not VehicleCard.objects.visible(()).filter(colour="").exists()
        assert Merge.objects.filter(undone_at=None).values("bulk").distinct().count() == 1

    before, last = rows_of_registers(), AuditEntry.objects.latest("pk").pk
    load(place, tmp_path)
    assert rows_of_registers() == before
    assert list(actions_after(last)) == ["sheets.import.repeated"] * len(imports)


def test_load_goes_on_where_it_was_cut_off(tmp_path: Path) -> None:
    place, clerk = PLACES["meigu"], clerk_of(PLACES["meigu"])
    info = place.make(tmp_path)[0]
    with info.path.open("rb") as file:
        begun, _ = receive_sheet(
            actor=clerk,
            file=file,
            name=info.path.name,
            region=place.region,
            source=info.source,
            as_of=place.since,
        )
    assert begun.state == ImportState.MAPPING
    finished = bring(actor=clerk, place=place, info=info)
    assert (finished.pk, finished.state) == (begun.pk, ImportState.PUBLISHED)
    assert EnterpriseCard.objects.filter(mentioned_only=False).count() == info.figures.created
