"""What all tests share: the database on both engines is chosen by TEST_DATABASE_URL; files lie in a temporary folder."""

import gc
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from chelun.core import upkeep
from chelun.platform.regions.testing import ensure_regions, spare_regions
from tests.emptying import empty_what_holds_rows
from tests.sharing import rolled_back

pytest_plugins = ["tests.browser"]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# A busy machine is no fault of the code.
PATIENT = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("patient", PATIENT)
hypothesis.settings.load_profile("patient")
NUMBERS = itertools.count()
FOLDERS = ("CHELUN_FILES_DIR", "CHELUN_ANCHOR_DIR", "CHELUN_TOMBSTONE_DIR")
gc.disable()
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "client", "admin_client", "django_user_model"}


def pytest_configure(config: pytest.Config) -> None:
    """The mark that is set below, never by hand."""
    config.addinivalue_line("markers", "database: uses the database; runs again on PostgreSQL")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the database: only these tests run again on PostgreSQL (tools/runtests.py).

    The slow ones come first, or one worker would end with them while the other has nothing left to do.
    """
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """Eight thousand collected tests stay; the collector need not look through them, now or while they are collected."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(100_000, 50, 100)


def pytest_unconfigure() -> None:
    """Leave no databases and files behind, nor what was frozen: DuckDB tells of what is still there at the end."""
    gc.unfreeze()
    if django_settings.configured:
        shutil.rmtree(Path(django_settings.VAR_DIR), ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database begins with the regions of a few provinces; loading them for each test would take most of its time."""
    with django_db_blocker.unblock():
        ensure_regions()
        empty_what_holds_rows()
    spare_regions()


@pytest.fixture(scope="module")
def shared_rows(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """What a fixture of a module brings in is there for all its tests, and gone with the last: rows in one transaction around
    those of the tests, files in this folder, of which each test has a copy. Not for tests with real transactions.
    """
    folder = tmp_path_factory.mktemp("shared")
    with django_db_blocker.unblock(), rolled_back(), override_settings(**_folders(folder)):
        yield folder


def _folders(folder: Path) -> dict[str, Path]:
    return {name: folder / name.split("_")[1].lower() for name in FOLDERS}


@pytest.fixture(autouse=True)
def _own_files(
    request: pytest.FixtureRequest, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each test writes uploads and anchors into a folder of its own."""
    # Numbered here: the factory would look through all folders of the tests before.
    folder = tmp_path_factory.getbasetemp() / f"var-{next(NUMBERS)}"
    if "shared_rows" in request.fixturenames:
        shutil.copytree(request.getfixturevalue("shared_rows"), folder)
    for name, place in _folders(folder).items():
        setattr(settings, name, place)


@pytest.fixture
def statistics(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """SQLite takes statistics of the small database of the tests as well, and has forgotten them afterwards."""
    monkeypatch.setattr(upkeep, "FEWEST_PAGES", 0)
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_stat1")
            cursor.execute("ANALYZE sqlite_schema")
