"""An archive, however well it is sealed, says nothing of a place that is not its own."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from chelun.core.errors import Refused
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, bring, sheet
from chelun.people.tests.test_layouts import in_use
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.archives.packing import MANIFEST, README, check_packed, read_packed, write_packed
from chelun.platform.archives.places import lies_in
from chelun.platform.archives.writing import write_archive
from chelun.platform.regions.models import PlaceSetting
from chelun.platform.regions.testing import ensure_regions
from tests.test_archives import LI, SECRET, counts, join, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(tmp_path: Path, settings: Settings) -> Path:
    """A county's archive with a form of its own and a setting; we are elsewhere then."""
    bring(sheet([LI]))
    in_use(user_with("registrar", ZIYANG))
    PlaceSetting.objects.create(region=ZIYANG, key="word.station", value="暖心之家", changed_by="x")
    path = tmp_path / "ziyang.chelun"
    write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    move(settings)
    return path


def spoilt(path: Path, table: str, said: dict[str, Any], inside: str = "") -> Path:
    """The same archive, sealed as well, in which the rows of a table say something else of places."""
    manifest, tables = check_packed(path, SECRET), dict[str, list[Any]]()
    for part in read_packed(path, SECRET):
        if part.name not in (README, MANIFEST):
            tables.setdefault(part.table, []).extend(part.rows)
    for row in tables[table]:
        for each in row[inside] if inside else [row]:
            each |= said
    manifest.parts.clear()
    other = path.with_name(f"{table}.chelun")
    write_packed(other, SECRET, manifest, tables.items())
    return other


@pytest.mark.parametrize(
    ("table", "said", "inside"),
    [
        ("sheets.layout", {"home": HANBIN}, ""),
        ("sheets.layout", {"county": HANBIN}, ""),
        ("sheets.layout", {"city": "510100"}, ""),
        ("sheets.layout", {"home": ""}, ""),
        ("sheets.batch", {"county": HANBIN}, ""),
        ("regions.setting", {"region": HANBIN}, ""),
        ("people.person", {"home": HANBIN}, "records"),
        ("people.person", {"county": HANBIN}, "records"),
    ],
)
def test_row_of_another_place_is_refused_by_its_table(
    archive: Path, table: str, said: dict[str, Any], inside: str
) -> None:
    before = counts()
    with pytest.raises(Refused, match=table):
        join(spoilt(archive, table, said, inside))
    assert counts() == before


def test_what_was_only_sealed_again_is_joined(archive: Path) -> None:
    join(spoilt(archive, "sheets.layout", {}))
    assert PlaceSetting.objects.filter(region=ZIYANG).exists()


def test_a_place_above_says_what_lies_in_it() -> None:
    ensure_regions()
    assert lies_in("610900", "home", ZIYANG)
    assert lies_in("610900", "county", "")
    assert lies_in(ZIYANG, "township", "")
    assert not lies_in("610900", "home", "510100")
    assert not lies_in(ZIYANG, "home", "610900")
    assert not lies_in(ZIYANG, "county", "")
