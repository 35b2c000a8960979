"""The provinces in which the tests' offices lie."""

import pytest
from pytest_django import DjangoDbBlocker

from chelun.platform.regions.testing import keep_regions


@pytest.fixture
def _kept_places(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    keep_regions(django_db_blocker)


@pytest.fixture
def places(_kept_places: None, db: None) -> None:
    """四川, 陕西 and two more provinces, and the atlas that knows them."""
