"""What the tests of this app share: places, a clerk's browser."""

import pytest
from django.test import Client

from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions

COUNTY = "513436"


@pytest.fixture
def regions(db: None) -> None:
    ensure_regions()


@pytest.fixture
def clerk(regions: None) -> User:
    return user_with("clerk", COUNTY)


@pytest.fixture
def browser(client: Client, clerk: User) -> Client:
    return logged_in(client, clerk)
