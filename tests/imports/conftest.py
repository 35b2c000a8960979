"""What these journeys share: places, a clerk, his browser."""

import pytest
from django.test import Client

from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions
from tests.imports.steps import COUNTY


@pytest.fixture
def regions(db: None) -> None:
    """Some provinces; loaded again after a test that committed for real."""
    ensure_regions()


@pytest.fixture
def clerk(regions: None) -> User:
    """An archivist of the county: may import and undo."""
    return user_with("registrar", COUNTY)


@pytest.fixture
def browser(client: Client, clerk: User) -> Client:
    """His browser."""
    return logged_in(client, clerk)
