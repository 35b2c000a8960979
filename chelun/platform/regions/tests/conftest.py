"""The provinces that the tests of places use."""

import pytest
from pytest_django import DjangoDbBlocker

from chelun.platform.regions.testing import keep_regions

PROVINCES = ("11", "33", "37", "42", "44", "46", "51", "61", "62", "65", "71")


@pytest.fixture
def _kept_places(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    keep_regions(django_db_blocker, PROVINCES)


@pytest.fixture
def places(_kept_places: None, db: None) -> None:
    """Real places of eleven provinces, those with odd codes among them, and the atlas that knows them."""
