"""Bringing the tables in: once, again, in part, and from a folder that is not there."""

from pathlib import Path

import pytest

from chelun.core.actors import SystemActor
from chelun.core.errors import Refused
from chelun.platform.audit.models import AuditEntry
from chelun.platform.regions.models import Region, RegionChange
from chelun.platform.regions.services import load_regions

ACTOR = SystemActor("test", "nobody")
pytestmark = pytest.mark.django_db


def test_load_regions_repeats_without_change() -> None:
    Region.objects.all().delete()
    first = load_regions(actor=ACTOR, provinces=["61"])
    written = AuditEntry.objects.filter(action="regions.geodata.loaded").count()
    again = load_regions(actor=ACTOR, provinces=["61"])
    assert first.created > 1000
    assert (again.created, again.changed, again.retired) == (0, 0, 0)
    assert again.unchanged == first.created
    assert again.changes == first.changes == RegionChange.objects.count()
    assert written == AuditEntry.objects.filter(action="regions.geodata.loaded").count() == 1


def test_load_regions_mends_a_row_and_ends_a_code_that_is_gone() -> None:
    load_regions(actor=ACTOR, provinces=["61"])
    Region.objects.filter(code="610924").update(name="?")
    Region.objects.create(
        code="610998", name="旧县", level="county", parent_code="610900", province="610000", from_year=1990
    )
    done = load_regions(actor=ACTOR, provinces=["61"])
    assert (done.created, done.changed, done.retired) == (0, 1, 1)
    assert Region.objects.get(code="610924").name == "紫阳县"
    assert Region.objects.get(code="610998").to_year is not None


def test_load_regions_of_one_province_leaves_others_alone() -> None:
    load_regions(actor=ACTOR, provinces=["61"])
    before = Region.objects.filter(province="610000", to_year=None).count()
    load_regions(actor=ACTOR, provinces=["62"])
    assert Region.objects.filter(province="610000", to_year=None).count() == before
    assert Region.objects.filter(province="620000", to_year=None).exists()


def test_load_regions_refuses_missing_files(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        load_regions(actor=ACTOR, folder=tmp_path)
    assert refusal.value.code == "regions.geodata_missing"
    assert str(tmp_path) in refusal.value.message
