"""The world of these tests, built once: all that look at it are one group, which one worker goes through."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker, Settings

from tests.rights.world import World, built


@pytest.fixture(scope="package")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Made for real before the first test, gone after the last."""
    yield from built(django_db_blocker, tmp_path_factory.mktemp("world"))


@pytest.fixture
def here(world: World, db: None, settings: Settings) -> World:
    """The world, with its files where they lie."""
    settings.CHELUN_FILES_DIR = world.folder / "files"
    settings.CHELUN_ANCHOR_DIR = world.folder / "anchors"
    settings.CHELUN_TOMBSTONE_DIR = world.folder / "tombstones"
    world.put_back_files()
    return world
